import { StoredEvent } from '../event-store/envelope';
import { Fold } from '../event-store/fold';
import { DocumentKey, Membership } from '../read-model/temporal-store';

/** How a record becomes documents. Pure: the same events always give the same documents. */
export interface Projection<State = unknown> extends Fold<State> {
  /** What the event changed. It is the last one in the record. */
  project(record: State, event: StoredEvent): Projected;
}

export interface Projected {
  readonly department: string;
  readonly fiscalYear?: number;
  /** The entity's own document after the event; its revision is the event's. */
  readonly state: unknown;
  /** The entity's other documents that the event changed. */
  readonly otherDocuments?: readonly {
    readonly key: DocumentKey;
    readonly revision: number;
    readonly state: unknown;
  }[];
  readonly members?: readonly Membership[];
}
