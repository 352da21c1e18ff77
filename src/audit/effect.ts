import { Instant } from '../kernel/time';

/** From which moments of the effective clock on each part of a change is visible. */
export interface Effect {
  readonly position: bigint;
  readonly from: readonly Instant[];
}

/** Visible from the beginning. */
export const ALWAYS: Instant = -Infinity;

/** The moment of a question, on both clocks. */
export interface ReadPoint {
  readonly position: bigint;
  readonly effectiveAt?: Instant;
}

/**
 * The positions of the changes that are visible at only one of two points, or with different parts. `atFrom` and `atTo` are the
 * effects at each point.
 */
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

/** The indexes of the visible parts; none for a change that is not recorded yet. */
function partsShown({ position, from }: Effect, point: ReadPoint): string {
  if (position > point.position) return NONE;
  const { effectiveAt } = point;
  return from.flatMap((at, index) => (effectiveAt === undefined || at <= effectiveAt ? [index] : [])).join();
}
