import { StoredEvent } from '../event-store/envelope';
import { LogMessage } from '../event-store/event-store';
import { Begun, begun, inOrder } from './batches';
import { eventLeafHash } from './event-form';
import { LeafHasher } from './hashing/leaf-hasher';
import { endAfter, LogEnd, NextLeaf, orderOf } from './log-order';

/** An event that follows, with its leaf. */
export interface NextEvent extends NextLeaf {
  readonly event: StoredEvent;
}

/** A message of a subscription. Events come with their leaves. */
export type LeafMessage =
  Exclude<LogMessage, { kind: 'events' }> | { readonly kind: 'leaves'; readonly next: readonly NextEvent[] };

/** Events that are hashed and appended before others have their turn. */
export const LEAVES_AT_ONCE = 500;

/** The messages of a subscription that follows `from`. Some events are hashed while others are used. */
export const leafMessages = (
  messages: AsyncIterable<LogMessage>,
  from: LogEnd,
  hasher: LeafHasher,
): AsyncGenerator<LeafMessage, void> => inOrder(hashed(messages, from, hasher));

async function* hashed(
  messages: AsyncIterable<LogMessage>,
  from: LogEnd,
  hasher: LeafHasher,
): AsyncGenerator<Begun<LeafMessage>, void> {
  let end = from;
  for await (const message of messages) {
    if (message.kind !== 'events') {
      yield { item: message };
      continue;
    }
    for (let at = 0; at < message.events.length; at += LEAVES_AT_ONCE) {
      const events = message.events.slice(at, at + LEAVES_AT_ONCE);
      yield begun(nextEvents(end, events, hasher).then((next): LeafMessage => ({ kind: 'leaves', next })));
      end = events.reduce(endAfter, end);
    }
  }
}

/** The leaves of the events that follow. Throws `NoCanonicalForm` if one has none. */
export async function nextEvents(
  from: LogEnd,
  events: readonly StoredEvent[],
  hasher: LeafHasher,
): Promise<readonly NextEvent[]> {
  let end = from;
  const ordered = events.map((event) => {
    end = endAfter(end, event);
    return { event, end, order: orderOf(event, end) };
  });
  const leaves = await hasher.hash(ordered);
  return ordered.map(({ event, end, order }, at) => ({
    event,
    end,
    leaf: leaves[at] ?? eventLeafHash(event, order),
  }));
}
