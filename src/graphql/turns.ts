import { setImmediate } from 'node:timers';
import { Awaitable } from '../kernel/async';

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

/** For all requests whose answers take long to work out. */
export const longWork = new Turns();
