import { Instant } from '../kernel/time';

/** The moments of the effective clock from which on parts of a change show. */
export interface Effect {
  readonly position: bigint;
  readonly from: readonly Instant[];
}

/** True from the beginning. */
export const ALWAYS: Instant = -Infinity;

/** Where a question is asked, on both clocks. */
export interface ReadPoint {
  readonly position: bigint;
  readonly effectiveAt?: Instant;
}

/** Which changes show at one of two places and not, or not in the same parts, at the other; by position. `at` has their effects there. */
export function effectsThatDiffer(
  [from, to]: readonly [ReadPoint, ReadPoint],
  [atFrom, atTo]: readonly [readonly Effect[], readonly Effect[]],
): readonly bigint[] {
  const shownAtFrom = new Map(atFrom.map((effect) => [effect.position, partsShown(effect, from)]));
  const shownAtTo = new Map(atTo.map((effect) => [effect.position, partsShown(effect, to)]));
  const positions = [...new Set([...shownAtFrom.keys(), ...shownAtTo.keys()])];
  return positions
    .filter((position) => (shownAtFrom.get(position) ?? NONE) !== (shownAtTo.get(position) ?? NONE))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

const NONE = '';

/** The numbers of the parts that show; none of a change that is not on record yet. */
function partsShown({ position, from }: Effect, place: ReadPoint): string {
  if (position > place.position) return NONE;
  const { effectiveAt } = place;
  return from.flatMap((at, index) => (effectiveAt === undefined || at <= effectiveAt ? [index] : [])).join();
}
