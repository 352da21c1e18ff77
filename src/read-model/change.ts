import { StoredEvent } from '../event-store/envelope';
import { EntityName } from '../kernel/codes';
import { Instant } from '../kernel/time';

/** An event of the ledger with its order, derived from the log. */
export interface Change {
  readonly event: StoredEvent;
  readonly entity: EntityName;
  readonly department: string;
  readonly fiscalYear?: number;
  /** 1, 2, 3 … over the ledger's events in log order. */
  readonly sequence: bigint;
  /** The store's time, corrected so that it never decreases along the log. */
  readonly recordedAt: Instant;
  /** Details of persons are left out of it, and its data is not shown. */
  readonly isMasked?: boolean;
}

/** The data of the event, for a reader of the change. */
export const shownData = ({ event, isMasked }: Change): StoredEvent['data'] => (isMasked === true ? {} : event.data);

/** A point in the log: its last event up to there, and when that was recorded. */
export interface LogPoint {
  readonly position: bigint;
  readonly sequence: bigint;
  readonly recordedAt: Instant;
}

/** Before the first event. */
export const BEFORE_ALL: LogPoint = { position: 0n, sequence: 0n, recordedAt: 0 };

export const pointAfter = (change: Change): LogPoint => ({
  position: change.event.position,
  sequence: change.sequence,
  recordedAt: change.recordedAt,
});
