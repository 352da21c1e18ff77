import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ConnectionLimits } from './connection-limits';

/**
 * Begins a pipelined request when the answers before it have been sent: Node gives its response the connection then. If the connection closes
 * before that, Node tells the response nothing, and what had begun for it would never end. Call it before there are other hooks.
 */
export function beginInOrder(fastify: FastifyInstance, { maxPipelined }: Pick<ConnectionLimits, 'maxPipelined'>): void {
  const waiting = new WeakMap<Socket, number>();
  fastify.addHook('onRequest', ({ raw: { socket } }, { raw }, done) => {
    if (raw.socket !== null) {
      done();
      return;
    }
    const before = waiting.get(socket) ?? 0;
    if (before >= maxPipelined) {
      socket.destroy();
      return;
    }
    waiting.set(socket, before + 1);
    raw.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 0) - 1);
      done();
    });
  });
}
