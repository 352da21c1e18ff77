import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '../event-store/event-store';
import { Bell, isAborted } from '../kernel/async';
import { LastingTroubles } from '../kernel/lasting-troubles';
import { CorruptLedger, LogMismatch, Outage } from '../kernel/outage';
import { Telemetry } from '../kernel/telemetry';
import { Lease } from '../projector/lease';
import { CheckpointSchedule } from './checkpoint-schedule';
import { CheckpointSigner } from './checkpoint-signer';
import { mismatch, requireSigned, rootOf } from './compare-log';
import { DepartmentOf, FollowedLog, FollowedLogStorage } from './followed-log';
import { HASHER_IN_THIS_THREAD, LeafHasher } from './hashing/leaf-hasher';
import { LEAVES_AT_ONCE, leafMessages, NextEvent } from './leaf-messages';
import { openFollowedLog, storedTree } from './open-followed-log';

export interface LogFollowerOptions {
  /** The log as it is stored, before any upcasting. */
  readonly log: Pick<EventStore, 'readAll' | 'subscribe'>;
  readonly storage: FollowedLogStorage;
  readonly departmentOf: DepartmentOf;
  readonly signer: CheckpointSigner;
  /** Of several processes, one signs. The others only follow the log. */
  readonly lease: Lease;
  /** By default in this thread. */
  readonly hasher?: LeafHasher;
  /** Finds the newest checkpoint that can be reached, before the log is compared with it. */
  readonly learn?: () => Promise<void>;
  readonly onSigned?: () => void;
  /** Called once if the log is not the one that was signed. */
  readonly onMismatch: (mismatch: LogMismatch) => void;
  readonly telemetry: Telemetry;
  /** By default its own. */
  readonly troubles?: LastingTroubles;
  /** The shortest time between two checkpoints. */
  readonly signEveryMs?: number;
}

/** While a long log is hashed, too: a start reads the log from a checkpoint on. */
const SIGN_EVERY_LEAVES = 10_000n;
const RETRY_MS = { first: 50, longest: 5_000 } as const;
/** Between two parts of a comparison of the whole log, which runs beside serving. */
const REST_MS = 10;
const DAY_MS = 24 * 60 * 60 * 1_000;
type Mode = 'signs' | 'waits';

/**
 * Follows the log, and adds each event to the tree. While it holds the lease, it signs checkpoints. After an outage it begins anew
 * with backoff. If the log is not the one that was signed, it ends, and signs nothing more.
 */
export class LogFollower {
  /** Rings when leaves can be proven, when a checkpoint was signed, and when it gives up. */
  readonly progress = new Bell();
  private reason: string | undefined;
  /** An event that was read differs from its leaf. It is not known yet whether the log was altered, or the files of the tree. */
  private suspicion: LogMismatch | undefined;
  private areFilesDamaged = false;
  private current: FollowedLog | undefined;
  private isHeld = (): boolean => false;
  private beginAnew: () => void = () => undefined;
  private readonly troubles: LastingTroubles;
  private readonly schedule: CheckpointSchedule;

  constructor(private readonly options: LogFollowerOptions) {
    this.troubles = options.troubles ?? new LastingTroubles(options.telemetry, 'tree');
    this.schedule = new CheckpointSchedule({
      ...options,
      troubles: this.troubles,
      isAllowed: () => this.problem === undefined && this.isHeld(),
      onSigned: () => {
        this.progress.ring();
        options.onSigned?.();
      },
    });
  }

  /** Why it gave up, in one line; undefined while it works. */
  get problem(): string | undefined {
    return this.reason ?? this.suspicion?.message;
  }

  /** What was computed of the log; undefined while it is compared with the newest checkpoint for the first time. */
  get followed(): FollowedLog | undefined {
    return this.current;
  }

  /** `followed`, as soon as it is known. undefined if it gave up before that, or if the signal aborts. */
  async opened(signal: AbortSignal): Promise<FollowedLog | undefined> {
    while (this.current === undefined && this.reason === undefined && !isAborted(signal)) {
      await this.progress.wait({ signal });
    }
    return this.current;
  }

  /** Compares the log with the newest checkpoint. Throws `LogMismatch`. An outage is no reason not to start. */
  async check(): Promise<void> {
    try {
      await this.options.learn?.();
      await storedTree(this.options);
    } catch (error) {
      if (error instanceof LogMismatch || !(error instanceof Outage)) throw error;
    }
  }

  /** An event that was read differs from its leaf. Nothing is signed until the whole log was compared. */
  suspect(difference: LogMismatch): void {
    if (this.suspicion !== undefined || this.reason !== undefined) return;
    this.suspicion = difference;
    this.options.telemetry.report({ kind: 'trouble', source: 'tree', error: difference });
    this.beginAnew();
  }

  /** Works until the signal aborts, or until the log turns out to be another one. */
  async run(signal: AbortSignal): Promise<void> {
    await this.keepTrying('signs', signal, () => this.followAndSign(signal));
  }

  /** Follows without signing until it has the lease. */
  private async followAndSign(signal: AbortSignal): Promise<void> {
    const hasLease = new AbortController();
    const gaveUp = new AbortController();
    let waiting = Promise.resolve();
    const signing = this.options.lease.hold(AbortSignal.any([signal, gaveUp.signal]), async (_token, held, isHeld) => {
      hasLease.abort();
      await waiting;
      // Nothing waits any more.
      if (this.reason === undefined) this.troubles.over('waits');
      this.isHeld = isHeld;
      await this.follow(held, 'signs');
    });
    const waits = AbortSignal.any([signal, hasLease.signal]);
    waiting = this.keepTrying('waits', waits, () => this.follow(waits, 'waits')).then(() => {
      if (this.reason !== undefined) gaveUp.abort();
    });
    try {
      await signing;
    } finally {
      hasLease.abort();
      await waiting;
    }
  }

  private async keepTrying(mode: Mode, signal: AbortSignal, follow: () => Promise<void>): Promise<void> {
    let delay: number = RETRY_MS.first;
    while (!isAborted(signal) && this.reason === undefined) {
      const before = this.current?.end.size;
      try {
        await follow();
      } catch (error) {
        if (isAborted(signal)) return;
        if (!this.canGoOn(error)) {
          this.options.telemetry.report({ kind: 'trouble', source: 'tree', error });
          return;
        }
        this.troubles.met(mode, error);
      }
      if (before !== this.current?.end.size) delay = RETRY_MS.first;
      await pause(delay, undefined, { signal }).catch(() => undefined);
      delay = Math.min(delay * 2, RETRY_MS.longest);
    }
  }

  private canGoOn(error: unknown): boolean {
    if (error instanceof Outage && !(error instanceof LogMismatch)) return true;
    const cause = error instanceof CorruptLedger ? error.message : 'its tree cannot be computed';
    const isMismatch = error instanceof LogMismatch;
    this.reason = isMismatch ? error.message : `No checkpoints of the log are signed any more: ${cause}`;
    this.progress.ring();
    if (isMismatch) this.options.onMismatch(error);
    return false;
  }

  private async follow(held: AbortSignal, mode: Mode): Promise<void> {
    const { log, hasher = HASHER_IN_THIS_THREAD } = this.options;
    const stop = new AbortController();
    const signal = AbortSignal.any([held, stop.signal]);
    if (mode === 'signs') await this.options.learn?.();
    const followed = await this.open();
    this.beginAnew = () => {
      stop.abort(new Outage('The whole log is compared with its tree'));
    };
    // Since before the tree was open.
    if (this.suspicion !== undefined) this.beginAnew();
    const comparing = this.compareAll(followed, signal).catch((error: unknown) => {
      stop.abort(error);
    });
    const { schedule } = this;
    let isLive = false;
    try {
      if (mode === 'signs') schedule.now(followed);
      const messages = log.subscribe(followed.end.position, signal);
      for await (const message of leafMessages(messages, followed.end, hasher)) {
        // It may be another log now.
        if (message.kind === 'resumed') throw new Outage('The connection to the log was lost');
        if (message.kind === 'leaves') this.append(followed, message.next, mode);
        this.troubles.over(mode);
        this.progress.ring();
        // EventStoreDB says once that it has caught up, and not after each new event.
        isLive ||= message.kind === 'caught-up';
        if (mode === 'signs' && isLive) schedule.soon(followed);
        if (message.kind === 'leaves' && message.next.length >= LEAVES_AT_ONCE) await turn();
      }
      if (!held.aborted) stop.signal.throwIfAborted();
    } finally {
      schedule.stop();
      this.beginAnew = () => undefined;
      stop.abort();
      await comparing;
    }
  }

  private append(followed: FollowedLog, events: readonly NextEvent[], mode: Mode): void {
    for (const next of events) {
      followed.append(next);
      this.requireSame(followed);
      if (mode === 'signs' && followed.end.size % SIGN_EVERY_LEAVES === 0n) this.schedule.now(followed);
    }
    followed.write();
  }

  private async open(): Promise<FollowedLog> {
    const { log, signer, storage, departmentOf, hasher } = this.options;
    const { newest } = signer.kept;
    if (this.suspicion !== undefined && newest !== undefined) {
      await requireSigned(log, newest, this.current, { hasher });
    }
    // The log is the one that was signed, so the files are wrong.
    if (this.suspicion !== undefined) this.areFilesDamaged = true;
    this.suspicion = undefined;
    const use = this.areFilesDamaged
      ? () => FollowedLog.fromStart(storage, departmentOf)
      : await openFollowedLog(this.options, departmentOf);
    this.current = use();
    this.areFilesDamaged = false;
    this.progress.ring();
    return this.current;
  }

  /** While a lost tree is computed again: it has to become what was signed. */
  private requireSame({ tree }: FollowedLog): void {
    const { newest } = this.options.signer.kept;
    if (newest?.treeSize !== tree.size || tree.rootHash.equals(rootOf(newest))) return;
    throw mismatch(`its first ${newest.treeSize} events are not those that were signed`);
  }

  /** Compares the whole log, also what a start does not read. */
  private async compareAll(followed: FollowedLog, signal: AbortSignal): Promise<void> {
    const { log, signer, hasher } = this.options;
    const pace = { signal, hasher, restMs: REST_MS };
    // A tree that is computed again reads the whole log anyway.
    let isDue = followed.end.size >= (signer.kept.newest?.treeSize ?? 0n);
    while (!isAborted(signal)) {
      const { newest } = signer.kept;
      followed.tree.forget();
      if (isDue && newest !== undefined && !(await requireSigned(log, newest, followed, pace))) {
        this.areFilesDamaged = true;
        throw new Outage('Files of the tree are damaged; it is computed again');
      }
      await pause(DAY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      isDue = true;
    }
  }
}
