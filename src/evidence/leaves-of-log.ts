import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { Begun, begun, inBatches, inOrder } from './batches';
import { LeafHasher } from './hashing/leaf-hasher';
import { endAfter, LogEnd, orderOf } from './log-order';
import { Hash } from './tree/hashes';

/** An event of the log with its leaf. */
export interface LeafOfLog {
  readonly event: StoredEvent;
  /** undefined if the event has no canonical form. */
  readonly leaf: Hash | undefined;
  readonly end: LogEnd;
}

/** The leaves of the events after `from`, up to the event with number `last`. Some are hashed while others are used. */
export const leavesOfLog = (
  log: Pick<EventStore, 'readAll'>,
  from: LogEnd,
  last: bigint,
  hasher: LeafHasher,
): AsyncGenerator<readonly LeafOfLog[], void> => inOrder(leaves(log, from, last, hasher));

async function* leaves(
  log: Pick<EventStore, 'readAll'>,
  from: LogEnd,
  last: bigint,
  hasher: LeafHasher,
): AsyncGenerator<Begun<readonly LeafOfLog[]>, void> {
  let end = from;
  if (end.size === last) return;
  for await (const batch of inBatches(log.readAll(from.position))) {
    const wanted = batch.filter((_, at) => end.size + BigInt(at) < last);
    const ordered = wanted.map((event) => {
      end = endAfter(end, event);
      return { event, end, order: orderOf(event, end) };
    });
    const hashed = hasher
      .hash(ordered)
      .then((hashes) => ordered.map((next, at) => ({ event: next.event, leaf: hashes[at], end: next.end })));
    yield begun(hashed);
    if (end.size === last) return;
  }
}
