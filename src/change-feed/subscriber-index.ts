import { Change } from '../read-model/change';
import { ChangeFilter } from './filter';

/** A subscriber that wants the changes that match its filter. */
export interface FilteredSubscriber {
  readonly filter: ChangeFilter;
}

/** The parts of a change by which its subscribers are looked up, the narrowest first. */
const DIMENSIONS = [
  { wanted: ({ entities }: ChangeFilter) => entities, of: ({ entity }: Change) => entity.code },
  { wanted: ({ departments }: ChangeFilter) => departments, of: ({ department }: Change) => department },
  { wanted: ({ types }: ChangeFilter) => types, of: ({ event }: Change) => event.type },
  { wanted: ({ entityTypes }: ChangeFilter) => entityTypes, of: ({ entity }: Change) => entity.entityType },
] as const;

/**
 * Finds the subscribers that may want a change by one part of each filter, instead of asking all of them. So a thousand
 * subscribers of one department cost nothing for a change of another department. The caller still checks the other parts of
 * each filter.
 */
export class SubscriberIndex<L extends FilteredSubscriber> {
  private readonly everything = new Set<L>();
  private readonly dimensions = DIMENSIONS.map((dimension) => ({ ...dimension, byValue: new Map<string, Set<L>>() }));

  get size(): number {
    return this.count;
  }
  private count = 0;

  add(subscriber: L): void {
    this.count++;
    const keys = this.keysOf(subscriber);
    if (keys === undefined) {
      this.everything.add(subscriber);
      return;
    }
    for (const value of keys.values) {
      const set = keys.byValue.get(value);
      if (set === undefined) keys.byValue.set(value, new Set([subscriber]));
      else set.add(subscriber);
    }
  }

  delete(subscriber: L): void {
    this.count--;
    const keys = this.keysOf(subscriber);
    if (keys === undefined) {
      this.everything.delete(subscriber);
      return;
    }
    for (const value of keys.values) {
      const set = keys.byValue.get(value);
      set?.delete(subscriber);
      // Values disappear with their last subscriber.
      if (set?.size === 0) keys.byValue.delete(value);
    }
  }

  *of(change: Change): Iterable<L> {
    yield* this.everything;
    for (const { of, byValue } of this.dimensions) yield* byValue.get(of(change)) ?? [];
  }

  /** The values by which a subscriber is found; undefined if it has none of them and must be asked about every change. */
  private keysOf({ filter }: L) {
    for (const { wanted, byValue } of this.dimensions) {
      const values = wanted(filter);
      if (values !== undefined) return { values, byValue };
    }
    return undefined;
  }
}
