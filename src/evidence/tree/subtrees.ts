import { EMPTY_ROOT, Hash, nodeHash } from './hashes';

/** The complete subtree of 2^level leaves that begins at leaf index × 2^level. */
export interface Subtree {
  readonly level: number;
  readonly index: bigint;
}

/** The leaves from `from` (inclusive) to `to` (exclusive). A node of some tree by RFC 9162 covers them. */
export interface LeafRange {
  readonly from: bigint;
  readonly to: bigint;
}

export type ReadSubtree = (subtree: Subtree) => Hash;

/** The complete subtrees of a node, from left to right: each one is smaller than the one before. */
export function subtreesOf({ from, to }: LeafRange): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  let at = from;
  for (let level = bitLength(to - from) - 1; level >= 0; level--) {
    const size = 1n << BigInt(level);
    if (at + size > to) continue;
    subtrees.push({ level, index: at / size });
    at += size;
  }
  return subtrees;
}

/** MTH of RFC 9162, 2.1.1, over the leaves. */
export const rangeHash = (range: LeafRange, read: ReadSubtree): Hash => joined(subtreesOf(range).map(read));

/** The hash of the node that has these subtrees, from left to right. */
export function joined(subtrees: readonly Hash[]): Hash {
  const [last = EMPTY_ROOT, ...before] = subtrees.toReversed();
  return before.reduce((right, left) => nodeHash(left, right), last);
}

const bitLength = (size: bigint): number => (size === 0n ? 0 : size.toString(2).length);
