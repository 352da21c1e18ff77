import { DepartmentScope } from '../../src/auth/department-scope';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UnsecuredJWT } from 'jose';
import { WebSocket } from 'ws';
import { DEFAULT_CONNECTION_LIMITS } from '../../src/http/connection-limits';
import { RequestsInFlight } from '../../src/http/requests-in-flight';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { Operations } from '../../src/graphql/transports/operations';
import { Reply } from '../../src/graphql/transports/reply';
import { Turns } from '../../src/kernel/turns';
import { Work } from '../../src/reading/work';
import { serveWebSocket } from '../../src/graphql/transports/websocket';
import { ok } from '../../src/kernel/refusal';
import { cleanUps } from '../support/clean-ups';
import { feedClient } from '../support/feed-client';
import { NO_TELEMETRY } from '../../src/kernel/telemetry';

const onEnd = cleanUps();

/** A server with an endless subscription. Each item is available at once, and has a text of the given size in bytes. */
async function serveWithoutEnd(bytes: number) {
  const given = { count: 0, bare: undefined as Socket | undefined };
  async function* items(): AsyncGenerator<Reply, void> {
    const text = JSON.stringify({ data: { changes: 'x'.repeat(bytes) } });
    const payload = { result: {}, text };
    const turns = new Turns(10);
    for (;;) {
      await turns.pass();
      given.count++;
      yield payload;
    }
  }
  const server = createServer();
  server.on('upgrade', ({ socket }) => (given.bare = socket));
  const stop = serveWebSocket({
    server,
    operations: { run: () => Promise.resolve(items()) } as unknown as Operations,
    admission: {
      verifier: {
        verify: () =>
          ok({
            principal: {
              sub: 'u-1',
              roles: [],
              departments: DepartmentScope.NONE,
              readDepartments: DepartmentScope.NONE,
            },
            expiresAt: Infinity,
          }),
      },
      inFlight: new RequestsInFlight(DEFAULT_LIMITS.maxRequestsInFlight),
    },
    limits: DEFAULT_LIMITS,
    connections: DEFAULT_CONNECTION_LIMITS,
    log: {
      error: (_, message) => {
        expect(message).toBeUndefined();
      },
    },
    telemetry: NO_TELEMETRY,
    context: () => ({ work: new Work(DEFAULT_LIMITS), sight: '' }),
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const client = feedClient('WebSocket', { url, token: new UnsecuredJWT({}).encode() });
  onEnd(async () => {
    client.vanish();
    await stop();
    server.close();
  });
  return { client, given, url };
}

/** Resolves when no more items are requested for several turns of the event loop. */
async function settled(given: { readonly count: number }): Promise<void> {
  for (let quiet = 0; quiet < 100; quiet++) {
    const { count } = given;
    await nextTurn();
    if (given.count > count) quiet = 0;
  }
}

test.each([
  ['64 items', 500, 64],
  ['as many as make up 64 KiB', 40_000, 2],
  ['one that is larger than that', 400_000, 1],
])('a client that stops reading has %s waiting for its connection', async (_, bytes, most) => {
  const { client, given } = await serveWithoutEnd(bytes);
  const reading = client.ask();
  await reading.next();
  client.pause();
  await settled(given);
  const { count } = given;
  const { bytesWritten, writableLength } = given.bare!;
  // The message of an item is longer than its text: it also has the id of the operation and similar parts.
  const largest = bytes + 200;
  expect(writableLength).toBeGreaterThan(0);
  expect(writableLength).toBeLessThanOrEqual(most * largest);
  expect(count * bytes).toBeLessThanOrEqual(bytesWritten);
  client.resume();
  while (given.count === count) await nextTurn();
});

test.each([
  { type: 'connection_ack' },
  { type: 'next', id: '1', payload: {} },
  { type: 'error', id: '1', payload: [{ message: 'x' }] },
])('a client that sends $type, which only servers send, is closed as for any invalid message', async (message) => {
  const { url } = await serveWithoutEnd(1);
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify(message));
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  expect([code, String(reason)]).toEqual([4400, 'Invalid message received']);
});
