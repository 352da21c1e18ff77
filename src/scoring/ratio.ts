import { dividedBy, Fraction, fractionOf, ONE, sum, times } from '../kernel/fraction';
import { completionOf } from './completion';
import { Figures, IndicatorFigures } from './figures';
import { inputsOf } from './indicator-inputs';
import { Outcome, UndefinedCase } from './outcome';
import { Ratio } from './rules';

/** The completion of the line's own indicator, or of all indicators of a class, weighted by their points. */
export function scoreRatio({ level1, level2 }: Ratio, line: string, figures: Figures): Outcome {
  const indicators = level1 === undefined ? ownIndicator(line, figures) : ofClass(level1, level2, figures);
  const inputs = {
    ...(level1 === undefined ? {} : { level1, level2: level2 ?? null }),
    indicators: indicators.map(inputsOf),
  };
  if (indicators.length === 0) return { kind: 'undefined', because: 'NO_INDICATOR', inputs };
  const weights = weightsOf(indicators);
  const parts: Fraction[] = [];
  for (const [index, indicator] of indicators.entries()) {
    const completion: Fraction | UndefinedCase = completionOf(indicator);
    if (typeof completion === 'string') {
      return { kind: 'undefined', because: completion, inputs: { ...inputs, indicator: indicator.code } };
    }
    parts.push(times(weights[index] ?? ONE, completion));
  }
  return { kind: 'defined', share: dividedBy(sum(parts), sum(weights)), inputs };
}

/** The indicator that the evaluation names for a line, if it is on record. */
export function ownIndicator(line: string, { indicators, indicatorOfLine }: Figures): readonly IndicatorFigures[] {
  const indicator = indicators.get(indicatorOfLine.get(line) ?? '');
  return indicator === undefined ? [] : [indicator];
}

/** In the order of their codes. */
const ofClass = (level1: string, level2: string | undefined, { indicators }: Figures): readonly IndicatorFigures[] =>
  [...indicators.values()]
    .filter((indicator) => !indicator.retired && indicator.level1 === level1)
    .filter((indicator) => level2 === undefined || indicator.level2 === level2)
    .sort((a, b) => (a.code < b.code ? -1 : 1));

/** Their points; all weigh the same if none has any. */
function weightsOf(indicators: readonly IndicatorFigures[]): readonly Fraction[] {
  const points = indicators.map((indicator) => fractionOf(indicator.points ?? '0'));
  return points.some(({ numerator }) => numerator > 0n) ? points : points.map(() => ONE);
}
