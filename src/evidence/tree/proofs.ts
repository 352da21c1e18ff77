import { LeafRange } from './subtrees';

/** What an inclusion proof consists of (RFC 9162, 2.1.3.1): the nodes whose hashes it lists, in this order. */
export function inclusionProof(leafIndex: bigint, treeSize: bigint): readonly LeafRange[] {
  if (leafIndex < 0n || leafIndex >= treeSize) throw new RangeError(`No leaf ${leafIndex} in a tree of ${treeSize}`);
  const siblings: LeafRange[] = [];
  let node: LeafRange = { from: 0n, to: treeSize };
  while (node.to - node.from > 1n) {
    const { left, right } = childrenOf(node);
    const isLeft = leafIndex < left.to;
    siblings.push(isLeft ? right : left);
    node = isLeft ? left : right;
  }
  return siblings.reverse();
}

/** What a consistency proof consists of (RFC 9162, 2.1.4.1). There is none from the empty tree to another one. */
export function consistencyProof(first: bigint, second: bigint): readonly LeafRange[] {
  if (first > second || first < 0n || (first === 0n && second > 0n)) {
    throw new RangeError(`No consistency proof from size ${first} to ${second}`);
  }
  const nodes: LeafRange[] = [];
  let node: LeafRange = { from: 0n, to: second };
  while (first < node.to) {
    const { left, right } = childrenOf(node);
    const isLeft = first <= left.to;
    nodes.push(isLeft ? right : left);
    node = isLeft ? left : right;
  }
  // The verifier knows the root of the first tree itself.
  if (node.from > 0n) nodes.push(node);
  return nodes.reverse();
}

/** The left child has the largest power of two of leaves that leaves one to the right child. */
export function childrenOf({ from, to }: LeafRange): { readonly left: LeafRange; readonly right: LeafRange } {
  const middle = from + (1n << BigInt((to - from - 1n).toString(2).length - 1));
  return { left: { from, to: middle }, right: { from: middle, to } };
}
