import { StoredEvent } from '../event-store/envelope';
import { Fold } from '../event-store/fold';
import { DocumentKey, Membership } from '../read-model/temporal-store';

/** How a record becomes documents. Pure: the same events give the same documents, in whichever process and however often. */
export interface Projection<State = unknown> extends Fold<State> {
  /** What the event, the last one in the record, changed. */
  project(record: State, event: StoredEvent): Projected;
}

export interface Projected {
  readonly department: string;
  readonly fiscalYear?: number;
  /** The entity's own document after the event; its revision is the event's. */
  readonly state: unknown;
  /** The documents beside it that the event touched. */
  readonly beside?: readonly { readonly key: DocumentKey; readonly revision: number; readonly state: unknown }[];
  readonly members?: readonly Membership[];
}
