import { LRUCache } from 'lru-cache';
import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { StreamNames } from '../event-store/streams';
import { Awaitable } from '../kernel/async';
import { EntityName, EntityType } from '../kernel/codes';
import { CorruptLedger } from '../kernel/outage';
import { Change, LogPoint } from '../read-model/change';
import { DocumentKey, documentKey, ProjectedChange } from '../read-model/temporal-store';
import { Projection } from './projection';

export interface ProjectingOptions {
  readonly log: Pick<EventStore, 'readStream'>;
  readonly streams: StreamNames;
  readonly projections: readonly Projection[];
  /** How many entities' records are kept; one that is not is folded from its stream again. */
  readonly cachedRecords?: number;
}

/** An entity as far as it has been folded. */
interface Known {
  readonly entity: EntityName;
  readonly key: DocumentKey;
  readonly projection: Projection;
  /** Of its last event; -1 before the first. */
  readonly revision: bigint;
  readonly record: unknown;
}

/** What each event of the log did, told in log order. */
export class Projecting {
  private readonly records: LRUCache<string, Known>;
  private readonly projectionOf: ReadonlyMap<EntityType, Projection>;

  constructor(private readonly options: ProjectingOptions) {
    this.records = new LRUCache({ max: options.cachedRecords ?? 20_000 });
    this.projectionOf = new Map(options.projections.map((projection) => [projection.entityType, projection]));
  }

  /** Has the log told again from somewhere else. */
  forget(): void {
    this.records.clear();
  }

  /** `before`: where the log is cut by the event. Throws `CorruptLedger` where the event cannot be the next of its stream. */
  project(event: StoredEvent, before: LogPoint): Awaitable<ProjectedChange> {
    const known = this.records.get(event.stream);
    if (known !== undefined) return this.projectOnto(known, event, before);
    const entity = this.options.streams.entityOf(event.stream);
    const projection = this.projectionOf.get(entity.entityType);
    if (projection === undefined) throw new CorruptLedger(`Nothing projects the events of ${event.stream}`);
    const key = documentKey(entity.entityType, entity.code);
    const unknown: Known = { entity, key, projection, revision: -1n, record: undefined };
    // Its first event needs no look at the stream.
    if (event.revision === 0n) return this.projectOnto(unknown, event, before);
    return this.refold(unknown, event).then((folded) => this.projectOnto(folded, event, before));
  }

  private projectOnto(
    { entity, key, projection, ...known }: Known,
    event: StoredEvent,
    before: LogPoint,
  ): ProjectedChange {
    if (event.revision !== known.revision + 1n) {
      throw new CorruptLedger(`Stream ${event.stream} has a gap before revision ${String(event.revision)}`);
    }
    const record = projection.evolve(known.record, event);
    this.records.set(event.stream, { entity, key, projection, revision: event.revision, record });

    const { department, fiscalYear, state, beside = [], members = [] } = projection.project(record, event);
    const change: Change = {
      event,
      entity,
      department,
      fiscalYear,
      sequence: before.sequence + 1n,
      recordedAt: Math.max(before.recordedAt, event.storedAt),
    };
    const own = { key, revision: Number(event.revision) + 1, state, carriesChange: true };
    return { change, documents: [own, ...beside], members };
  }

  private async refold(unknown: Known, before: StoredEvent): Promise<Known> {
    let known = unknown;
    for await (const event of this.options.log.readStream(before.stream)) {
      if (event.revision >= before.revision) break;
      known = { ...known, revision: event.revision, record: known.projection.evolve(known.record, event) };
    }
    return known;
  }
}
