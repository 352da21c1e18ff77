import type { FastifyInstance, FastifyReply } from 'fastify';

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

/** Sends the answers of one turn of the event loop together. One that cannot be written does not keep the others. */
export function sendTogether(fastify: FastifyInstance): void {
  const together = new Together();
  fastify.addHook('onSend', ({ log }, reply, payload, done) => {
    together.add(() => {
      try {
        done(null, payload);
      } catch (error) {
        // Nobody else would catch it.
        if (reply.raw.headersSent) log.error({ err: error }, 'A request was answered a second time');
        else
          failInstead(reply, () => {
            done(error as Error);
          });
      }
    });
  });
}

/** Has Fastify report the error and answer it, without the headers, because one of them may be the error. */
function failInstead(reply: FastifyReply, fail: () => void): void {
  try {
    for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
    fail();
  } catch {
    reply.raw.destroy();
  }
}
