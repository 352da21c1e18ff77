import { EventTypes, upcaster } from '../event-store/event-types';
import { Categories, StreamNames } from '../event-store/streams';
import { OrderedEvent } from '../evidence/files/evidence-file';
import { AskedMoment, calendarIn } from '../evidence/files/question';
import { UnsoundEvidence } from '../evidence/unsound';
import { LedgerCalendar } from '../kernel/time';
import { Projecting } from '../projector/projecting';
import { Projection } from '../projector/projection';
import { ProjectedChange, TemporalStore } from '../read-model/temporal-store';
import { DerivedLists } from '../reading/derived-lists';
import { Lineages } from '../reading/lineage';
import { Records } from '../reading/records';
import { Scope } from '../reading/scope';

/** What the features of the ledger say of its events. */
export interface LedgerTerms {
  readonly categories: Categories;
  /** By entity type. */
  readonly eventTypesOf: ReadonlyMap<string, EventTypes>;
  readonly projections: readonly Projection[];
  readonly lineages: Lineages;
}

/** The part of a ledger that some of its events are, in read models of its own. */
export class ReplayedLedger {
  private readonly streams: StreamNames;
  private readonly calendar: LedgerCalendar;

  constructor(
    private readonly terms: LedgerTerms,
    private readonly store: TemporalStore,
    { streamPrefix, timeZone }: { readonly streamPrefix: string; readonly timeZone: string },
  ) {
    this.streams = new StreamNames(terms.categories, streamPrefix);
    this.calendar = calendarIn(timeZone);
  }

  get lineages(): Lineages {
    return this.terms.lineages;
  }

  readonly entityOf = (stream: string) => this.streams.entityOf(stream);

  /** The events, in log order, have to be whole histories of entities of one department. */
  async replay(events: readonly OrderedEvent[], department: string): Promise<void> {
    const projecting = new Projecting({
      log: { readStream: nothing },
      streams: this.streams,
      projections: this.terms.projections,
      cachedRecords: Math.max(1, events.length),
    });
    const projected: ProjectedChange[] = [];
    for (const { event, order } of events) {
      const { entityType } = this.entityOf(event.stream);
      const types = this.terms.eventTypesOf.get(entityType) ?? {};
      if (!Object.hasOwn(types, event.type)) {
        throw new UnsoundEvidence(
          `No ${entityType} has an event ${event.type}: ${event.stream} is not what it is called`,
        );
      }
      const before = { position: 0n, sequence: order.sequence - 1n, recordedAt: order.recordedAt };
      projected.push(await projecting.project(upcaster(types)(event), before));
    }
    for (const { change } of projected) {
      if (change.department === department) continue;
      throw new UnsoundEvidence(`${change.event.stream} belongs to department ${change.department}`);
    }
    await this.store.write(projected);
    await this.store.markServing();
  }

  readonly scopeAt = (moment: AskedMoment): Scope => {
    const { store, calendar } = this;
    const recordedAt = 0;
    const services = {
      store,
      records: new Records(store),
      derived: new DerivedLists(),
      calendar,
      now: () => recordedAt,
    };
    return new Scope(services, { ...moment, recordedAt }, 'snapshot');
  };
}

/** No record is dropped while it is needed, so no stream is read again. */
async function* nothing(): AsyncIterable<never> {
  // Nothing to read.
}
