import { setImmediate } from 'node:timers';
import { Awaitable } from '../kernel/async';

const LONGEST_MS = 10;

/** On whose behalf a turn is taken. */
export interface Worker {
  /** Throws if its work has to end: nobody waits for the answer, or its budget is spent. */
  requireGoing(): void;
  /** Reports how long the CPU worked in a turn. */
  took(ms: number): void;
}

interface Waiter {
  readonly worker: Worker | undefined;
  begin(): void;
}

/**
 * Yields to the event loop after `longestMs` of CPU-bound work. Awaiting resolved promises does not yield, so other requests would
 * starve. All work that calls `pass` shares the budget of one turn; when the budget is used up, later calls wait, first come, first
 * served.
 */
export class Turns {
  private readonly waiting: Waiter[] = [];
  private until: number | undefined;

  constructor(private readonly longestMs = LONGEST_MS) {}

  /** Goes on in this turn if it has time left. Throws if the worker has to end. */
  pass(worker?: Worker): Awaitable<void> {
    worker?.requireGoing();
    this.until ??= this.begin();
    return performance.now() < this.until ? undefined : this.queue(worker);
  }

  /** Waits for a later turn, even if this one has time left. Rejects if the worker has to end. */
  next(worker?: Worker): Promise<void> {
    this.until ??= this.begin();
    return this.queue(worker);
  }

  private queue(worker: Worker | undefined): Promise<void> {
    return new Promise<void>((resolve) => {
      this.waiting.push({ worker, begin: resolve });
    }).then(() => worker?.requireGoing());
  }

  private begin(): number {
    let current: Waiter | undefined;
    let startedAt = 0;
    setImmediate(() => {
      current = this.waiting.shift();
      this.until = current && this.begin();
      startedAt = performance.now();
      current?.begin();
    });
    // Runs as soon as the promises of the turn have nothing more to do.
    setImmediate(() => {
      current?.worker?.took(performance.now() - startedAt);
    });
    return performance.now() + this.longestMs;
  }
}

/** Shared by all requests whose answers take much CPU time. */
export const longWork = new Turns();
