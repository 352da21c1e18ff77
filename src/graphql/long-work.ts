import { setImmediate } from 'node:timers';
import { Awaitable } from '../kernel/async';

/**
 * Shares each turn of the event loop out among work that is always ready, from memory: promises alone never let others have
 * theirs. All of it together holds a turn for `longestMs`; what comes to `pass` later waits, first come, first served. Work that
 * is done before never waits.
 */
export class LongWork {
  private readonly waiting: (() => void)[] = [];
  private until: number | undefined;

  constructor(private readonly longestMs: number) {}

  pass(): Awaitable<void> {
    this.until ??= this.begin();
    if (performance.now() < this.until) return undefined;
    return new Promise((resolve) => this.waiting.push(resolve));
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

/** One for all requests. */
export const longWork = new LongWork(10);
