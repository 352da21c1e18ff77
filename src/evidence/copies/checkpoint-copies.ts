import { KeptCheckpoint } from '../kept-checkpoint';

/** A place outside of the ledger that has copies of its checkpoints. Whoever alters the log and the signer's files does not reach it. */
export interface CheckpointCopies {
  /** As an operator knows it. */
  readonly name: string;

  /** undefined if it has none. Throws if it cannot be reached. */
  newest(): Promise<KeptCheckpoint | undefined>;

  /** Throws if it cannot be reached. */
  put(checkpoint: KeptCheckpoint): Promise<void>;
}
