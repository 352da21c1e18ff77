import type { FastifyInstance } from 'fastify';
import { ConnectionLimits } from './connection-limits';

/** A shorter answer takes no memory that matters. */
const LONG_BYTES = 65_536;

/** Closes the connection of a client that does not take its answer in time: the server holds it in memory until then. */
export function endSlowReaders(fastify: FastifyInstance, { answerMs }: Pick<ConnectionLimits, 'answerMs'>): void {
  fastify.addHook('onSend', (_request, { raw }, payload, done) => {
    if (!isShort(payload)) {
      // All of the answer is written. What the client has not taken waits in the socket.
      raw.once('prefinish', () => {
        if (!raw.socket?.writableLength) return;
        const late = setTimeout(() => raw.destroy(), answerMs);
        raw.once('close', () => {
          clearTimeout(late);
        });
      });
    }
    done(null, payload);
  });
}

const isShort = (payload: unknown): boolean =>
  payload === null || ((typeof payload === 'string' || Buffer.isBuffer(payload)) && payload.length <= LONG_BYTES);
