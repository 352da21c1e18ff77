import { compareDecimals, Decimal } from '../../kernel/decimal';
import { IndicatorDirection, ValueQualifier } from './events';

/** What is needed to judge whether an indicator meets its direction. */
export interface Judged {
  readonly direction: IndicatorDirection;
  readonly target?: Decimal;
  readonly targetUpper?: Decimal;
  readonly latest?: { readonly value?: Decimal; readonly qualifier: ValueQualifier };
}

/**
 * true if every number that the observation allows meets the direction, false if none does. null if some do, or if there is nothing
 * to compare.
 */
export function reached({ direction, target, targetUpper, latest }: Judged): boolean | null {
  if (latest?.value === undefined) return null;
  const wanted = numbersWanted(direction, target, targetUpper);
  if (wanted === undefined) return null;
  const allowed = numbersAllowed(latest.qualifier, latest.value);
  if (isEmpty(intersection(allowed, wanted))) return false;
  return contains(wanted, allowed) ? true : null;
}

/** All numbers between two ends. An end that is left out is infinite. */
interface Interval {
  readonly lower?: End;
  readonly upper?: End;
}

interface End {
  readonly at: Decimal;
  /** Whether `at` itself is left out of the interval. */
  readonly open: boolean;
}

const closed = (at: Decimal): End => ({ at, open: false });
const open = (at: Decimal): End => ({ at, open: true });

function numbersWanted(direction: IndicatorDirection, target?: Decimal, targetUpper?: Decimal): Interval | undefined {
  if (target === undefined) return undefined;
  switch (direction) {
    case 'AT_LEAST':
      return { lower: closed(target) };
    case 'AT_MOST':
      return { upper: closed(target) };
    case 'EQUAL':
      return { lower: closed(target), upper: closed(target) };
    case 'RANGE':
      return targetUpper === undefined ? undefined : { lower: closed(target), upper: closed(targetUpper) };
    case 'QUALITATIVE':
      return undefined;
  }
}

function numbersAllowed(qualifier: ValueQualifier, value: Decimal): Interval {
  switch (qualifier) {
    case 'EQ':
    case 'APPROX':
      return { lower: closed(value), upper: closed(value) };
    case 'GT':
      return { lower: open(value) };
    case 'GE':
      return { lower: closed(value) };
    case 'LT':
      return { upper: open(value) };
    case 'LE':
      return { upper: closed(value) };
  }
}

const intersection = (a: Interval, b: Interval): Interval => ({
  lower: startsNoLater(a.lower, b.lower) ? b.lower : a.lower,
  upper: endsNoEarlier(a.upper, b.upper) ? b.upper : a.upper,
});

const contains = (outer: Interval, inner: Interval): boolean =>
  startsNoLater(outer.lower, inner.lower) && endsNoEarlier(outer.upper, inner.upper);

function isEmpty({ lower, upper }: Interval): boolean {
  if (lower === undefined || upper === undefined) return false;
  const order = compareDecimals(lower.at, upper.at);
  return order > 0 || (order === 0 && (lower.open || upper.open));
}

function startsNoLater(a: End | undefined, b: End | undefined): boolean {
  if (a === undefined || b === undefined) return a === undefined;
  const order = compareDecimals(a.at, b.at);
  return order < 0 || (order === 0 && (!a.open || b.open));
}

function endsNoEarlier(a: End | undefined, b: End | undefined): boolean {
  if (a === undefined || b === undefined) return a === undefined;
  const order = compareDecimals(a.at, b.at);
  return order > 0 || (order === 0 && (!a.open || b.open));
}
