import { Limits } from '../kernel/limits';
import { limitExceeded, unwrap } from '../kernel/refusal';
import { Lineages } from '../reading/lineage';

/** What the reading of a year needs besides the scope. */
export interface FigureTerms {
  readonly lineages: Lineages;
  readonly limits: Pick<Limits, 'maxListLength'>;
}

/** A year is shown as a whole, so each of its lists is bounded. Throws `Refused` (LIMIT_EXCEEDED). */
export function requireShort<Item>(
  items: readonly Item[],
  what: string,
  { limits }: Pick<FigureTerms, 'limits'>,
): readonly Item[] {
  const { maxListLength } = limits;
  if (items.length <= maxListLength) return items;
  return unwrap(limitExceeded('maxListLength', `The year has ${items.length} ${what}; ${maxListLength} are allowed`));
}
