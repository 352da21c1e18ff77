import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import pino from 'pino';
import { createWebServer } from '../../src/app/web-server';
import { DEFAULT_CONNECTION_LIMITS } from '../../src/http/connection-limits';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { cleanUps } from '../support/clean-ups';

const onEnd = cleanUps();
/** More than the buffers of the operating system hold. */
const LONG = Buffer.alloc(64 * 1_048_576, 'x');

/** How many bytes a client gets that reads nothing until the server has done with the answer. */
async function bytesOf(payload: Buffer, connections: Partial<typeof DEFAULT_CONNECTION_LIMITS>): Promise<number> {
  const fastify = await createWebServer({
    logger: pino({ level: 'silent' }),
    limits: DEFAULT_LIMITS,
    connections: { ...DEFAULT_CONNECTION_LIMITS, ...connections },
  });
  onEnd(() => fastify.close());
  let requests = 0;
  fastify.get('/long', (_request, reply) => {
    requests++;
    return reply.send(payload);
  });
  await fastify.listen({ host: '127.0.0.1', port: 0 });
  // On a busy machine the server may end a silent connection before it reads the request.
  for (;;) {
    const bytes = await bytesOfOneConnection(fastify.server);
    if (requests > 0) return bytes;
  }
}

async function bytesOfOneConnection(server: Server): Promise<number> {
  const over = once(server, 'connection').then(([atServer]) => once(atServer as Socket, 'close'));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onEnd(() => socket.destroy());
  const closed = new Promise((resolve) => socket.on('close', resolve));
  // The system resets a connection that the server ends before it has read the request.
  socket.on('error', () => undefined);
  socket.pause();
  await once(socket, 'connect');
  socket.write('GET /long HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  await over;
  let bytes = 0;
  socket.on('data', (part: Buffer) => (bytes += part.length));
  socket.resume();
  await closed;
  return bytes;
}

test.each(['answerMs', 'silentMs'])(
  'a client that does not take its answer is disconnected after %s',
  async (limit) => {
    expect(await bytesOf(LONG, { [limit]: 200 })).toBeLessThan(LONG.length);
  },
);

test('an answer that the operating system has taken is not waited for', async () => {
  expect(await bytesOf(Buffer.from('short'), { answerMs: 1 })).toBeGreaterThan('short'.length);
});
