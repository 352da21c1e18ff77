import { compareFractions, dividedBy, Fraction, fractionOf, greatest, minus, ONE, ZERO } from '../kernel/fraction';
import { rangeOf, WantedRange } from './completion';
import { Figures, IndicatorFigures } from './figures';
import { inputsOf } from './indicator-inputs';
import { Outcome } from './outcome';
import { ownIndicator } from './ratio';
import { Range } from './rules';

/** 1 inside the range that the indicator wants, less in proportion to the distance outside, 0 at `zeroAt`. */
export function scoreRange({ zeroAt }: Range, line: string, figures: Figures): Outcome {
  const [indicator] = ownIndicator(line, figures);
  if (indicator === undefined) return { kind: 'undefined', because: 'NO_INDICATOR', inputs: { zeroAt } };
  const inputs = { zeroAt, indicator: inputsOf(indicator) };
  const range = rangeOf(indicator);
  if (typeof range === 'string') return { kind: 'undefined', because: range, inputs };
  const share = minus(ONE, dividedBy(distanceOutside(indicator, range), fractionOf(zeroAt)));
  return { kind: 'defined', share: greatest(ZERO, share), inputs };
}

function distanceOutside({ direction }: IndicatorFigures, { value, from, to }: WantedRange): Fraction {
  if (direction !== 'AT_MOST' && compareFractions(value, from) < 0) return minus(from, value);
  if (direction !== 'AT_LEAST' && compareFractions(value, to) > 0) return minus(value, to);
  return ZERO;
}
