import { Instant } from '../kernel/time';

/** A checkpoint that this signer has made, and the place in the log that it covers. */
export interface KeptCheckpoint {
  readonly treeSize: bigint;
  /** Of the last event in the tree; 0 if it has none. */
  readonly position: bigint;
  readonly recordedAt: Instant;
  /** The signed note. */
  readonly note: string;
  /** The second signed note: the heads at this size. */
  readonly headsNote: string;
}

/** The checkpoints of a signer. They are the only memory of what it has signed. */
export interface KeptCheckpoints {
  readonly newest: KeptCheckpoint | undefined;
  /** The checkpoint of that size. */
  of(treeSize: bigint): KeptCheckpoint | undefined;
  /** The newest one of at most that size. */
  upTo(treeSize: bigint): KeptCheckpoint | undefined;
  /** The oldest one of at least that size. */
  from(treeSize: bigint): KeptCheckpoint | undefined;
  /** Returns when the checkpoint is on disk. It replaces one of the same size. */
  keep(checkpoint: KeptCheckpoint): void;
}
