import { Change } from '../read-model/change';
import { ChangeFilter } from './filter';

/** Somebody who wants the changes that match a filter. */
export interface Listener {
  readonly filter: ChangeFilter;
}

/** What of a change its listeners are looked up by, the narrowest first. */
const DIMENSIONS = [
  { wanted: ({ entities }: ChangeFilter) => entities, of: ({ entity }: Change) => entity.code },
  { wanted: ({ departments }: ChangeFilter) => departments, of: ({ department }: Change) => department },
  { wanted: ({ types }: ChangeFilter) => types, of: ({ event }: Change) => event.type },
  { wanted: ({ entityTypes }: ChangeFilter) => entityTypes, of: ({ entity }: Change) => entity.entityType },
] as const;

/**
 * Who may want a change, found by one part of each filter instead of by asking everybody: a thousand readers of a department
 * each cost nothing where the change is of another one. The other parts of their filters are still to be looked at.
 */
export class Audience<L extends Listener> {
  private readonly everything = new Set<L>();
  private readonly dimensions = DIMENSIONS.map((dimension) => ({ ...dimension, byValue: new Map<string, Set<L>>() }));

  get size(): number {
    return this.members;
  }
  private members = 0;

  add(listener: L): void {
    this.members++;
    const place = this.placeOf(listener);
    if (place === undefined) {
      this.everything.add(listener);
      return;
    }
    for (const value of place.values) {
      const set = place.byValue.get(value);
      if (set === undefined) place.byValue.set(value, new Set([listener]));
      else set.add(listener);
    }
  }

  delete(listener: L): void {
    this.members--;
    const place = this.placeOf(listener);
    if (place === undefined) {
      this.everything.delete(listener);
      return;
    }
    for (const value of place.values) {
      const set = place.byValue.get(value);
      set?.delete(listener);
      // Values come and go with their readers.
      if (set?.size === 0) place.byValue.delete(value);
    }
  }

  *of(change: Change): Iterable<L> {
    yield* this.everything;
    for (const { of, byValue } of this.dimensions) yield* byValue.get(of(change)) ?? [];
  }

  /** The values that a listener is found by; undefined where it is found by none, and is to be asked of everything. */
  private placeOf({ filter }: L) {
    for (const { wanted, byValue } of this.dimensions) {
      const values = wanted(filter);
      if (values !== undefined) return { values, byValue };
    }
    return undefined;
  }
}
