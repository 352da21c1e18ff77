import { Hash, nodeHash } from '../tree/hashes';
import { childrenOf } from '../tree/proofs';
import { joined, LeafRange, subtreesOf } from '../tree/subtrees';
import { UnsoundEvidence } from '../unsound';

/** What one proof shows of a tree: leaves, and the roots of earlier sizes. Its parts share all inner hashes. */
export interface TreeOutline {
  readonly treeSize: bigint;
  /** Indexes in ascending order, each once. */
  readonly leaves: readonly bigint[];
  /** Sizes from 1 to below `treeSize`, in ascending order, each once. */
  readonly earlierSizes: readonly bigint[];
}

/** The nodes of the tree that the outline does not open, from left to right: the proof lists their hashes. */
export function closedNodes(outline: TreeOutline): readonly LeafRange[] {
  const closed: LeafRange[] = [];
  walk(outline, {
    leaf: () => undefined,
    closed: (range) => {
      closed.push(range);
    },
    branch: () => undefined,
  });
  return closed;
}

export interface OutlinedRoots {
  readonly rootHash: Hash;
  /** The roots of the earlier sizes. */
  readonly earlier: ReadonlyMap<bigint, Hash>;
}

/** Throws `UnsoundEvidence` if the proof does not have a hash for each closed node. */
export function outlinedRoots(
  outline: TreeOutline,
  leafOf: (index: bigint) => Hash,
  hashes: readonly Hash[],
): OutlinedRoots {
  let next = 0;
  /** The nodes that earlier trees consist of. */
  const parts = new Map<string, Hash | undefined>(
    outline.earlierSizes.flatMap((size) => rangesOf(size).map((range) => [keyOf(range), undefined] as const)),
  );
  const noted = (range: LeafRange, hash: Hash): Hash => {
    const key = parts.size > 0 ? keyOf(range) : '';
    if (parts.has(key)) parts.set(key, hash);
    return hash;
  };
  const rootHash = walk<Hash>(outline, {
    leaf: (range) => noted(range, leafOf(range.from)),
    closed: (range) => {
      const hash = hashes[next++];
      if (hash === undefined) throw new UnsoundEvidence('The proof of the tree has too few hashes');
      return noted(range, hash);
    },
    branch: (range, left, right) => noted(range, nodeHash(left, right)),
  });
  if (next < hashes.length) throw new UnsoundEvidence('The proof of the tree has too many hashes');
  const rootOf = (size: bigint) => joined(rangesOf(size).map((range) => parts.get(keyOf(range)) as Hash));
  return { rootHash, earlier: new Map(outline.earlierSizes.map((size) => [size, rootOf(size)])) };
}

interface Visitor<Result> {
  readonly leaf: (range: LeafRange) => Result;
  readonly closed: (range: LeafRange) => Result;
  readonly branch: (range: LeafRange, left: Result, right: Result) => Result;
}

/** Opens each node that has one of the leaves, or in which an earlier size ends. */
function walk<Result>(outline: TreeOutline, visitor: Visitor<Result>): Result {
  const { leaves, earlierSizes } = outline;
  let leaf = 0;
  let size = 0;
  const visit = (range: LeafRange): Result => {
    // The nodes are visited from left to right, so what lies before this one has been passed.
    while (leaf < leaves.length && (leaves[leaf] as bigint) < range.from) leaf += 1;
    while (size < earlierSizes.length && (earlierSizes[size] as bigint) <= range.from) size += 1;
    const hasLeaf = leaf < leaves.length && (leaves[leaf] as bigint) < range.to;
    const isCut = size < earlierSizes.length && (earlierSizes[size] as bigint) < range.to;
    if (!hasLeaf && !isCut) return visitor.closed(range);
    if (range.to - range.from === 1n) return visitor.leaf(range);
    const { left, right } = childrenOf(range);
    const leftResult = visit(left);
    return visitor.branch(range, leftResult, visit(right));
  };
  return visit({ from: 0n, to: outline.treeSize });
}

const rangesOf = (size: bigint): readonly LeafRange[] =>
  subtreesOf({ from: 0n, to: size }).map(({ level, index }) => ({
    from: index << BigInt(level),
    to: (index + 1n) << BigInt(level),
  }));

const keyOf = ({ from, to }: LeafRange): string => `${from}-${to}`;
