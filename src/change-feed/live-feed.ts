import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Bell, isAborted } from '../kernel/async';
import { LedgerCalendar } from '../kernel/time';
import { Telemetry } from '../kernel/telemetry';
import { longWork } from '../kernel/turns';
import { BEFORE_ALL, Change, LogPoint, pointAfter } from '../read-model/change';
import { TemporalStore } from '../read-model/temporal-store';
import { SubscriberIndex } from './subscriber-index';
import { ChangeFilter, matches } from './filter';
import { SubscriberBuffer } from './subscriber-buffer';

export interface LiveFeedOptions {
  readonly store: TemporalStore;
  readonly calendar: LedgerCalendar;
  /** How many changes a subscriber's buffer holds. */
  readonly bufferSize?: number;
  readonly telemetry: Telemetry;
}

const BATCH = 200;
const BATCH_BYTES = 1_048_576;
/** A pending wait may outlive the end of the live feed by this long. */
const RECHECK_MS = 1_000;
const RETRY_MS = 500;

/**
 * Follows the log of the read models once for all subscribers of this node, and puts each new change into the buffers of those
 * that want it. It only moves forward, so an outage delays changes but loses none.
 */
export class LiveFeed {
  private readonly index = new SubscriberIndex<SubscriberBuffer>();
  private point: LogPoint = BEFORE_ALL;
  private started = false;
  private readonly starting = new Bell();
  private readonly buffers = new Set<SubscriberBuffer>();
  /** Why the feed has nothing to follow; undefined before the start, and again after the next one. */
  private failure: Error | undefined;
  /** A step that began before the last failure must not go on after it. */
  private failures = 0;

  constructor(private readonly options: LiveFeedOptions) {}

  /** All changes up to here were delivered, or were recorded before the first subscriber came. */
  get position(): LogPoint {
    return this.point;
  }

  get subscribers(): number {
    return this.index.size;
  }

  /** Resolves when the live feed has a position, or when the signal aborts. Throws the failure if it has none for now. */
  async ready(signal: AbortSignal): Promise<void> {
    while (!this.started && !signal.aborted) {
      if (this.failure !== undefined) throw this.failure;
      await this.starting.wait({ signal });
    }
  }

  /** Returns a buffer that from now on gets every matching change after `position` that the subscriber may see. */
  subscribe(filter: ChangeFilter, shows: (change: Change) => boolean): SubscriberBuffer {
    const buffer = new SubscriberBuffer(filter, shows, this.options.bufferSize ?? 2_000);
    this.index.add(buffer);
    this.buffers.add(buffer);
    return buffer;
  }

  /** The log was replaced: ends the feeds of all subscribers, then starts again at the end of the new log. */
  fail(failure: Error): void {
    this.failure = failure;
    this.failures++;
    this.started = false;
    this.point = BEFORE_ALL;
    for (const buffer of this.buffers) buffer.fail(failure);
    this.starting.ring();
  }

  unsubscribe(buffer: SubscriberBuffer): void {
    this.buffers.delete(buffer);
    this.index.delete(buffer);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.step(signal);
      } catch (error) {
        if (isAborted(signal)) return;
        // Retry after any error: that serves the waiting subscribers best.
        this.options.telemetry.report({ kind: 'trouble', source: 'live-feed', error });
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async step(signal: AbortSignal): Promise<void> {
    const { store } = this.options;
    const { failures } = this;
    const watermark = await store.watermark();
    if (failures !== this.failures) return;
    if (watermark === undefined) {
      await this.waitForChange(signal);
    } else if (!this.started) {
      // Subscribers scan what is recorded already.
      this.point = watermark;
      this.started = true;
      this.failure = undefined;
      this.starting.ring();
    } else if (watermark.position > this.point.position) {
      await this.deliver(watermark, signal);
    } else {
      await this.waitForChange(signal);
    }
  }

  private async waitForChange(signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    await Promise.race([
      this.options.store.waitForWatermark(this.point.position + 1n, RECHECK_MS),
      once(signal, 'abort', { signal: ended.signal }).catch(() => undefined),
    ]);
    ended.abort();
  }

  private async deliver(upTo: LogPoint, signal: AbortSignal): Promise<void> {
    const { store, calendar } = this.options;
    const { failures } = this;
    while (this.point.position < upTo.position && !signal.aborted) {
      const changes = await store.changes({
        after: this.point.position,
        upTo: upTo.position,
        limit: BATCH,
        maxBytes: BATCH_BYTES,
      });
      if (failures !== this.failures) return;
      let last: Change | undefined;
      for (const change of changes) {
        const turn = longWork.pass();
        if (turn !== undefined) {
          // A subscriber that comes meanwhile scans up to here.
          if (last !== undefined) this.point = pointAfter(last);
          await turn;
          if (failures !== this.failures) return;
        }
        for (const buffer of this.index.of(change))
          if (buffer.shows(change) && matches(buffer.filter, change, calendar)) buffer.add(change);
        last = change;
      }
      this.point = last === undefined || last.event.position >= upTo.position ? upTo : pointAfter(last);
      // Let the subscribers fetch before more comes.
      await nextTurn();
    }
  }
}
