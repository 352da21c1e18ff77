import { HeadProof } from '../evidence/heads/heads';
import { EntityHead } from '../evidence/heads/head';
import { Hash } from '../evidence/tree/hashes';
import { LeafRange } from '../evidence/tree/subtrees';
import { Awaitable } from '../kernel/async';

/** The tree and the heads at one size that was signed. */
export interface SignedSize {
  readonly treeSize: bigint;
  /** Of the last event in the tree. */
  readonly position: bigint;
  readonly checkpoint: string;
  readonly headsNote: string;
  /** The newest sizes that were signed before, in ascending order. */
  readonly earlierSizes: readonly bigint[];
  hashOf(range: LeafRange): Hash;
  headProof(department: string, stream: string): HeadProof;
  /** By stream. */
  headsOf(department: string): ReadonlyMap<string, EntityHead>;
}

export interface SignedLog {
  /**
   * The newest signed size. Its tree has the event at this position: waits for that until the deadline, a moment of `performance.now()`.
   * Throws `ReadModelBehind` if it was not signed in time.
   */
  covering(position: bigint, deadline: number): Awaitable<SignedSize>;
}
