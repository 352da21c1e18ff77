import { setImmediate as nextTurn } from 'node:timers/promises';
import { Awaitable } from '../../kernel/async';

/**
 * Lets go of the event loop where work that is always ready, from memory to sockets that take all, has held it for `longestMs`:
 * promises alone never do. One for all who share the work.
 */
export class Turns {
  private until = 0;

  constructor(private readonly longestMs: number) {}

  pass(): Awaitable<void> {
    if (performance.now() < this.until) return undefined;
    return nextTurn().then(() => {
      this.until = performance.now() + this.longestMs;
    });
  }
}
