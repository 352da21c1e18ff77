import { Hash, HASH_BYTES, nodeHash } from './hashes';

export interface InclusionClaim {
  readonly leafHash: Hash;
  readonly leafIndex: bigint;
  readonly treeSize: bigint;
  readonly rootHash: Hash;
  readonly proof: readonly Hash[];
}

/** RFC 9162, 2.1.3.2. */
export function isIncluded({ leafHash, leafIndex, treeSize, rootHash, proof }: InclusionClaim): boolean {
  if (leafIndex < 0n || leafIndex >= treeSize) return false;
  if (![leafHash, rootHash, ...proof].every(isHash)) return false;
  let node = leafIndex;
  let last = treeSize - 1n;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (node === last || node % 2n === 1n) {
      hash = nodeHash(sibling, hash);
      // Levels at which the last node has no sibling.
      while (node % 2n === 0n && node > 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && hash.equals(rootHash);
}

export const isHash = (bytes: Buffer): boolean => bytes.length === HASH_BYTES;
