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
  /** Called when a mismatch is noticed, and when it is over: nothing counts any more that was learnt from the log before. */
  readonly onTurn: (mismatch: LogMismatch, turn: 'noticed' | 'over') => void;
}

/** Where a version of the read models ends. */
interface End {
  readonly version: string;
  readonly position: bigint;
  readonly event: KnownEvent | undefined;
}

/** A node that is asked nothing compares the log and the read models this often. */
const COMPARE_EVERY_MS = 1_000;

const WHAT_TO_DO =
  'Nothing is answered or recorded. If it is the right log, run `mingjian rebuild`; if the read models are in memory, start the process again';

/**
 * Whether the log is still the one that this node and its read models know. Two events are looked for in it, each at its place:
 * the last one in the read models, and the furthest one that this node has seen or recorded. If the log holds them, it is the
 * same log up to there. The second also tells of lost events that no read model has.
 *
 * A mismatch ends when the log holds the events again. It also ends if other read models serve by then and the log holds the
 * last event of those: they were rebuilt, and the node begins again as if it had just been started.
 */
export class LogWatch {
  private mismatch: LogMismatch | undefined;
  private furthest: KnownEvent | undefined;
  private end: End | undefined;
  /** The version of the read models that the log was compared with last. */
  private compared: string | undefined;
  private hasCompared = false;
  private readonly looks = new SharedWork(() => this.look());

  constructor(private readonly options: LogWatchOptions) {}

  /** Whether reads may be answered, as far as is known: throws the mismatch. Before the first comparison that is waited for. */
  ready(): Awaitable<void> {
    if (this.mismatch !== undefined) throw this.mismatch;
    return this.hasCompared ? undefined : this.compare();
  }

  /** `ready` for read models of this version: those that were not compared yet are. */
  readyFor(version: string | undefined): Awaitable<void> {
    return version === this.compared ? this.ready() : this.compare();
  }

  /** Asks the log now. Throws the mismatch, or the outage that kept the log from answering. */
  async compare(): Promise<void> {
    await this.looks.run();
    if (this.mismatch !== undefined) throw this.mismatch;
  }

  /** The log holds this event. */
  saw(event: KnownEvent): void {
    if (this.furthest === undefined || event.position >= this.furthest.position) this.furthest = event;
  }

  /** Compares again and again, for nodes that are only read from, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!isAborted(signal)) {
      // Others tell of outages; what is noticed here is told by `onTurn`.
      await this.compare().catch(() => undefined);
      await pause(COMPARE_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    try {
      await this.lookFor(await this.findEnd(), this.furthest);
    } catch (error) {
      if (!(error instanceof LogMismatch)) throw error;
      this.notice(error);
    }
  }

  private async lookFor(end: End | undefined, furthest: KnownEvent | undefined): Promise<void> {
    const { log } = this.options;
    // What did not agree before cannot be compared again yet.
    if (end === undefined && this.mismatch !== undefined) throw this.mismatch;
    if (end?.event !== undefined && !(await holds(log, end.event))) {
      throw lost(end.event, 'with which the read models end');
    }
    const isLost = furthest !== undefined && furthest !== end?.event && !(await holds(log, furthest));
    if (!isLost) {
      if (end?.event !== undefined) this.saw(end.event);
    } else if (end === undefined || end.version === (this.compared ??= end.version)) {
      throw lost(furthest, 'that this node has seen');
    } else {
      // Other read models serve, which were built from the log as it is now.
      if (this.furthest === furthest) this.furthest = end.event;
      this.notice(lost(furthest, 'that this node has seen'));
    }
    this.compared = end?.version ?? this.compared;
    this.hasCompared = true;
    this.isOver();
  }

  private notice(mismatch: LogMismatch): void {
    this.hasCompared = true;
    const isNew = this.mismatch === undefined;
    this.mismatch = mismatch;
    if (isNew) this.options.onTurn(mismatch, 'noticed');
  }

  private isOver(): void {
    const { mismatch } = this;
    this.mismatch = undefined;
    if (mismatch !== undefined) this.options.onTurn(mismatch, 'over');
  }

  /** undefined while the read models answer nothing: then there is nothing to compare. A node that has just started waits for them. */
  private async findEnd(): Promise<End | undefined> {
    const { store } = this.options;
    try {
      const [version, watermark] = await Promise.all([store.version(), store.watermark()]);
      if (version === undefined || watermark === undefined) return undefined;
      const { position } = watermark;
      if (this.end?.version !== version || this.end.position !== position) {
        this.end = { version, position, event: await eventAt(store, position) };
      }
      return this.end;
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
    `The log has lost events, or it is another log: it does not hold the event at position ${String(position)} ${what}. ${WHAT_TO_DO}`,
  );
