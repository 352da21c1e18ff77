import Big from 'big.js';

/** An exact decimal number in plain notation: `-12.50`. Trailing zeros after the point are kept. */
export type Decimal = string;

const PLAIN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

export interface DecimalBounds {
  readonly integerDigits: number;
  readonly fractionDigits: number;
}

/** Bounds of values, weights and scores. Amounts have their own bounds (money.ts). */
export const VALUE_BOUNDS: DecimalBounds = { integerDigits: 18, fractionDigits: 10 };

/** The number without a plus sign and leading zeros; undefined if the text is not a plain decimal number within the bounds. */
export function parseDecimal(text: string, bounds: DecimalBounds = VALUE_BOUNDS): Decimal | undefined {
  // Check the length before the pattern runs, so that a megabyte of digits costs nothing.
  if (text.length > bounds.integerDigits + bounds.fractionDigits + 2) return undefined;
  const match = PLAIN.exec(text);
  if (!match) return undefined;
  const [, sign, integer = '', fraction = ''] = match;
  const digits = integer.replace(/^0+(?=\d)/, '');
  if (digits.length > bounds.integerDigits || fraction.length > bounds.fractionDigits) return undefined;
  const zero = /^0*$/.test(digits + fraction);
  return `${sign === '-' && !zero ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}`;
}

/** More digits than any number that the API prints: an execution rate may have 22 before the point. */
const PRINTED_BOUNDS: DecimalBounds = { integerDigits: 40, fractionDigits: VALUE_BOUNDS.fractionDigits };

/** An integer that orders as the number does; undefined if the text is not one that the API prints. For comparing a number often. */
export function comparable(text: string): bigint | undefined {
  const value = parseDecimal(text, PRINTED_BOUNDS);
  return value === undefined ? undefined : scaledInteger(value, PRINTED_BOUNDS.fractionDigits);
}

export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const places = Math.max(placesOf(a), placesOf(b));
  const [left, right] = [scaledInteger(a, places), scaledInteger(b, places)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function signOf(value: Decimal): -1 | 0 | 1 {
  if (!/[1-9]/.test(value)) return 0;
  return value.startsWith('-') ? -1 : 1;
}

/** part / whole in percent with 2 decimals, rounded half away from zero; null if whole is 0. */
export function percentage(part: Decimal | bigint, whole: Decimal | bigint): Decimal | null {
  const places = Math.max(placesOf(part), placesOf(whole));
  const divisor = scaledInteger(whole, places);
  if (divisor === 0n) return null;
  const hundredths = roundedQuotient(scaledInteger(part, places) * 10_000n, divisor);
  return withPoint(hundredths, 2);
}

/** digits / 10^places, written with exactly `places` decimals; `places` is at least 1. */
export function withPoint(digits: bigint, places: number): Decimal {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const point = text.length - places;
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}.${text.slice(point)}`;
}

/** The number of digits after the point. */
function placesOf(value: Decimal | bigint): number {
  if (typeof value === 'bigint') return 0;
  const point = value.indexOf('.');
  return point < 0 ? 0 : value.length - point - 1;
}

/** value × 10^places, as an integer. The value has at most `places` decimals. */
function scaledInteger(value: Decimal | bigint, places: number): bigint {
  const integer = typeof value === 'bigint' ? value : BigInt(value.replace('.', ''));
  const missing = places - placesOf(value);
  return missing === 0 ? integer : integer * 10n ** BigInt(missing);
}

/** Rounds half away from zero, using the exact remainder. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const remainder = dividend % divisor;
  const twice = 2n * remainder;
  const up = (twice < 0n ? -twice : twice) >= (divisor < 0n ? -divisor : divisor);
  return !up ? quotient : dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** Rounds half away from zero to `places` decimals. */
export const roundDecimal = (value: Decimal, places: number): Decimal =>
  unsignedZero(new Big(value).toFixed(places, Big.roundHalfUp));

const unsignedZero = (text: string): string => (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text);
