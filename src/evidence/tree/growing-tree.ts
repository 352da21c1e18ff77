import { Hash, nodeHash } from './hashes';
import { joined, Subtree, subtreesOf } from './subtrees';

/** Where a tree grows: its complete subtrees from left to right, which are all that is needed to append leaves. */
export interface RightEdge {
  readonly size: bigint;
  readonly hashes: readonly Hash[];
}

export const EMPTY_EDGE: RightEdge = { size: 0n, hashes: [] };

/** A tree that only keeps its right edge. `onComplete` gets each subtree when its last leaf is appended, the leaf first. */
export class GrowingTree {
  private readonly hashes: Hash[];
  private leaves: bigint;

  constructor(
    edge: RightEdge,
    private readonly onComplete: (subtree: Subtree, hash: Hash) => void,
  ) {
    if (edge.hashes.length !== subtreesOf({ from: 0n, to: edge.size }).length) {
      throw new RangeError(`${edge.hashes.length} hashes are not the right edge of a tree of ${edge.size}`);
    }
    this.hashes = [...edge.hashes];
    this.leaves = edge.size;
  }

  get size(): bigint {
    return this.leaves;
  }

  get rootHash(): Hash {
    return joined(this.hashes);
  }

  append(leaf: Hash): void {
    let hash = leaf;
    let index = this.leaves;
    let level = 0;
    this.onComplete({ level, index }, hash);
    for (; index % 2n === 1n; index >>= 1n) {
      hash = nodeHash(this.hashes.pop() as Hash, hash);
      level += 1;
      this.onComplete({ level, index: index >> 1n }, hash);
    }
    this.hashes.push(hash);
    this.leaves += 1n;
  }
}
