/** A change as far as the slider needs it. */
export interface Recorded {
  readonly position: string;
  readonly recordedAt: string;
}

/** By unit of change every change takes the same room; by date a day does. */
export const SCALES = ['change', 'date'] as const;
export type Scale = (typeof SCALES)[number];

/**
 * The stops of the slider on a ledger of n changes: stop i, from 0, is the state after change i; stop n is now. `now` and the times
 * are milliseconds.
 */
export class Stops {
  constructor(
    private readonly changes: readonly Recorded[],
    private readonly now: number,
    /** The day of an instant in the ledger's time zone. */
    private readonly dayOf: (instant: string) => string,
  ) {}

  /** The stop that is now. */
  get last(): number {
    return this.changes.length;
  }

  /** Where a stop is, from 0 to 1. */
  fractionOf(stop: number, scale: Scale): number {
    if (stop >= this.last) return 1;
    if (scale === 'change') return stop / this.last;
    const [first, at] = [this.timeAt(0), this.timeAt(stop)];
    return this.now > first ? Math.min(1, (at - first) / (this.now - first)) : 1;
  }

  /** The stop nearest to a place by change, or the last one before it by date. */
  at(fraction: number, scale: Scale): number {
    if (fraction >= 1 || this.last === 0) return this.last;
    if (scale === 'change') return Math.max(0, Math.round(fraction * this.last));
    const first = this.timeAt(0);
    const time = first + Math.max(0, fraction) * (this.now - first);
    return Math.max(0, this.countWhile((change) => Date.parse(change.recordedAt) <= time) - 1);
  }

  /** The stop that shows what was on record at the end of a day; undefined before the first change. */
  ofDay(day: string): number | undefined {
    const count = this.countWhile(({ recordedAt }) => this.dayOf(recordedAt) <= day);
    return count === 0 ? undefined : count - 1;
  }

  /** The stop that shows what was on record at an instant, in milliseconds; undefined before the first change, and for no instant. */
  ofInstant(time: number): number | undefined {
    const count = this.countWhile(({ recordedAt }) => Date.parse(recordedAt) <= time);
    return count === 0 ? undefined : count - 1;
  }

  /** The last change of the month after that of the stop, or of the next month that has any; then now. */
  monthLater(stop: number): number {
    if (stop >= this.last - 1) return this.last;
    const next = this.endOfMonth(this.monthAt(stop));
    // At the end of its month, the month of the next change is the next one.
    return next > stop ? next : this.endOfMonth(this.monthAt(stop + 1));
  }

  /** The last change of the month before that of the stop, or of the month before that has any; then the first change. */
  monthEarlier(stop: number): number {
    if (this.last === 0) return 0;
    const month = this.monthAt(Math.min(stop, this.last - 1));
    return Math.max(0, this.countWhile(({ recordedAt }) => this.dayOf(recordedAt).slice(0, 7) < month) - 1);
  }

  private endOfMonth(month: string): number {
    return this.countWhile(({ recordedAt }) => this.dayOf(recordedAt).slice(0, 7) <= month) - 1;
  }

  private monthAt(stop: number): string {
    return this.dayOf((this.changes[stop] as Recorded).recordedAt).slice(0, 7);
  }

  private timeAt(stop: number): number {
    return Date.parse((this.changes[stop] as Recorded).recordedAt);
  }

  /** How many changes from the start fulfil a condition that no later change fulfils again. */
  private countWhile(holds: (change: Recorded) => boolean): number {
    let [low, high] = [0, this.changes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.changes[middle] as Recorded)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
