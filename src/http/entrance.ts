import type { FastifyReply, FastifyRequest } from 'fastify';
import { Awaitable } from '../kernel/async';
import { FairQueue } from '../kernel/fair-queue';
import { AddressOf } from './client-address';

/** How much of a turn of the event loop those take that are let in, up to their first wait. */
const LONGEST_MS = 5;
/** So many of a turn are let in without a look at the clock, which is a system call on some machines. */
const FREE = 4;

/**
 * Lets requests in. Those that arrive together would all be judged in one turn of the event loop, and a later one would wait for all of them,
 * however little each of them costs. When the time of a turn is used up, the others wait for the next one, and their owners take turns.
 */
export class Entrance {
  private readonly waiting = new FairQueue<() => void>();
  private turn: { entered: number; until?: number; isOver: boolean } | undefined;

  constructor(private readonly longestMs = LONGEST_MS) {}

  /** `owner`: the principal, or the address of a client without one. */
  enter(owner: string): Awaitable<void> {
    if (this.turn === undefined) this.begin();
    if (this.waiting.isEmpty && this.hasTime()) return undefined;
    return new Promise((resolve) => {
      this.waiting.push(owner, resolve);
    });
  }

  private begin(): void {
    this.turn = { entered: 0, isOver: false };
    setImmediate(() => {
      this.turn = undefined;
      if (this.waiting.isEmpty) return;
      this.begin();
      this.letIn();
    });
  }

  /** One after the other, each when the one before has nothing more to do in this turn. */
  private letIn(): void {
    if (this.waiting.isEmpty || !this.hasTime()) return;
    this.waiting.shift()?.();
    queueMicrotask(() => {
      process.nextTick(() => {
        this.letIn();
      });
    });
  }

  private hasTime(): boolean {
    const { turn } = this;
    if (turn === undefined || turn.isOver) return false;
    turn.entered += 1;
    if (turn.entered % FREE === 0) {
      const now = performance.now();
      turn.until ??= now + this.longestMs;
      turn.isOver = now >= turn.until;
    }
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
