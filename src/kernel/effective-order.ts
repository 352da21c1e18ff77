import { List } from 'immutable';
import { firstIndex } from './search';
import { Instant } from './time';

/** A fact's position on the effective clock: ordered by effective date, then by position in the log. */
export interface Dated {
  readonly effectiveAt: Instant;
  readonly position: bigint;
}

export const compareDated = (a: Dated, b: Dated): number =>
  a.effectiveAt - b.effectiveAt || (a.position < b.position ? -1 : a.position > b.position ? 1 : 0);

/** Facts in effective order, each of which replaces the one before. A fact that is recorded late is inserted in its place. */
export type EffectiveOrder<T extends Dated> = List<T>;

export const emptyOrder = <T extends Dated>(): EffectiveOrder<T> => List<T>();

export function withFact<T extends Dated>(facts: EffectiveOrder<T>, fact: T): EffectiveOrder<T> {
  const last = facts.last();
  if (last === undefined || compareDated(last, fact) <= 0) return facts.push(fact);
  const index = firstIndex(facts.size, (at) => compareDated(facts.get(at) as T, fact) > 0);
  // Shifts only the facts after it. The list's own insert copies the whole list.
  return facts.withMutations((list) => {
    list.push(fact);
    for (let at = facts.size; at > index; at--) list.set(at, facts.get(at - 1) as T);
    list.set(index, fact);
  });
}

/** The number of facts in force at `effectiveAt`; all facts if it is undefined. */
export const countInForce = (facts: EffectiveOrder<Dated>, effectiveAt: Instant | undefined): number =>
  effectiveAt === undefined
    ? facts.size
    : firstIndex(facts.size, (index) => (facts.get(index) as Dated).effectiveAt > effectiveAt);

/** The fact in force at `effectiveAt`; the one with the latest effective date if it is undefined. */
export function inForce<T extends Dated>(facts: EffectiveOrder<T>, effectiveAt: Instant | undefined): T | undefined {
  const count = countInForce(facts, effectiveAt);
  return count === 0 ? undefined : facts.get(count - 1);
}
