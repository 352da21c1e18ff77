import { compareFractions, dividedBy, Fraction, fractionOf, least, ONE, ZERO } from '../kernel/fraction';
import { IndicatorFigures } from './figures';
import { UndefinedCase } from './outcome';

/** How far an indicator is reached, from 0 to 1, or why that cannot be said. More than the target is no bonus. */
export function completionOf(indicator: IndicatorFigures): Fraction | UndefinedCase {
  const range = rangeOf(indicator);
  if (typeof range === 'string') return range;
  const { value, from, to } = range;
  const { direction } = indicator;
  if (direction === 'EQUAL' || direction === 'RANGE') return isBetween(value, from, to) ? ONE : ZERO;
  if (direction === 'AT_LEAST') return least(ONE, dividedBy(value, from));
  return least(ONE, dividedBy(from, value));
}

/** The value of an indicator, and the range that its direction and its targets want it in. */
export interface WantedRange {
  readonly value: Fraction;
  readonly from: Fraction;
  readonly to: Fraction;
}

/** Of AT_LEAST and AT_MOST, both ends are the target. What has no completion rate has no range either. */
export function rangeOf(indicator: IndicatorFigures): WantedRange | UndefinedCase {
  const { direction, target, targetUpper, value: written } = indicator;
  if (direction === 'QUALITATIVE') return 'QUALITATIVE';
  if (written === undefined) return 'NO_VALUE';
  if (target === undefined) return 'NO_TARGET';
  const upper = direction === 'RANGE' ? targetUpper : target;
  if (upper === undefined) return 'NO_TARGET';
  const [value, from, to] = [fractionOf(written), fractionOf(target), fractionOf(upper)];
  if (direction === 'AT_LEAST' || direction === 'AT_MOST') {
    if (from.numerator <= 0n) return 'TARGET_NOT_POSITIVE';
    if (value.numerator < 0n) return 'VALUE_NEGATIVE';
    if (direction === 'AT_MOST' && value.numerator === 0n) return 'VALUE_ZERO';
  }
  return { value, from, to };
}

export const isBetween = (value: Fraction, from: Fraction, to: Fraction): boolean =>
  compareFractions(from, value) <= 0 && compareFractions(value, to) <= 0;
