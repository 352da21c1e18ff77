import { Decimal, withPoint } from './decimal';

/** An exact number: numerator / denominator. The denominator is above 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n };
export const ONE: Fraction = { numerator: 1n, denominator: 1n };

export function fractionOf(value: Decimal): Fraction {
  const [integer = '', decimals = ''] = value.split('.');
  return { numerator: BigInt(integer + decimals), denominator: 10n ** BigInt(decimals.length) };
}

export const plus = (a: Fraction, b: Fraction): Fraction =>
  a.denominator === b.denominator
    ? { numerator: a.numerator + b.numerator, denominator: a.denominator }
    : {
        numerator: a.numerator * b.denominator + b.numerator * a.denominator,
        denominator: a.denominator * b.denominator,
      };

export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { ...b, numerator: -b.numerator });

export const times = (a: Fraction, b: Fraction): Fraction => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
});

/** a / b. The divisor must not be 0. */
export function dividedBy(a: Fraction, b: Fraction): Fraction {
  if (b.numerator === 0n) throw new RangeError('A fraction is not divided by 0');
  const sign = b.numerator < 0n ? -1n : 1n;
  return { numerator: sign * a.numerator * b.denominator, denominator: sign * a.denominator * b.numerator };
}

export function compareFractions(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const least = (a: Fraction, b: Fraction): Fraction => (compareFractions(a, b) <= 0 ? a : b);
export const greatest = (a: Fraction, b: Fraction): Fraction => (compareFractions(a, b) >= 0 ? a : b);

/** Adds halves of the list first, so that only the last additions have long numbers. */
export function sum(values: readonly Fraction[]): Fraction {
  const [first = ZERO] = values;
  if (values.length <= 1) return first;
  const middle = Math.floor(values.length / 2);
  return plus(sum(values.slice(0, middle)), sum(values.slice(middle)));
}

/** The largest whole number that is not above the fraction. */
export function floor({ numerator, denominator }: Fraction): Fraction {
  const quotient = numerator / denominator;
  const isCut = numerator < 0n && numerator % denominator !== 0n;
  return { numerator: isCut ? quotient - 1n : quotient, denominator: 1n };
}

/** The smallest whole number that is not below the fraction. */
export function ceiling({ numerator, denominator }: Fraction): Fraction {
  const down = floor({ numerator: -numerator, denominator });
  return { numerator: -down.numerator, denominator: 1n };
}

/** Rounds half away from zero, and writes exactly `places` decimals; `places` is at least 1. */
export function rounded({ numerator, denominator }: Fraction, places: number): Decimal {
  const magnitude = (numerator < 0n ? -numerator : numerator) * 10n ** BigInt(places);
  const digits = (2n * magnitude + denominator) / (2n * denominator);
  return withPoint(numerator < 0n ? -digits : digits, places);
}
