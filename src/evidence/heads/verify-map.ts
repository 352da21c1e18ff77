import { Hash, HASH_BYTES, nodeHash } from '../tree/hashes';
import { bitAt, EMPTY_MAP, mapLeafHash, MapPath } from './sparse-map';

/**
 * Whether a map with this root has the value for the key; `undefined`: whether it has no value for the key. For each root and
 * key, at most one claim has a path.
 */
export function isInMap(rootHash: Hash, key: Hash, value: Hash | undefined, { siblings, found }: MapPath): boolean {
  if (siblings.length > 8 * HASH_BYTES) return false;
  const hashes = [rootHash, key, ...siblings, ...(value === undefined ? [] : [value])];
  if (found !== undefined) hashes.push(found.key, found.value);
  if (!hashes.every((hash) => hash.length === HASH_BYTES)) return false;
  const isClaimed =
    value === undefined
      ? found === undefined || (!found.key.equals(key) && haveSameStart(found.key, key, siblings.length))
      : found !== undefined && found.key.equals(key) && found.value.equals(value);
  return isClaimed && climb(key, { siblings, found }).equals(rootHash);
}

/** The root to which a path leads. */
export const climb = (key: Hash, { siblings, found }: MapPath): Hash =>
  siblings.reduceRight(
    (hash, sibling, depth) => (bitAt(key, depth) === 0 ? nodeHash(hash, sibling) : nodeHash(sibling, hash)),
    found === undefined ? EMPTY_MAP : mapLeafHash(found),
  );

function haveSameStart(left: Hash, right: Hash, bits: number): boolean {
  for (let depth = 0; depth < bits; depth++) {
    if (bitAt(left, depth) !== bitAt(right, depth)) return false;
  }
  return true;
}
