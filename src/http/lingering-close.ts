import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ConnectionLimits } from './connection-limits';

type Linger = Pick<ConnectionLimits, 'lingerBytes' | 'lingerMs'>;

/**
 * Closes the connection of a request that is answered before all of it was sent. If the server destroyed the connection at once, the
 * client would meet the error of its own writing, and never read the answer. So the server sends the answer and the end of its
 * side, then reads on for a while, and discards what it reads.
 */
export function closeUnreadRequests(fastify: FastifyInstance, limits: Linger): void {
  fastify.addHook('onSend', ({ raw }, reply, payload, done) => {
    if (hasUnreadBody(raw)) {
      reply.header('connection', 'close');
      lingerAfter(raw, limits);
    }
    done(null, payload);
  });
}

const hasUnreadBody = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0);

function lingerAfter(request: IncomingMessage, { lingerBytes, lingerMs }: Linger): void {
  const { socket } = request;
  // Node calls it after the last answer of a connection.
  socket.destroySoon = () => {
    endThenDestroy(socket, lingerMs);
    let left = lingerBytes;
    request.on('data', (part: Buffer) => {
      left -= part.length;
      if (left < 0) socket.destroy();
    });
    request.once('end', () => {
      Socket.prototype.destroySoon.call(socket);
    });
    request.resume();
  };
}

/** Sends the end of the server's side, and destroys the socket if its client does not close it in time. */
export function endThenDestroy(socket: Socket, ms: number): void {
  const late = setTimeout(() => {
    socket.destroy();
  }, ms);
  socket.once('close', () => {
    clearTimeout(late);
  });
  socket.end();
}
