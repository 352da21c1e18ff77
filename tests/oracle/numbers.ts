/** Numbers of any size and precision, as a count of 10^-places. */
interface Exact {
  readonly count: bigint;
  readonly places: number;
}

function exact(text: string): Exact {
  const [whole = '', fraction = ''] = text.split('.');
  return { count: BigInt(whole + fraction), places: fraction.length };
}

/** Both as counts of the same unit. */
function alike(a: string, b: string): [bigint, bigint] {
  const [x, y] = [exact(a), exact(b)];
  const places = Math.max(x.places, y.places);
  const scaled = ({ count, places: own }: Exact): bigint => count * 10n ** BigInt(places - own);
  return [scaled(x), scaled(y)];
}

export function compareNumbers(a: string, b: string): number {
  const [x, y] = alike(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** "Rates are percent with 2 decimals, half away from zero, also when negative." null if the divisor is 0. */
export function rate(part: string, whole: string): string | null {
  const [x, y] = alike(part, whole);
  return y === 0n ? null : hundredths(x * 10_000n, y);
}

/** To 2 decimals, half away from zero. */
export function rounded(number: string): string {
  const { count, places } = exact(number);
  return hundredths(count * 100n, 10n ** BigInt(places));
}

/** dividend / divisor, which count hundredths, rounded half away from zero to whole hundredths. */
function hundredths(dividend: bigint, divisor: bigint): string {
  const negative = dividend < 0n !== divisor < 0n;
  const [x, y] = [magnitude(dividend), magnitude(divisor)];
  const count = (2n * x + y) / (2n * y);
  return `${negative && count !== 0n ? '-' : ''}${String(count / 100n)}.${twoDigits(count % 100n)}`;
}

const magnitude = (count: bigint): bigint => (count < 0n ? -count : count);
const twoDigits = (count: bigint): string => count.toString().padStart(2, '0');

/** An amount of an event, in fen. */
export const fen = (yuan: string): bigint => alike(yuan, '0.00')[0];

const UNITS = { YUAN: 2, WAN_YUAN: 6, YI_YUAN: 10 } as const;

/** "Amounts are exact in every unit, with at least 2 decimals and no zeros after those." */
export function money(amount: bigint, unit: keyof typeof UNITS = 'YUAN'): string {
  const places = UNITS[unit];
  const digits = magnitude(amount)
    .toString()
    .padStart(places + 1, '0');
  const [whole, fraction] = [digits.slice(0, -places), digits.slice(-places)];
  const shown = fraction.slice(0, 2) + fraction.slice(2).replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${whole}.${shown}`;
}
