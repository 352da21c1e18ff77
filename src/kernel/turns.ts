import { Awaitable } from './async';
import { FairQueue } from './fair-queue';

/** A turn ends with the step that passes this time. With that step, and a collection of garbage, it takes at most 10 ms. */
const LONGEST_MS = 5;

/** On whose behalf a turn is taken. */
export interface Worker {
  /** The principal. One with much work does not hold up the others. */
  readonly owner?: string;
  /** Throws if its work has to end: nobody waits for the answer, or its budget is spent. */
  requireGoing(): void;
  /** Reports how long the CPU worked in a turn. */
  took(ms: number): void;
}

/** Work that pauses at each `yield`, so that it need not be done in one turn. */
export type Pausing<Value> = Generator<void, Value, void>;

interface Waiter {
  /** Whether it takes the turn before anybody else does. */
  readonly isFirst: boolean;
  readonly worker: Worker | undefined;
  begin(): void;
}

/**
 * Yields to the event loop after `longestMs` of CPU-bound work. Awaiting resolved promises does not yield, so other requests would
 * starve. All work that calls `turn` or `pass` shares the budget of one turn. When it is used up, later calls wait for turns of their own, and
 * principals take turns.
 */
export class Turns {
  private readonly waiting = new FairQueue<Waiter>();
  private until: number | undefined;
  /** Somebody goes on in this turn, and has not yet shown how long that takes. */
  private isGoingOn = false;
  private readonly hasGoneOn = (): void => {
    this.isGoingOn = false;
  };

  constructor(private readonly longestMs = LONGEST_MS) {}

  /**
   * To be awaited. Goes on in this turn if it has time left. Of several that ask at the same moment, such as the fields of one request, each goes
   * on when the one before has done its work. Throws if the worker has to end.
   */
  turn(worker?: Worker): Awaitable<void> {
    if (this.isGoingOn) {
      worker?.requireGoing();
      return this.queue(worker, false);
    }
    const turn = this.pass(worker);
    if (turn === undefined) {
      this.isGoingOn = true;
      queueMicrotask(this.hasGoneOn);
    }
    return turn;
  }

  /**
   * For work that goes on at once, without an `await`, if this is undefined: then this turn has time left. Throws if the worker has to end.
   */
  pass(worker?: Worker): Awaitable<void> {
    worker?.requireGoing();
    this.until ??= this.begin();
    return performance.now() < this.until ? undefined : this.queue(worker, false);
  }

  /** Waits for a later turn, even if this one has time left. Rejects if the worker has to end. */
  next(worker?: Worker): Promise<void> {
    this.until ??= this.begin();
    return this.queue(worker, true);
  }

  /** The items of an iterable whose items take long to make: each is made in a turn with time left. */
  async *each<Item>(items: Iterable<Item>, worker?: Worker): AsyncGenerator<Item, void, undefined> {
    const iterator = items[Symbol.iterator]();
    for (;;) {
      const turn = this.pass(worker);
      if (turn !== undefined) await turn;
      const step = iterator.next();
      if (step.done) return;
      yield step.value;
    }
  }

  /** The result of the work. After each pause it goes on in a turn with time left. */
  async run<Value>(work: Pausing<Value>, worker?: Worker): Promise<Value> {
    for (;;) {
      const turn = this.pass(worker);
      if (turn !== undefined) await turn;
      const step = work.next();
      if (step.done) return step.value;
    }
  }

  private queue(worker: Worker | undefined, isFirst: boolean): Promise<void> {
    return new Promise<void>((resolve) => {
      this.waiting.push(worker?.owner ?? '', { worker, isFirst, begin: resolve });
    }).then(() => worker?.requireGoing());
  }

  private begin(): number {
    const turn = new Turn(this.waiting);
    setImmediate(() => {
      if (this.waiting.isEmpty) {
        this.until = undefined;
        return;
      }
      this.until = this.begin();
      turn.take(this.until);
    });
    // Runs as soon as the promises of the turn have nothing more to do.
    setImmediate(() => {
      turn.end();
    });
    return performance.now() + this.longestMs;
  }
}

/** One turn. Those who wait take it one after the other, each when the one before has nothing more to do in it. */
class Turn {
  private worker: Worker | undefined;
  private took = (): number => 0;

  constructor(private readonly waiting: FairQueue<Waiter>) {}

  take(until: number): void {
    const next = this.waiting.shift();
    if (next === undefined) return;
    this.measure(next.worker);
    next.begin();
    queueMicrotask(() => {
      process.nextTick(() => {
        if (this.waiting.peek()?.isFirst === false && performance.now() < until) this.take(until);
      });
    });
  }

  end(): void {
    this.measure(undefined);
  }

  /** To ask for the CPU time is a system call: it is asked for once for those of one worker that follow each other. */
  private measure(next: Worker | undefined): void {
    if (next === this.worker) return;
    this.worker?.took(this.took());
    this.worker = next;
    if (next !== undefined) this.took = cpuWatch();
  }
}

/** The CPU time of the process so far. Unlike a clock, it does not count the time in which other processes run. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * Begins to measure the CPU time of one thread. That of the process has the other threads in it, but one thread works no longer than the time
 * that has passed.
 */
export function cpuWatch(): () => number {
  const [cpu, clock] = [cpuMs(), performance.now()];
  return () => Math.min(cpuMs() - cpu, performance.now() - clock);
}

/** Shared by all requests whose answers take much CPU time. */
export const longWork = new Turns();
