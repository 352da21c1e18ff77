import { EventStore } from '../event-store/event-store';
import { ok, refused, Result } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { LogPoint } from '../read-model/change';
import { LedgerReader } from '../reading/ledger-reader';
import { Scope, ScopeServices } from '../reading/scope';

export interface HeadServices extends ScopeServices {
  readonly log: Pick<EventStore, 'head'>;
  readonly reader: LedgerReader;
}

/** The ledger with everything that is on record, and the point of the log that it is read at. */
export interface AtHead {
  readonly scope: Scope;
  readonly point: LogPoint;
}

export type ReadAtHead = () => Promise<Result<AtHead>>;

/** Reads the ledger at the head of the log, as of an effective moment. Refusals: READ_MODEL_BEHIND. */
export const readAtHead =
  (services: HeadServices, effectiveAt: Instant): ReadAtHead =>
  async () => {
    const reached = await services.reader.waitFor(await services.log.head());
    const point = await services.store.watermark();
    if (!reached || point === undefined) {
      return refused({ kind: 'READ_MODEL_BEHIND', message: 'The read models have not come this far yet; try again' });
    }
    const { position, recordedAt } = point;
    return ok({ scope: new Scope(services, { position, recordedAt, effectiveAt }, 'snapshot'), point });
  };
