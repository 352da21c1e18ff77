import { isDeepStrictEqual } from 'node:util';
import { Json } from '../kernel/json';
import { jsonPointer, PathKey } from '../kernel/json-pointer';

export interface Difference {
  /** A JSON Pointer; empty for the whole value. */
  readonly path: string;
  readonly left: Json | undefined;
  readonly right: Json | undefined;
}

/** The first place at which two different values differ, as deep as possible. */
export function firstDifference(
  left: Json | undefined,
  right: Json | undefined,
  keys: readonly PathKey[] = [],
): Difference {
  if (isBranch(left) && isBranch(right) && Array.isArray(left) === Array.isArray(right)) {
    const [ofLeft, ofRight] = [partsOf(left), partsOf(right)];
    for (const key of new Set([...ofLeft.keys(), ...ofRight.keys()])) {
      const [one, other] = [ofLeft.get(key), ofRight.get(key)];
      if (!isDeepStrictEqual(one, other)) return firstDifference(one, other, [...keys, key]);
    }
  }
  return { path: jsonPointer(keys), left, right };
}

const isBranch = (value: Json | undefined): value is Exclude<Json, string | number | boolean | null> =>
  typeof value === 'object' && value !== null;

const partsOf = (value: object): ReadonlyMap<string, Json> => new Map(Object.entries(value));
