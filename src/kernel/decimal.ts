import Big from 'big.js';

/** An exact decimal number in plain notation: `-12.50`. Digits after the point are kept as they were written. */
export type Decimal = string;

const PLAIN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

export interface DecimalBounds {
  readonly integerDigits: number;
  readonly fractionDigits: number;
}

/** Values, weights and scores of the ledger fit these bounds; amounts have bounds of their own (money.ts). */
export const VALUE_BOUNDS: DecimalBounds = { integerDigits: 18, fractionDigits: 10 };

/** The number without sign noise and leading zeros; undefined where the text is no plain decimal number within the bounds. */
export function parseDecimal(text: string, bounds: DecimalBounds = VALUE_BOUNDS): Decimal | undefined {
  // Bounded before the pattern runs, so that a megabyte of digits costs nothing.
  if (text.length > bounds.integerDigits + bounds.fractionDigits + 2) return undefined;
  const match = PLAIN.exec(text);
  if (!match) return undefined;
  const [, sign, integer = '', fraction = ''] = match;
  const digits = integer.replace(/^0+(?=\d)/, '');
  if (digits.length > bounds.integerDigits || fraction.length > bounds.fractionDigits) return undefined;
  const zero = /^0*$/.test(digits + fraction);
  return `${sign === '-' && !zero ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}`;
}

export const compareDecimals = (a: Decimal, b: Decimal): -1 | 0 | 1 => new Big(a).cmp(b);

// Division to two places, half away from zero, decided on the exact remainder and not on an already rounded quotient.
const Percent = Big();
Percent.DP = 2;
Percent.RM = Big.roundHalfUp;

/** part / whole in percent with 2 decimals, half away from zero, also when negative; null where whole is 0. */
export function percentage(part: Decimal | bigint, whole: Decimal | bigint): Decimal | null {
  const divisor = new Percent(whole.toString());
  if (divisor.eq(0)) return null;
  return unsignedZero(new Percent(part.toString()).times(100).div(divisor).toFixed(2));
}

/** Rounded half away from zero to `places` decimals. */
export const roundDecimal = (value: Decimal, places: number): Decimal =>
  unsignedZero(new Big(value).toFixed(places, Big.roundHalfUp));

const unsignedZero = (text: string): string => (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text);
