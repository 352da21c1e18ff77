import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Bell, isAborted } from '../kernel/async';
import { LedgerCalendar } from '../kernel/time';
import { BEFORE_ALL, LogPoint } from '../read-model/change';
import { TemporalStore } from '../read-model/temporal-store';
import { Audience } from './audience';
import { ChangeFilter, matches } from './filter';
import { Seat } from './seat';

export interface TailOptions {
  readonly store: TemporalStore;
  readonly calendar: LedgerCalendar;
  /** How many changes a reader may leave unfetched. */
  readonly seatSize?: number;
  readonly onTrouble: (error: unknown) => void;
}

const BATCH = 200;
/** Also how long a pending look outlives the end of the tail. */
const LOOK_AGAIN_MS = 1_000;
const RETRY_MS = 500;

/**
 * Follows the read models' log once for all readers of this node, and hands each new change to the seats that want it. It only
 * ever goes forward from where it is, so an outage costs time and no change.
 */
export class Tail {
  private readonly audience = new Audience<Seat>();
  private point: LogPoint = BEFORE_ALL;
  private started = false;
  private readonly starting = new Bell();
  private readonly seats = new Set<Seat>();
  /** Why there is nothing to follow; undefined before the start, and from the next start on. */
  private failure: Error | undefined;
  /** A step that began before the last failure must not go on after it. */
  private failures = 0;

  constructor(private readonly options: TailOptions) {}

  /** Every change up to here has been handed out, or was there before anybody sat down. */
  get position(): LogPoint {
    return this.point;
  }

  get readers(): number {
    return this.audience.size;
  }

  /** Resolves when there is a position to sit down at, or when the signal aborts. Throws if there is none for now. */
  async ready(signal: AbortSignal): Promise<void> {
    while (!this.started && !signal.aborted) {
      if (this.failure !== undefined) throw this.failure;
      await this.starting.wait({ signal });
    }
  }

  /** A seat that gets every change that matches and lies after `position`, from now on. */
  join(filter: ChangeFilter): Seat {
    const seat = new Seat(filter, this.options.seatSize ?? 2_000);
    this.audience.add(seat);
    this.seats.add(seat);
    return seat;
  }

  /** Ends the feeds of all readers, and begins again at the end of what there is by then: its changes are those of another log. */
  fail(failure: Error): void {
    this.failure = failure;
    this.failures++;
    this.started = false;
    this.point = BEFORE_ALL;
    for (const seat of this.seats) seat.fail(failure);
    this.starting.ring();
  }

  leave(seat: Seat): void {
    this.seats.delete(seat);
    this.audience.delete(seat);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.step(signal);
      } catch (error) {
        if (isAborted(signal)) return;
        // Whatever it was: readers that wait are better served by another try than by silence.
        this.options.onTrouble(error);
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
      await this.moved(signal);
    } else if (!this.started) {
      // What is there already is for readers to scan.
      this.point = watermark;
      this.started = true;
      this.failure = undefined;
      this.starting.ring();
    } else if (watermark.position > this.point.position) {
      await this.handOut(watermark, signal);
    } else {
      await this.moved(signal);
    }
  }

  private async moved(signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    await Promise.race([
      this.options.store.waitForWatermark(this.point.position + 1n, LOOK_AGAIN_MS),
      once(signal, 'abort', { signal: ended.signal }).catch(() => undefined),
    ]);
    ended.abort();
  }

  private async handOut(upTo: LogPoint, signal: AbortSignal): Promise<void> {
    const { store, calendar } = this.options;
    const { failures } = this;
    while (this.point.position < upTo.position && !signal.aborted) {
      const changes = await store.changes({ after: this.point.position, upTo: upTo.position, limit: BATCH });
      if (failures !== this.failures) return;
      for (const change of changes) {
        for (const seat of this.audience.of(change)) if (matches(seat.filter, change, calendar)) seat.offer(change);
      }
      const last = changes.at(-1);
      this.point =
        last === undefined || changes.length < BATCH
          ? upTo
          : { position: last.event.position, sequence: last.sequence, recordedAt: last.recordedAt };
      // Readers that keep up have their turn before more comes.
      await nextTurn();
    }
  }
}
