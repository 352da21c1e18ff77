import { Decimal } from '../kernel/decimal';
import { dividedBy, fractionOf, times } from '../kernel/fraction';
import { isBetween } from './completion';
import { Band } from './rules';

/** The first band that a score in points is inside. Its ends are in percent of the points. */
export function bandOf(bands: readonly Band[], points: Decimal, score: Decimal): Band | undefined {
  const percent = times(dividedBy(fractionOf(score), fractionOf(points)), fractionOf('100'));
  return bands.find(({ from, to }) => isBetween(percent, fractionOf(from), fractionOf(to)));
}
