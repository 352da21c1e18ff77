import { EMPTY_ROOT, Hash, nodeHash } from './hashes';
import { isHash } from './verify-inclusion';

export interface ConsistencyClaim {
  readonly first: bigint;
  readonly second: bigint;
  readonly firstRoot: Hash;
  readonly secondRoot: Hash;
  readonly proof: readonly Hash[];
}

/** RFC 9162, 2.1.4.2. Nothing proves that a tree grew out of the empty one: every tree did. */
export function isConsistent({ first, second, firstRoot, secondRoot, proof }: ConsistencyClaim): boolean {
  if (first < 0n || first > second) return false;
  if (![firstRoot, secondRoot, ...proof].every(isHash)) return false;
  if (first === second) {
    return proof.length === 0 && firstRoot.equals(secondRoot) && (first > 0n || firstRoot.equals(EMPTY_ROOT));
  }
  if (first === 0n) return false;
  // A first tree that is a complete subtree is a node of the second tree itself.
  const [start, ...rest] = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof;
  if (start === undefined) return false;
  return climb(start, rest, { first, second, firstRoot, secondRoot });
}

function climb(start: Hash, proof: readonly Hash[], claim: Omit<ConsistencyClaim, 'proof'>): boolean {
  let node = claim.first - 1n;
  let last = claim.second - 1n;
  while (node % 2n === 1n) {
    node >>= 1n;
    last >>= 1n;
  }
  let firstHash = start;
  let secondHash = start;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (node === last || node % 2n === 1n) {
      firstHash = nodeHash(sibling, firstHash);
      secondHash = nodeHash(sibling, secondHash);
      while (node % 2n === 0n && node > 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      secondHash = nodeHash(secondHash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && firstHash.equals(claim.firstRoot) && secondHash.equals(claim.secondRoot);
}

const isPowerOfTwo = (size: bigint): boolean => (size & (size - 1n)) === 0n;
