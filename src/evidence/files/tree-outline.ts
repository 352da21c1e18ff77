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
export function* closedNodes(outline: TreeOutline): Generator<LeafRange, void, undefined> {
  const shapeOf = shapes(outline);
  const toVisit: LeafRange[] = [{ from: 0n, to: outline.treeSize }];
  for (let range = toVisit.pop(); range !== undefined; range = toVisit.pop()) {
    const shape = shapeOf(range);
    if (shape === 'closed') yield range;
    if (shape !== 'branch') continue;
    const { left, right } = childrenOf(range);
    toVisit.push(right, left);
  }
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
  const shapeOf = shapes(outline);
  const hashOf = (range: LeafRange): Hash => {
    const shape = shapeOf(range);
    if (shape === 'leaf') return noted(range, leafOf(range.from));
    if (shape === 'closed') return noted(range, nextHash());
    const { left, right } = childrenOf(range);
    const leftHash = hashOf(left);
    return noted(range, nodeHash(leftHash, hashOf(right)));
  };
  const nextHash = (): Hash => {
    const hash = hashes[next++];
    if (hash === undefined) throw new UnsoundEvidence('The proof of the tree has too few hashes');
    return hash;
  };
  const rootHash = hashOf({ from: 0n, to: outline.treeSize });
  if (next < hashes.length) throw new UnsoundEvidence('The proof of the tree has too many hashes');
  const rootOf = (size: bigint) => joined(rangesOf(size).map((range) => parts.get(keyOf(range)) as Hash));
  return { rootHash, earlier: new Map(outline.earlierSizes.map((size) => [size, rootOf(size)])) };
}

type Shape = 'leaf' | 'branch' | 'closed';

/** A node is opened if it has one of the leaves, or if an earlier size ends in it. Nodes have to be asked for from left to right. */
function shapes({ leaves, earlierSizes }: TreeOutline): (range: LeafRange) => Shape {
  let leaf = 0;
  let size = 0;
  return ({ from, to }) => {
    while (leaf < leaves.length && (leaves[leaf] as bigint) < from) leaf += 1;
    while (size < earlierSizes.length && (earlierSizes[size] as bigint) <= from) size += 1;
    const hasLeaf = leaf < leaves.length && (leaves[leaf] as bigint) < to;
    const isCut = size < earlierSizes.length && (earlierSizes[size] as bigint) < to;
    if (!hasLeaf && !isCut) return 'closed';
    return to - from === 1n ? 'leaf' : 'branch';
  };
}

const rangesOf = (size: bigint): readonly LeafRange[] =>
  subtreesOf({ from: 0n, to: size }).map(({ level, index }) => ({
    from: index << BigInt(level),
    to: (index + 1n) << BigInt(level),
  }));

const keyOf = ({ from, to }: LeafRange): string => `${from}-${to}`;
