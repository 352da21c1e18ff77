import { LRUCache } from 'lru-cache';
import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { StreamNames } from '../event-store/streams';
import { Awaitable } from '../kernel/async';
import { EntityName } from '../kernel/codes';
import { CorruptLedger } from '../kernel/outage';
import { LogPoint } from '../read-model/change';
import { DocumentKey, documentKey, ProjectedChange } from '../read-model/temporal-store';
import { projectedChange } from './projected-change';
import { Projection } from './projection';

export interface ProjectingOptions {
  readonly log: Pick<EventStore, 'readStream'>;
  readonly streams: StreamNames;
  readonly projections: readonly Projection[];
  /** The number of entities whose records are cached. Other records are folded from their streams again. */
  readonly cachedRecords?: number;
}

/** An entity, folded up to an event. */
interface FoldedEntity {
  readonly entity: EntityName;
  readonly key: DocumentKey;
  readonly projection: Projection;
  /** undefined before the first event. */
  readonly last: StoredEvent | undefined;
  readonly record: unknown;
}

/** Derives from each event, in log order, what it changes in the read models. */
export class Projecting {
  private readonly records: LRUCache<string, FoldedEntity>;
  private readonly projectionOf: ReadonlyMap<string, Projection>;

  constructor(private readonly options: ProjectingOptions) {
    this.records = new LRUCache({ max: options.cachedRecords ?? 20_000 });
    this.projectionOf = new Map(options.projections.map((projection) => [projection.entityType, projection]));
  }

  /** Call before the events are read again from another position. */
  forget(): void {
    this.records.clear();
  }

  /** The record of an entity with this very event as its last one; undefined if it is not cached. */
  recordAfter(event: StoredEvent): unknown {
    const folded = this.records.peek(event.stream);
    return folded?.last === event ? folded.record : undefined;
  }

  /** The record of an entity up to an event that was read by somebody else; undefined if it is not cached. */
  recordUpTo({
    stream,
    id,
    revision,
    position,
  }: Pick<StoredEvent, 'stream' | 'id' | 'revision' | 'position'>): unknown {
    const folded = this.records.peek(stream);
    const last = folded?.last;
    return last?.id === id && last.revision === revision && last.position === position ? folded?.record : undefined;
  }

  /** `before`: the log point before the event. Throws `CorruptLedger` if the event cannot be the next one of its stream. */
  project(event: StoredEvent, before: LogPoint): Awaitable<ProjectedChange> {
    const cached = this.records.get(event.stream);
    if (cached !== undefined) return this.projectOnto(cached, event, before);
    const entity = this.options.streams.entityOf(event.stream);
    const projection = this.projectionOf.get(entity.entityType);
    if (projection === undefined) throw new CorruptLedger(`There is no projection for the events of ${event.stream}`);
    const key = documentKey(entity.entityType, entity.code);
    const unfolded: FoldedEntity = { entity, key, projection, last: undefined, record: undefined };
    // Before its first event there is nothing to fold.
    if (event.revision === 0n) return this.projectOnto(unfolded, event, before);
    return this.refold(unfolded, event).then((folded) => this.projectOnto(folded, event, before));
  }

  private projectOnto(
    { entity, key, projection, ...known }: FoldedEntity,
    event: StoredEvent,
    before: LogPoint,
  ): ProjectedChange {
    if (event.revision !== (known.last?.revision ?? -1n) + 1n) {
      throw new CorruptLedger(`Stream ${event.stream} has a gap before revision ${String(event.revision)}`);
    }
    const record = projection.evolve(known.record, event);
    this.records.set(event.stream, { entity, key, projection, last: event, record });
    return projectedChange({ projection, entity, key, record, event, before });
  }

  private async refold(unknown: FoldedEntity, before: StoredEvent): Promise<FoldedEntity> {
    let known = unknown;
    for await (const event of this.options.log.readStream(before.stream)) {
      if (event.revision >= before.revision) break;
      known = { ...known, last: event, record: known.projection.evolve(known.record, event) };
    }
    return known;
  }
}
