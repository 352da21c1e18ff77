import type { FastifyInstance } from 'fastify';

/** How long an answer waits at most, while others are still being made in its turn of the event loop. */
const LONGEST_MS = 1;

/**
 * What becomes ready in one turn of the event loop, for the end of that turn. To write to a socket may wake the process that reads it, and on one
 * machine that takes longer than to make a small answer. If answers are written one right after the other, the first one has woken the reader.
 */
export class Together {
  private waiting: (() => void)[] = [];
  private until = 0;

  constructor(private readonly longestMs = LONGEST_MS) {}

  add(send: () => void): void {
    this.waiting.push(send);
    if (this.waiting.length === 1) {
      this.until = performance.now() + this.longestMs;
      setImmediate(() => {
        this.sendAll();
      });
    } else if (performance.now() >= this.until) this.sendAll();
  }

  private sendAll(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const send of waiting) send();
  }
}

/** Sends the answers of one turn of the event loop together. */
export function sendTogether(fastify: FastifyInstance): void {
  const together = new Together();
  fastify.addHook('onSend', (_request, _reply, payload, done) => {
    together.add(() => {
      done(null, payload);
    });
  });
}
