import { setImmediate } from 'node:timers';
import { Awaitable } from '../kernel/async';
import { RequestAborted, requireWaiting } from '../kernel/outage';

const LONGEST_MS = 10;

/**
 * Shares each turn of the event loop out among work that is always ready, from memory: promises alone never let others have
 * theirs. All of it together holds a turn for `longestMs`; what comes to `pass` later waits, first come, first served. Work that
 * is done before never waits.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private until: number | undefined;

  constructor(private readonly longestMs = LONGEST_MS) {}

  /** Throws `RequestAborted` once the signal has aborted. */
  pass(signal?: AbortSignal): Awaitable<void> {
    requireWaiting(signal);
    this.until ??= this.begin();
    if (performance.now() < this.until) return undefined;
    return new Promise((resolve, reject) =>
      this.waiting.push(() => {
        if (signal?.aborted) reject(new RequestAborted());
        else resolve();
      }),
    );
  }

  private begin(): number {
    setImmediate(() => {
      const next = this.waiting.shift();
      this.until = next && this.begin();
      next?.();
    });
    return performance.now() + this.longestMs;
  }
}

/** For all requests whose answers take long to work out. */
export const longWork = new Turns();
