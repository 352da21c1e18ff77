import { LastingTroubles } from '../kernel/lasting-troubles';
import { CheckpointSigner } from './checkpoint-signer';
import { FollowedLog } from './followed-log';

export interface CheckpointScheduleOptions {
  readonly signer: CheckpointSigner;
  readonly troubles: LastingTroubles;
  /** Whether the tree may be signed now. */
  readonly isAllowed: () => boolean;
  readonly onSigned: () => void;
  /** The shortest time between two checkpoints. */
  readonly signEveryMs?: number;
}

const SIGN_EVERY_MS = 1_000;

/** Decides when a checkpoint is signed. No tree is signed twice. */
export class CheckpointSchedule {
  private timer: NodeJS.Timeout | undefined;
  private signedAt = -Infinity;

  constructor(private readonly options: CheckpointScheduleOptions) {}

  now(followed: FollowedLog): void {
    const { signer, isAllowed, onSigned, troubles } = this.options;
    if (!isAllowed()) return;
    if (followed.end.size <= (signer.kept.newest?.treeSize ?? -1n)) return;
    // On disk first: a checkpoint that was made is never taken back.
    followed.sync();
    // A slow disk may have held up this process until another one began to sign.
    if (!isAllowed()) return;
    signer.sign(followed);
    this.signedAt = performance.now();
    troubles.over('checkpoint');
    onSigned();
  }

  /** As soon as the last checkpoint is old enough. */
  soon(followed: FollowedLog): void {
    const { signEveryMs = SIGN_EVERY_MS, troubles } = this.options;
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined;
        try {
          this.now(followed);
        } catch (error) {
          // Such as a full disk. The next event is signed with those before.
          troubles.met('checkpoint', error);
        }
      },
      Math.max(0, this.signedAt + signEveryMs - performance.now()),
    );
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
