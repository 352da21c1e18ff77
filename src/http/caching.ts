import type { FastifyInstance } from 'fastify';

export const NO_STORE = 'no-store';

/** No cache keeps an answer unless its route says so: most answers are for one caller, or true only now. */
export function keepNoAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', NO_STORE);
    done();
  });
}
