import { StoredEvent } from '../../event-store/envelope';
import { NoCanonicalForm } from '../canonical-form';
import { eventLeafHash, LogOrder } from '../event-form';
import { Hash } from '../tree/hashes';

/** An event as it is stored, at its place in the log. */
export interface OrderedEvent {
  readonly event: StoredEvent;
  readonly order: LogOrder;
}

/** Computes the leaves of events. */
export interface LeafHasher {
  /** In the same order; undefined for an event that has no canonical form. */
  hash(events: readonly OrderedEvent[]): Promise<readonly (Hash | undefined)[]>;

  close(): Promise<void>;
}

/** Computes leaves at once, in this thread. */
export const HASHER_IN_THIS_THREAD: LeafHasher = {
  hash: (events) => Promise.resolve(events.map(leafOrNothing)),
  close: () => Promise.resolve(),
};

export function leafOrNothing({ event, order }: OrderedEvent): Hash | undefined {
  try {
    return eventLeafHash(event, order);
  } catch (error) {
    // RangeError: a time that no text has.
    if (error instanceof NoCanonicalForm || error instanceof RangeError) return undefined;
    throw error;
  }
}
