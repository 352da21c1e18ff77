import { StoredEvent } from '../event-store/envelope';
import { Instant } from '../kernel/time';
import { eventLeafHash } from './event-form';
import { Hash } from './tree/hashes';

/** The end of a part of the log that begins with the first event. */
export interface LogEnd {
  readonly position: bigint;
  /** How many events there are up to here. */
  readonly sequence: bigint;
  readonly recordedAt: Instant;
}

export const START: LogEnd = { position: 0n, sequence: 0n, recordedAt: 0 };

export interface NextLeaf {
  readonly leaf: Hash;
  readonly end: LogEnd;
}

/** The end with the event that follows. */
export const endAfter = (before: LogEnd, { position, storedAt }: StoredEvent): LogEnd => ({
  position,
  sequence: before.sequence + 1n,
  recordedAt: Math.max(before.recordedAt, storedAt),
});

/** The leaf of the event that follows. */
export function nextLeaf(before: LogEnd, event: StoredEvent): NextLeaf {
  const end = endAfter(before, event);
  return { leaf: eventLeafHash(event, end), end };
}
