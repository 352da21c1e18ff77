import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import WebSocket, { WebSocketServer } from 'ws';
import { feedDocuments } from '../../client/src/index';
import { openConnection } from '../../client/src/follow/live-connection';
import { cleanUps } from '../support/clean-ups';

/** One connection of a client, over a server that does what the real one does only in trouble. */

const onEnd = cleanUps();
const { live: document } = feedDocuments();

interface Subscribed {
  readonly authorization: string;
  readonly after: string;
}

/** Answers each subscription with changes at these positions, and then does what `afterwards` says. */
async function startServer(positions: readonly number[], afterwards: (socket: WebSocket, id: string) => void) {
  const subscribed: Subscribed[] = [];
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'graphql-transport-ws' });
  onEnd(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  server.on('connection', (socket) => {
    let authorization = '';
    const send = (message: object): void => {
      socket.send(JSON.stringify(message));
    };
    socket.on('message', (data) => {
      const { type, id, payload } = JSON.parse((data as Buffer).toString());
      if (type === 'connection_init') {
        ({ authorization } = payload);
        send({ type: 'connection_ack' });
      }
      if (type !== 'subscribe') return;
      subscribed.push({ authorization, after: payload.variables.after });
      for (const position of positions) {
        const changes = { __typename: 'Change', eventId: `e${position}`, position: String(position) };
        send({ type: 'next', id, payload: { data: { changes } } });
      }
      afterwards(socket, id);
    });
  });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let tokens = 0;
  const token = () => `token ${++tokens}`;
  /** Everything that one connection gives, and how it ends. */
  const read = async (after: string, most = 10, begin?: Promise<unknown>) => {
    const { signal } = new AbortController();
    const connection = openConnection({ url, token, webSocketImpl: WebSocket }, document, { after }, { most, signal });
    const items: string[] = [];
    await begin;
    for (;;) {
      const taken = await connection.take();
      if ('kind' in taken) return { items, ended: taken };
      items.push(...taken.map(({ position }) => position));
    }
  };
  return { read, subscribed };
}

test('a connection that the server closes regularly is not opened again with its first position', async () => {
  const { read, subscribed } = await startServer([2, 3], (socket) => {
    socket.close(1000, 'Normal Closure');
  });
  const lost = { kind: 'FAILED', error: expect.objectContaining({ code: 'UNREACHABLE' }) };
  expect(await read('1')).toEqual({ items: ['2', '3'], ended: lost });
  expect(await read('3')).toEqual({ items: ['2', '3'], ended: lost });
  expect(subscribed).toEqual([
    { authorization: 'Bearer token 1', after: '1' },
    { authorization: 'Bearer token 2', after: '3' },
  ]);
});

test('it keeps no more than it may, gives those, and says that more came', async () => {
  let isClosed: (() => void) | undefined;
  const closed = new Promise<void>((resolve) => {
    isClosed = resolve;
  });
  const { read } = await startServer([1, 2, 3, 4, 5], (socket) => {
    socket.once('close', () => isClosed?.());
  });
  expect(await read('0', 2, closed)).toEqual({ items: ['1', '2'], ended: { kind: 'OVERTAKEN' } });
});

test.each([
  [
    'a token that has ended',
    (socket: WebSocket) => {
      socket.close(4403, 'Forbidden');
    },
    'UNAUTHENTICATED',
  ],
  [
    'a connection that breaks',
    (socket: WebSocket) => {
      socket.terminate();
    },
    'UNREACHABLE',
  ],
  [
    'a server that goes away',
    (socket: WebSocket) => {
      socket.close(1001, 'Going away');
    },
    'UNREACHABLE',
  ],
  [
    'the end of the subscription',
    (socket: WebSocket, id: string) => {
      socket.send(JSON.stringify({ type: 'complete', id }));
    },
    'UNREACHABLE',
  ],
  [
    'a refusal',
    (socket: WebSocket, id: string) => {
      const errors = [{ message: 'no', extensions: { code: 'FORBIDDEN' } }];
      socket.send(JSON.stringify({ type: 'next', id, payload: { errors } }));
    },
    'FORBIDDEN',
  ],
  [
    'a refusal before it begins',
    (socket: WebSocket, id: string) => {
      const payload = [{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }];
      socket.send(JSON.stringify({ type: 'error', id, payload }));
    },
    'BAD_USER_INPUT',
  ],
])('%s ends it, after what came before', async (_name, afterwards, code) => {
  const { read } = await startServer([1], (socket, id) => {
    afterwards(socket, id);
  });
  expect(await read('0')).toEqual({
    items: ['1'],
    ended: { kind: 'FAILED', error: expect.objectContaining({ name: 'MingjianError', code }) },
  });
});

test('without a WebSocket it says what is missing', async () => {
  const { signal } = new AbortController();
  const server = { url: 'http://127.0.0.1:1', token: 't', webSocketImpl: 'none' };
  const connection = openConnection(server, document, { after: '0' }, { most: 1, signal });
  expect(await connection.take()).toEqual({ kind: 'FAILED', error: expect.any(TypeError) });
});
