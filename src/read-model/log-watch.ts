import { setTimeout as pause } from 'node:timers/promises';
import { holds, KnownEvent } from '../event-store/known-event';
import { EventStore } from '../event-store/event-store';
import { Awaitable, isAborted, SharedWork } from '../kernel/async';
import { DamagedReadModels, LogMismatch, Outage, ReadModelBehind } from '../kernel/outage';
import { eventAt } from './event-at';
import { TemporalStore } from './temporal-store';

export interface LogWatchOptions {
  readonly log: Pick<EventStore, 'readStream'>;
  readonly store: Pick<TemporalStore, 'version' | 'watermark' | 'changes'>;
  /** Called when a mismatch is noticed, and when it is over. Whatever was cached from the log before that is invalid. */
  readonly onTurn: (mismatch: LogMismatch, turn: 'noticed' | 'over') => void;
}

/** The last event of a version of the read models. */
interface NewestEvent {
  readonly version: string;
  readonly position: bigint;
  readonly event: KnownEvent | undefined;
}

/** An idle node compares the log and the read models this often. */
const COMPARE_EVERY_MS = 1_000;

const WHAT_TO_DO =
  'Nothing is answered or recorded. If it is the right log, run `mingjian rebuild`; if the read models are in memory or in a file, restart the process';

/**
 * Whether the log is still the one that this node and its read models know. Two events must be in it at their positions: the
 * last one in the read models, and the furthest one that this node has read or recorded. If the log has both, it is the same
 * log up to there. The second event also shows a loss of events that the read models do not have.
 *
 * A mismatch ends when the log has the events again. It also ends if other read models serve by then and the log has their last
 * event: they were rebuilt, and the node starts over as if it had just been started.
 */
export class LogWatch {
  private mismatch: LogMismatch | undefined;
  /** A mismatch that no comparison ends. */
  private refused: LogMismatch | undefined;
  private furthest: KnownEvent | undefined;
  private newest: NewestEvent | undefined;
  /** The version of the read models with which the log was compared last. */
  private compared: string | undefined;
  private hasCompared = false;
  private readonly looks = new SharedWork(() => this.look());

  constructor(private readonly options: LogWatchOptions) {}

  /** Throws the mismatch if one is known. Before the first comparison, waits for it. */
  ready(): Awaitable<void> {
    if (this.mismatch !== undefined) throw this.mismatch;
    return this.hasCompared ? undefined : this.compare();
  }

  /** `ready` for read models of this version. If they have not been compared yet, compares now. */
  readyFor(version: string | undefined): Awaitable<void> {
    return version === this.compared ? this.ready() : this.compare();
  }

  /** Refuses everything until this node starts again: the log was altered in a way that a comparison here cannot see. */
  refuse(mismatch: LogMismatch): void {
    this.refused = mismatch;
    this.notice(mismatch);
  }

  /** Compares now. Throws the mismatch, or the outage of the log. */
  async compare(): Promise<void> {
    await this.looks.run();
    if (this.mismatch !== undefined) throw this.mismatch;
  }

  /** Notes an event that the log has. */
  saw(event: KnownEvent): void {
    if (this.furthest === undefined || event.position >= this.furthest.position) this.furthest = event;
  }

  /** Compares periodically until the signal aborts, for nodes that only read. */
  async run(signal: AbortSignal): Promise<void> {
    while (!isAborted(signal)) {
      // Other parts report outages; `onTurn` reports a mismatch.
      await this.compare().catch(() => undefined);
      await pause(COMPARE_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    try {
      await this.lookFor(await this.readNewest(), this.furthest);
    } catch (error) {
      if (!(error instanceof LogMismatch)) throw error;
      this.notice(error);
    }
  }

  private async lookFor(newest: NewestEvent | undefined, furthest: KnownEvent | undefined): Promise<void> {
    const { log } = this.options;
    if (this.refused !== undefined) throw this.refused;
    // Without read models there is nothing to compare, so a known mismatch stays.
    if (newest === undefined && this.mismatch !== undefined) throw this.mismatch;
    if (newest?.event !== undefined && !(await holds(log, newest.event))) {
      throw lost(newest.event, 'with which the read models end');
    }
    const isLost = furthest !== undefined && furthest !== newest?.event && !(await holds(log, furthest));
    if (!isLost) {
      if (newest?.event !== undefined) this.saw(newest.event);
    } else if (newest === undefined || newest.version === (this.compared ??= newest.version)) {
      throw lost(furthest, 'that this node has seen');
    } else {
      // Other read models serve, built from the log as it is now.
      if (this.furthest === furthest) this.furthest = newest.event;
      this.notice(lost(furthest, 'that this node has seen'));
    }
    this.compared = newest?.version ?? this.compared;
    this.hasCompared = true;
    this.endMismatch();
  }

  private notice(mismatch: LogMismatch): void {
    this.hasCompared = true;
    const isNew = this.mismatch === undefined;
    this.mismatch = mismatch;
    if (isNew) this.options.onTurn(mismatch, 'noticed');
  }

  private endMismatch(): void {
    const { mismatch } = this;
    // It may have been refused while the comparison ran.
    this.mismatch = this.refused;
    if (this.refused !== undefined) return;
    if (mismatch !== undefined) this.options.onTurn(mismatch, 'over');
  }

  /**
   * undefined while the read models answer nothing: then there is nothing to compare. A node that has just started waits for
   * them.
   */
  private async readNewest(): Promise<NewestEvent | undefined> {
    const { store } = this.options;
    try {
      const [version, watermark] = await Promise.all([store.version(), store.watermark()]);
      if (version === undefined || watermark === undefined) return undefined;
      const { position } = watermark;
      if (this.newest?.version !== version || this.newest.position !== position) {
        this.newest = { version, position, event: await eventAt(store, position) };
      }
      return this.newest;
    } catch (error) {
      const isAway = error instanceof Outage && !(error instanceof ReadModelBehind);
      if (isAway ? this.hasCompared : error instanceof ReadModelBehind || error instanceof DamagedReadModels) {
        return undefined;
      }
      throw error;
    }
  }
}

const lost = ({ position }: KnownEvent, what: string): LogMismatch =>
  new LogMismatch(
    `The log has lost events, or it is another log: it does not have the event at position ${String(position)} ${what}. ${WHAT_TO_DO}`,
  );
