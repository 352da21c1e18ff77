import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { Begun, begun, inBatches, inOrder } from './batches';
import { LeafHasher } from './hashing/leaf-hasher';
import { endAfter, LogEnd } from './log-order';
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
  if (end.sequence === last) return;
  for await (const batch of inBatches(log.readAll(from.position))) {
    const wanted = batch.filter((_, at) => end.sequence + BigInt(at) < last);
    const ordered = wanted.map((event) => ({ event, order: (end = endAfter(end, event)) }));
    const hashed = hasher
      .hash(ordered)
      .then((hashes) => ordered.map(({ event, order }, at) => ({ event, leaf: hashes[at], end: order })));
    yield begun(hashed);
    if (end.sequence === last) return;
  }
}
