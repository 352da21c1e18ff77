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
  private readonly byValue = DIMENSIONS.map(() => new Map<string, Set<L>>());

  get size(): number {
    return this.members;
  }
  private members = 0;

  add(listener: L): void {
    this.members++;
    for (const set of this.placesOf(listener)) set.add(listener);
  }

  delete(listener: L): void {
    this.members--;
    for (const set of this.placesOf(listener)) set.delete(listener);
    // Values come and go with their readers.
    for (const sets of this.byValue) for (const [value, set] of sets) if (set.size === 0) sets.delete(value);
  }

  *of(change: Change): Iterable<L> {
    yield* this.everything;
    for (const [index, { of }] of DIMENSIONS.entries()) yield* this.byValue[index]?.get(of(change)) ?? [];
  }

  private placesOf({ filter }: L): readonly Set<L>[] {
    const index = DIMENSIONS.findIndex(({ wanted }) => wanted(filter) !== undefined);
    const sets = this.byValue[index];
    if (sets === undefined) return [this.everything];
    return [...new Set(DIMENSIONS[index]?.wanted(filter))].map((value) => {
      let set = sets.get(value);
      if (set === undefined) sets.set(value, (set = new Set()));
      return set;
    });
  }
}
