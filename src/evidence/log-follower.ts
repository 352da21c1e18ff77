import { setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '../event-store/event-store';
import { isAborted } from '../kernel/async';
import { CorruptLedger, LogMismatch, Outage } from '../kernel/outage';
import { Telemetry } from '../kernel/telemetry';
import { Lease } from '../projector/lease';
import { CheckpointSigner } from './checkpoint-signer';
import { mismatch, requireSigned, rootOf } from './compare-log';
import { LogEnd, nextLeaf } from './log-order';
import { LogTree } from './log-tree';
import { emptyTree, openTree } from './opened-tree';
import { TileStorage } from './tiles/tile-storage';

export interface LogFollowerOptions {
  /** The log as it is stored, before any upcasting. */
  readonly log: Pick<EventStore, 'readAll' | 'subscribe'>;
  readonly storage: TileStorage;
  readonly signer: CheckpointSigner;
  /** Of several processes, one signs: the others wait. */
  readonly lease: Lease;
  /** Called once if the log is not the one that was signed. */
  readonly onMismatch: (mismatch: LogMismatch) => void;
  readonly telemetry: Telemetry;
  /** The shortest time between two checkpoints. */
  readonly signEveryMs?: number;
}

const SIGN_EVERY_MS = 1_000;
/** While a long log is hashed, too: a start reads the log from a checkpoint on. */
const SIGN_EVERY_LEAVES = 10_000n;
const RETRY_MS = { first: 50, longest: 5_000 } as const;
/** Between two parts of a comparison of the whole log, which runs beside serving. */
const REST_MS = 10;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Events that are hashed before others have their turn. */
const TURN = 200n;

/**
 * While it holds the lease, follows the log, adds each event to the tree, and signs checkpoints. After an outage it begins anew
 * with backoff. If the log is not the one that was signed, it ends, and signs nothing more.
 */
export class LogFollower {
  private reason: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private signedAt = -Infinity;
  private areTilesDamaged = false;

  constructor(private readonly options: LogFollowerOptions) {}

  /** Why it gave up, in one line; undefined while it works. */
  get problem(): string | undefined {
    return this.reason;
  }

  /** Compares the log with the newest checkpoint. Throws `LogMismatch`. An outage is no reason not to start. */
  async check(): Promise<void> {
    const { log, storage, signer } = this.options;
    try {
      await openTree(log, storage, signer);
    } catch (error) {
      if (error instanceof LogMismatch || !(error instanceof Outage)) throw error;
    }
  }

  /** Works until the signal aborts, or until the log turns out to be another one. */
  async run(signal: AbortSignal): Promise<void> {
    const { lease, telemetry } = this.options;
    let delay: number = RETRY_MS.first;
    while (!isAborted(signal)) {
      try {
        await lease.hold(signal, (_token, held) => this.follow(held, () => (delay = RETRY_MS.first)));
      } catch (error) {
        if (isAborted(signal)) return;
        telemetry.report({ kind: 'trouble', source: 'tree', error });
        if (!this.canGoOn(error)) return;
      }
      await pause(delay, undefined, { signal }).catch(() => undefined);
      delay = Math.min(delay * 2, RETRY_MS.longest);
    }
  }

  private canGoOn(error: unknown): boolean {
    if (error instanceof LogMismatch) {
      this.reason = error.message;
      this.options.onMismatch(error);
      return false;
    }
    if (error instanceof Outage) return true;
    const cause = error instanceof CorruptLedger ? error.message : 'its tree cannot be computed';
    this.reason = `No checkpoints of the log are signed any more: ${cause}`;
    return false;
  }

  private async follow(held: AbortSignal, onProgress: () => void): Promise<void> {
    const { log, storage, signer } = this.options;
    const stop = new AbortController();
    const signal = AbortSignal.any([held, stop.signal]);
    const opened = this.areTilesDamaged ? emptyTree(storage) : await openTree(log, storage, signer);
    this.areTilesDamaged = false;
    const { tree } = opened;
    let { end } = opened;
    const comparing = this.compareAll(tree, end, signal).catch((error: unknown) => {
      stop.abort(error);
    });
    if (signer.kept.newest === undefined) this.sign(tree, end);
    try {
      for await (const message of log.subscribe(end.position, signal)) {
        // It may be another log now.
        if (message.kind === 'resumed') throw new Outage('The connection to the log was lost');
        for (const event of message.kind === 'events' ? message.events : []) {
          const next = nextLeaf(end, event);
          tree.append(next.leaf);
          ({ end } = next);
          this.requireSame(tree);
          if (tree.size % SIGN_EVERY_LEAVES === 0n) this.sign(tree, end);
          if (tree.size % TURN === 0n) await new Promise(setImmediate);
        }
        tree.write();
        onProgress();
        if (message.kind === 'caught-up') this.signSoon(() => [tree, end] as const);
      }
    } finally {
      clearTimeout(this.timer);
      this.timer = undefined;
      stop.abort();
      await comparing;
    }
    if (!held.aborted && stop.signal.reason instanceof Error) throw stop.signal.reason;
  }

  /** While a lost tree is computed again: it has to become what was signed. */
  private requireSame(tree: LogTree): void {
    const { newest } = this.options.signer.kept;
    if (newest?.treeSize !== tree.size || tree.rootHash.equals(rootOf(newest))) return;
    throw mismatch(`its first ${newest.treeSize} events are not those that were signed`);
  }

  private signSoon(state: () => readonly [LogTree, LogEnd]): void {
    const { signEveryMs = SIGN_EVERY_MS, telemetry } = this.options;
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined;
        try {
          this.sign(...state());
        } catch (error) {
          // Such as a full disk. The next event is signed with those before.
          telemetry.report({ kind: 'trouble', source: 'tree', error });
        }
      },
      Math.max(0, this.signedAt + signEveryMs - performance.now()),
    );
  }

  private sign(tree: LogTree, end: LogEnd): void {
    const { signer } = this.options;
    if (tree.size <= (signer.kept.newest?.treeSize ?? -1n)) return;
    signer.sign(tree, end);
    this.signedAt = performance.now();
  }

  /** Compares the whole log, also what a start does not read. */
  private async compareAll(tree: LogTree, { sequence }: LogEnd, signal: AbortSignal): Promise<void> {
    const { log, signer } = this.options;
    // A tree that is computed again reads the whole log anyway.
    let isDue = sequence >= (signer.kept.newest?.treeSize ?? 0n);
    while (!isAborted(signal)) {
      const { newest } = signer.kept;
      tree.forget();
      if (isDue && newest !== undefined && !(await requireSigned(log, newest, tree, { signal, restMs: REST_MS }))) {
        this.areTilesDamaged = true;
        throw new Outage('Files of the tree are damaged; it is computed again');
      }
      await pause(DAY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      isDue = true;
    }
  }
}
