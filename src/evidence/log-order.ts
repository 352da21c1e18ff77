import { StoredEvent } from '../event-store/envelope';
import { IMPORT_POSITION } from '../event-store/ledger-imported';
import { Instant } from '../kernel/time';
import { eventLeafHash, LogOrder } from './event-form';
import { Hash } from './tree/hashes';

/** The end of a part of the log that begins with the first leaf. */
export interface LogEnd {
  readonly position: bigint;
  /** How many leaves there are up to here. */
  readonly size: bigint;
  readonly recordedAt: Instant;
}

export const START: LogEnd = { position: 0n, size: 0n, recordedAt: 0 };

export interface NextLeaf {
  readonly leaf: Hash;
  readonly end: LogEnd;
}

/** The end with the event that follows. */
export const endAfter = (before: LogEnd, { position, storedAt }: StoredEvent): LogEnd => ({
  position,
  size: before.size + 1n,
  // What was imported was recorded before the import.
  recordedAt: position === IMPORT_POSITION ? before.recordedAt : Math.max(before.recordedAt, storedAt),
});

/** The order of the event that a part of the log ends with. */
export const orderOf = (event: StoredEvent, { size, recordedAt }: Pick<LogEnd, 'size' | 'recordedAt'>): LogOrder => ({
  sequence: event.inImportedLog === undefined ? size : size - 1n,
  recordedAt,
});

/** The place of its leaf in the tree, from 0. If the log was imported, the first leaf is that of `LedgerImported`. */
export const leafIndexOf = ({ inImportedLog }: Pick<StoredEvent, 'inImportedLog'>, { sequence }: LogOrder): bigint =>
  inImportedLog === undefined ? sequence - 1n : sequence;

/** The leaf of the event that follows. */
export function nextLeaf(before: LogEnd, event: StoredEvent): NextLeaf {
  const end = endAfter(before, event);
  return { leaf: eventLeafHash(event, orderOf(event, end)), end };
}
