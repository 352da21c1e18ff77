import { dividedBy, fractionOf, greatest, least, ONE, ZERO } from '../kernel/fraction';
import { BudgetFigures } from './figures';
import { Outcome } from './outcome';
import { ExecutionRate } from './rules';

/** executed / denominator, at most 1. */
export function scoreExecution({ denominator }: ExecutionRate, budget: BudgetFigures | undefined): Outcome {
  if (budget === undefined) return { kind: 'undefined', because: 'NO_BUDGET', inputs: { denominator } };
  const { opening, revised, executed } = budget;
  const inputs = { denominator, opening, revised, executed };
  const whole = fractionOf(denominator === 'REVISED' ? revised : opening);
  if (whole.numerator <= 0n) return { kind: 'undefined', because: 'DENOMINATOR_NOT_POSITIVE', inputs };
  const share = least(ONE, greatest(ZERO, dividedBy(fractionOf(executed), whole)));
  return { kind: 'defined', share, inputs };
}
