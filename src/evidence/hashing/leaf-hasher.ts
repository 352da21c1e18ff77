import { StoredEvent, withoutTexts } from '../../event-store/envelope';
import { NoCanonicalForm } from '../canonical-form';
import { eventLeafHash, leafOfForm, LogOrder, storedForm } from '../event-form';
import { Hash } from '../tree/hashes';

/** An event as it is stored, at its place in the log. */
export interface OrderedEvent {
  readonly event: StoredEvent;
  readonly order: LogOrder;
}

/** A thread that receives events would receive each text twice. */
export const withoutTheirTexts = ({ event, order }: OrderedEvent): OrderedEvent => ({
  event: withoutTexts(event),
  order,
});

/** Computes the leaves of events. */
export interface LeafHasher {
  /** In the same order; undefined for an event that has no canonical form. */
  hash(events: readonly OrderedEvent[]): Promise<readonly (Hash | undefined)[]>;

  /** The leaves of events by their forms, in the same order. */
  hashForms(forms: readonly string[]): Promise<readonly Hash[]>;

  close(): Promise<void>;
}

/** Computes leaves at once, in this thread. */
export const HASHER_IN_THIS_THREAD: LeafHasher = {
  hash: (events) => Promise.resolve(events.map(leafOrNothing)),
  hashForms: (forms) => Promise.resolve(forms.map(leafOfForm)),
  close: () => Promise.resolve(),
};

export const leafOrNothing = ({ event, order }: OrderedEvent): Hash | undefined =>
  ifThereIsAForm(() => eventLeafHash(event, order));

/** The forms by the texts that the store keeps; undefined if an event has none. */
export const storedForms = (events: readonly OrderedEvent[]): readonly string[] | undefined =>
  ifThereIsAForm(() => {
    const forms: string[] = [];
    for (const { event, order } of events) {
      const form = storedForm(event, order);
      if (form === undefined) return undefined;
      forms.push(form);
    }
    return forms;
  });

function ifThereIsAForm<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    // RangeError: a time that no text has.
    if (error instanceof NoCanonicalForm || error instanceof RangeError) return undefined;
    throw error;
  }
}
