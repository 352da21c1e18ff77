import { List } from 'immutable';
import { firstIndex } from './search';
import { Instant } from './time';

/** A fact's place on the effective clock: by effective date, ties by position in the log. */
export interface Dated {
  readonly effectiveAt: Instant;
  readonly position: bigint;
}

export const compareDated = (a: Dated, b: Dated): number =>
  a.effectiveAt - b.effectiveAt || (a.position < b.position ? -1 : a.position > b.position ? 1 : 0);

/** Facts of which the later replaces the earlier, kept in effective order: a late recording slots in where it belongs. */
export type EffectiveOrder<T extends Dated> = List<T>;

export const emptyOrder = <T extends Dated>(): EffectiveOrder<T> => List<T>();

export function withFact<T extends Dated>(facts: EffectiveOrder<T>, fact: T): EffectiveOrder<T> {
  const last = facts.last();
  if (last === undefined || compareDated(last, fact) <= 0) return facts.push(fact);
  const index = firstIndex(facts.size, (at) => compareDated(facts.get(at) as T, fact) > 0);
  // Costs as much as the fact is late; the list's own insert makes the whole list anew.
  return facts.withMutations((list) => {
    list.push(fact);
    for (let at = facts.size; at > index; at--) list.set(at, facts.get(at - 1) as T);
    list.set(index, fact);
  });
}

/** How many of the facts, counted from the first, are in force at `effectiveAt`; without one all are. */
export const countInForce = (facts: EffectiveOrder<Dated>, effectiveAt: Instant | undefined): number =>
  effectiveAt === undefined
    ? facts.size
    : firstIndex(facts.size, (index) => (facts.get(index) as Dated).effectiveAt > effectiveAt);

/** The fact that holds at `effectiveAt`; without one, the one with the latest effective date. */
export function inForce<T extends Dated>(facts: EffectiveOrder<T>, effectiveAt: Instant | undefined): T | undefined {
  const count = countInForce(facts, effectiveAt);
  return count === 0 ? undefined : facts.get(count - 1);
}
