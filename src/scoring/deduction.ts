import { Decimal } from '../kernel/decimal';
import {
  ceiling,
  dividedBy,
  floor,
  Fraction,
  fractionOf,
  greatest,
  minus,
  ONE,
  rounded,
  times,
  ZERO,
} from '../kernel/fraction';
import { Figures } from './figures';
import { inputsOf } from './indicator-inputs';
import { Outcome } from './outcome';
import { ownIndicator } from './ratio';
import { Deduction } from './rules';

const COUNTED: Readonly<Record<Deduction['per'], (over: Fraction) => Fraction>> = {
  started: ceiling,
  whole: floor,
  exact: (over) => over,
};

/** Values and standards have at most 10 decimals. */
const DECIMALS = 10;

/** All points at the standard or below it, `k` points less for each percentage point over it, and never less than 0. */
export function scoreDeduction(
  { standard, k, per }: Deduction,
  { code, points }: { readonly code: string; readonly points: Decimal },
  figures: Figures,
): Outcome {
  const parameters = { standard, k, per };
  const [indicator] = ownIndicator(code, figures);
  if (indicator === undefined) return { kind: 'undefined', because: 'NO_INDICATOR', inputs: parameters };
  const inputs = { ...parameters, indicator: inputsOf(indicator) };
  if (indicator.value === undefined) return { kind: 'undefined', because: 'NO_VALUE', inputs };
  const over = greatest(ZERO, minus(fractionOf(indicator.value), fractionOf(standard)));
  const counted = COUNTED[per](over);
  const lost = dividedBy(times(fractionOf(k), counted), fractionOf(points));
  const share = greatest(ZERO, minus(ONE, lost));
  return { kind: 'defined', share, inputs: { ...inputs, pointsOver: rounded(counted, DECIMALS) } };
}
