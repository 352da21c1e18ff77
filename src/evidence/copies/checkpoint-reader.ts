import { setTimeout as pause } from 'node:timers/promises';
import { isAborted } from '../../kernel/async';
import { LastingTroubles } from '../../kernel/lasting-troubles';
import { LogMismatch } from '../../kernel/outage';
import { mismatch, rootOf } from '../compare-log';
import { FollowedLog } from '../followed-log';
import { CheckpointSigner } from '../checkpoint-signer';
import { KeptCheckpoint } from '../kept-checkpoint';
import { CheckpointCopies } from './checkpoint-copies';

export interface CheckpointReaderOptions {
  readonly copies: readonly CheckpointCopies[];
  readonly signer: Pick<CheckpointSigner, 'kept' | 'requireOwn'>;
  readonly troubles: LastingTroubles;
  readonly follower: { readonly followed: FollowedLog | undefined; suspect(mismatch: LogMismatch): void };
  readonly everyMs?: number;
}

const EVERY_MS = 1_000;

/** Learns what another process has signed, and compares the tree of this process with it. */
export class CheckpointReader {
  constructor(private readonly options: CheckpointReaderOptions) {}

  /** Reads again and again until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { copies, everyMs = EVERY_MS } = this.options;
    while (!isAborted(signal)) {
      for (const place of copies) {
        // The signer reports places that cannot be reached.
        const found = await place.newest().catch(() => undefined);
        if (found !== undefined && !isAborted(signal)) this.tryToLearn(place.name, found);
      }
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private tryToLearn(place: string, found: KeptCheckpoint): void {
    const { troubles } = this.options;
    try {
      this.learn(found);
      troubles.over(place);
    } catch (error) {
      troubles.met(place, error);
    }
  }

  private learn(found: KeptCheckpoint): void {
    const { signer, follower } = this.options;
    const { treeSize } = found;
    const { kept } = signer;
    if (kept.of(treeSize)?.note === found.note || treeSize < (kept.newest?.treeSize ?? 0n)) return;
    signer.requireOwn(found);
    kept.keep(found);
    const { followed } = follower;
    // A tree that is smaller is compared when it has come this far.
    if (followed === undefined || followed.provable < treeSize) return;
    if (followed.tree.rootAt(treeSize).equals(rootOf(found))) return;
    follower.suspect(mismatch(`its first ${treeSize} events are not those that another process has signed`));
  }
}
