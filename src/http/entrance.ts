import type { FastifyReply, FastifyRequest } from 'fastify';
import { Awaitable } from '../kernel/async';
import { FairQueue } from '../kernel/fair-queue';
import { AddressOf } from './client-address';

/** How much of a turn of the event loop those take that are let in, up to their first wait. */
const LONGEST_MS = 5;
/** So many of a turn are let in without a look at the clock, which is a system call on some machines. */
const FREE = 3;
/** Before and after each larger body there is a look: to parse it, and to judge its document, takes a good part of a turn. */
const LARGE_BYTES = 4_096;

interface Waiting {
  readonly bytes: number;
  letIn(): void;
}

/**
 * Lets requests in. Those that arrive together would all be judged in one turn of the event loop, and a later one would wait for all of them,
 * however little each of them costs. When the time of a turn is used up, the others wait for the next one, and their owners take turns.
 */
export class Entrance {
  private readonly waiting = new FairQueue<Waiting>();
  /** `unseen`: how many were let in since the last look. */
  private turn: { readonly until: number; unseen: number; isOver: boolean } | undefined;

  constructor(private readonly longestMs = LONGEST_MS) {}

  /** `owner`: the principal, or the address of a client without one. `bytes`: of a body that has arrived. */
  enter(owner: string, bytes = 0): Awaitable<void> {
    if (this.turn === undefined) this.begin();
    if (this.waiting.isEmpty && this.hasTime(bytes)) return undefined;
    return new Promise((letIn) => {
      this.waiting.push(owner, { bytes, letIn });
    });
  }

  private begin(): void {
    this.turn = { until: performance.now() + this.longestMs, unseen: 0, isOver: false };
    setImmediate(() => {
      this.turn = undefined;
      if (this.waiting.isEmpty) return;
      this.begin();
      this.letIn();
    });
  }

  /** One after the other, each when the one before has nothing more to do in this turn. */
  private letIn(): void {
    const next = this.waiting.peek();
    if (next === undefined || !this.hasTime(next.bytes)) return;
    this.waiting.shift()?.letIn();
    queueMicrotask(() => {
      process.nextTick(() => {
        this.letIn();
      });
    });
  }

  /** The first of a turn always gets in. */
  private hasTime(bytes: number): boolean {
    const { turn } = this;
    if (turn === undefined || turn.isOver) return false;
    const isLarge = bytes > LARGE_BYTES;
    if (turn.unseen >= FREE || (isLarge && turn.unseen > 0)) {
      turn.isOver = performance.now() >= turn.until;
      turn.unseen = 0;
    }
    turn.unseen = isLarge ? FREE : turn.unseen + 1;
    return !turn.isOver;
  }
}

/** Shared by all entry points: there is one event loop. */
export const entrance = new Entrance();

/** Lets the requests of a route that asks for no token in by their addresses. */
export const enterByAddress =
  (addressOf: AddressOf) =>
  (request: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
    const turn = entrance.enter(addressOf(request.raw));
    if (turn === undefined) done();
    else void turn.then(done);
  };
