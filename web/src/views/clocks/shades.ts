import { readQualified } from '../../blame/qualified';
import { decimalKey } from '../../table/sorting';

/** How many shades the style sheet has for values. 0 is for no value. */
const SHADES = 6;

/** A shade for each value: numbers from the smallest to the greatest, other values in the order in which they came. `values` are JSON. */
export function shadesOf(values: readonly string[]): ReadonlyMap<string, number> {
  const different = [...new Set(values)].filter((value) => value !== 'null');
  const numbers = different.map(numberIn);
  const isNumeric = numbers.every((number) => number !== null);
  const ordered = isNumeric
    ? [...different].sort((left, right) => compare(numberIn(left), numberIn(right)))
    : different;
  const shadeAt = (index: number): number =>
    isNumeric && ordered.length > SHADES ? 1 + Math.floor((index * SHADES) / ordered.length) : 1 + (index % SHADES);
  return new Map([['null', 0], ...ordered.map((value, index): [string, number] => [value, shadeAt(index)])]);
}

function numberIn(json: string): bigint | null {
  const value: unknown = JSON.parse(json);
  const key = typeof value === 'string' ? decimalKey(readQualified(value)?.value ?? value) : null;
  return typeof key === 'bigint' ? key : null;
}

const compare = (left: bigint | null, right: bigint | null): number => ((left ?? 0n) < (right ?? 0n) ? -1 : 1);
