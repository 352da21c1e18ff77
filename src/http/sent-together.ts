import type { FastifyInstance, FastifyReply } from 'fastify';

/** After this time, an answer no longer waits for the end of its turn: it is sent with the next one that becomes ready. */
const LONGEST_MS = 1;

/**
 * Collects what becomes ready in one turn of the event loop, and sends it at the end of that turn. A write to a socket may wake the process that reads
 * it, and on one machine that takes longer than making a small answer. If the answers are written right after each other, only the first write has to
 * wake it.
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

/** Sends the answers of one turn of the event loop together. If one of them cannot be written, the others are sent nevertheless. */
export function sendTogether(fastify: FastifyInstance): void {
  const together = new Together();
  fastify.addHook('onSend', ({ log }, reply, payload, done) => {
    together.add(() => {
      try {
        done(null, payload);
      } catch (error) {
        // Nobody above would catch it: the process would end.
        if (reply.raw.headersSent) log.error({ err: error }, 'A request was answered a second time');
        else answerInstead(reply, error as Error, done);
      }
    });
  });
}

/** Has Fastify report the error and answer the request with it. One of the headers may be what is wrong, so none of them is sent. */
function answerInstead(reply: FastifyReply, error: Error, done: (error: Error) => void): void {
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
  try {
    done(error);
  } catch (another) {
    reply.log.error({ err: another }, 'A request could not be answered');
    reply.raw.destroy();
  }
}
