import type { FastifyInstance } from 'fastify';

/**
 * A client that sends `Expect: 100-continue` waits for a word before it sends its body. Node would tell it to go on at once. Here a
 * route does, once it knows the caller.
 */
export function leaveContinueToRoutes({ server }: FastifyInstance): void {
  server.on('checkContinue', (request, response) => {
    server.emit('request', request, response);
  });
}
