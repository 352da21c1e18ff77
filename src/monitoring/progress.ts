import { Decimal, percentage } from '../kernel/decimal';
import { dividedBy, Fraction, fractionOf, ONE, rounded, sum, times } from '../kernel/fraction';
import { LocalDate } from '../kernel/time';
import { completionOf } from '../scoring/completion';
import { IndicatorFigures } from '../scoring/figures';
import { MonitoredFigures } from './figures';

/** In percent with 2 decimals. null: there is nothing to compute it from. */
export interface Progress {
  /** Executed of the revised budget. */
  readonly budget: Decimal | null;
  /** The days of the fiscal year that have passed, the day itself included. */
  readonly time: Decimal;
  /** The mean completion of the indicators. */
  readonly goals: Decimal | null;
}

export const progressOf = ({ budget, fiscalYear, day, indicators }: MonitoredFigures): Progress => ({
  budget: budget === undefined ? null : percentage(budget.executed, budget.revised),
  time: timeProgress(fiscalYear, day),
  goals: goalProgress(indicators),
});

const MS_PER_DAY = 86_400_000;
const dayNumber = (day: LocalDate): number => Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;

function timeProgress(fiscalYear: number, day: LocalDate): Decimal {
  const first = dayNumber(`${fiscalYear}-01-01`);
  const days = dayNumber(`${fiscalYear + 1}-01-01`) - first;
  const passed = Math.min(Math.max(dayNumber(day) - first + 1, 0), days);
  return percentage(BigInt(passed), BigInt(days)) ?? '0.00';
}

/**
 * The mean completion of the indicators in use, each at most 100 %, weighted by their points (equally if none has any). An indicator
 * that has no completion yet is left out: without a value, nobody knows that it is 0.
 */
function goalProgress(indicators: readonly IndicatorFigures[]): Decimal | null {
  const known = indicators
    .filter(({ retired }) => !retired)
    .flatMap((indicator) => {
      const completion = completionOf(indicator);
      return typeof completion === 'string' ? [] : [{ completion, points: fractionOf(indicator.points ?? '0') }];
    });
  if (known.length === 0) return null;
  const isWeighted = known.some(({ points }) => points.numerator > 0n);
  const weightOf = ({ points }: { readonly points: Fraction }): Fraction => (isWeighted ? points : ONE);
  const reached = sum(known.map((each) => times(weightOf(each), each.completion)));
  const share = dividedBy(reached, sum(known.map(weightOf)));
  return rounded(times(share, fractionOf('100')), 2);
}
