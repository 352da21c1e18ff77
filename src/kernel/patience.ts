import { Awaitable } from './async';
import { Outage } from './outage';

/** A request gives up this much later than PATIENCE_MS, so that what waits for the read models can end before. */
export const GRACE_MS = 800;

type GiveUp = () => void;

/**
 * How long one request waits. It gives up if none of the stores that it waits for has answered for PATIENCE_MS and a little more.
 * Each answer starts the time again, so a long request of many short reads is not refused. After it has given up, nothing more is
 * begun for the request. All times are on the monotonic clock: the wall clock may be simulated, or step back.
 */
export class Patience {
  private readonly waiting = new Set<GiveUp>();
  /** Runs on while nothing is waited for: a timer for each read would cost more than most reads. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  private timerEndsAt = Infinity;
  /** When the last answer came, or when the request began to wait. */
  private since = 0;
  /** For how long it has waited in vain when it last waited for nothing. */
  private inVain = 0;
  /** When it stops waiting for read models that are behind. */
  private behindAt: number | undefined;
  private gaveUp = false;
  private isLifted = false;

  constructor(private readonly patienceMs: number) {}

  /** From now on nothing is limited: what follows has no end, such as a subscription. */
  lift(): void {
    this.isLifted = true;
    this.waiting.clear();
    this.stopTimer();
  }

  /** Throws if the request has given up. */
  require(): void {
    if (this.gaveUp) throw new Outage('The request has waited too long');
  }

  /** Until when to wait for read models that are behind. One limit for all such waits of the request, until one succeeds. */
  waitUntil(): number {
    return (this.behindAt ??= performance.now() + this.patienceMs);
  }

  /** The read models were behind, and have come far enough. */
  caughtUp(): void {
    this.behindAt = undefined;
  }

  /** The result of the work, or `failure` once the request gives up. The work itself is not stopped. */
  bound<T>(work: Awaitable<T>, failure: () => Error = tooLong): Awaitable<T> {
    if (!(work instanceof Promise) || this.isLifted) return work;
    return new Promise<T>((resolve, reject) => {
      const giveUp = (): void => {
        reject(failure());
      };
      this.begin(giveUp);
      work.then(
        (value) => {
          this.end(giveUp, 'answered');
          resolve(value);
        },
        (error: unknown) => {
          this.end(giveUp, 'failed');
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  private begin(giveUp: GiveUp): void {
    if (this.gaveUp) {
      giveUp();
      return;
    }
    this.waiting.add(giveUp);
    if (this.waiting.size > 1) return;
    const now = performance.now();
    this.since = now - this.inVain;
    if (this.giveUpAt < this.timerEndsAt) this.startTimer(now);
  }

  private end(giveUp: GiveUp, outcome: 'answered' | 'failed'): void {
    if (!this.waiting.delete(giveUp)) return;
    const isIdle = this.waiting.size === 0;
    if (outcome === 'answered') {
      this.inVain = 0;
      if (!isIdle) this.since = performance.now();
    } else if (isIdle) this.inVain = performance.now() - this.since;
  }

  private startTimer(now: number): void {
    this.stopTimer();
    this.timerEndsAt = this.giveUpAt;
    const left = Math.max(0, Math.ceil(this.timerEndsAt - now));
    this.timer = setTimeout(() => {
      this.stopTimer();
      if (this.waiting.size > 0) this.look();
    }, left);
    // It may outlive its request. A server that stops does not wait for it.
    this.timer.unref();
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timerEndsAt = Infinity;
  }

  private look(): void {
    const now = performance.now();
    if (this.giveUpAt > now) {
      this.startTimer(now);
      return;
    }
    this.gaveUp = true;
    for (const giveUp of this.waiting) giveUp();
    this.waiting.clear();
  }

  /** After a wait for the read models in vain, little patience is left for the stores. */
  private get giveUpAt(): number {
    const { patienceMs, since, behindAt = Infinity } = this;
    return Math.min(since + patienceMs, Math.max(since, behindAt)) + GRACE_MS;
  }
}

const tooLong = (): Error => new Outage('No answer in time');

/** The items, as long as the request has the patience to wait for the next one. */
export async function* patiently<T>(items: AsyncIterable<T>, patience: Patience): AsyncGenerator<T, void> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await patience.bound(iterator.next());
      if (step.done) return;
      yield step.value;
    }
  } finally {
    // Not awaited: a source that does not answer cannot be closed either.
    iterator.return?.().catch(() => undefined);
  }
}
