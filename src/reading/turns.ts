import { setImmediate } from 'node:timers';
import { Awaitable } from '../kernel/async';
import { RequestAborted, requireWaiting } from '../kernel/outage';

const LONGEST_MS = 10;

/**
 * Yields to the event loop after `longestMs` of CPU-bound work. Awaiting resolved promises does not yield, so other requests would
 * starve. All work that calls `pass` shares the budget of one turn; when the budget is used up, later calls wait, first come, first served.
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

/** Shared by all requests whose answers take much CPU time. */
export const longWork = new Turns();
