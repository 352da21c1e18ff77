import { once } from 'node:events';
import { AddressInfo, connect, Socket } from 'node:net';
import Fastify from 'fastify';
import { beginInOrder } from '../../src/http/pipelined-requests';
import { Bell } from '../../src/kernel/async';
import { startApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';

const onEnd = cleanUps();
const MOST = 3;

/** A server that answers when the test rings. */
async function serve() {
  const begun: string[] = [];
  const answering = new Bell();
  const fastify = Fastify();
  beginInOrder(fastify, { maxPipelined: MOST });
  fastify.get('/:name', async (request) => {
    const { name } = request.params as { readonly name: string };
    begun.push(name);
    await answering.wait();
    return `answer ${name}`;
  });
  await fastify.listen({ host: '127.0.0.1', port: 0 });
  onEnd(() => fastify.close());
  const { port } = fastify.server.address() as AddressInfo;
  const hasBegun = (name: string) => eventually(`${name} has begun`, () => Promise.resolve(begun.includes(name)));
  return { begun, answering, port, hasBegun };
}

function pipeline(port: number, requests: readonly string[]): Socket {
  const socket = connect(port, '127.0.0.1');
  onEnd(() => socket.destroy());
  socket.write(requests.join(''));
  return socket;
}

const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n`;

test('a request begins when the one before on its connection is answered', async () => {
  const { begun, answering, port, hasBegun } = await serve();
  const socket = pipeline(port, [get('/a'), get('/b')]);
  await hasBegun('a');
  pipeline(port, [get('/c')]);
  await hasBegun('c');
  expect(begun).toEqual(['a', 'c']);
  answering.ring();
  const [first] = (await once(socket, 'data')) as [Buffer];
  expect(String(first)).toContain('answer a');
  await hasBegun('b');
  answering.ring();
  const [second] = (await once(socket, 'data')) as [Buffer];
  expect(String(second)).toContain('answer b');
});

test('a request whose connection closes before its turn does not begin', async () => {
  const { begun, answering, port, hasBegun } = await serve();
  const socket = pipeline(port, [get('/a'), get('/b')]);
  await hasBegun('a');
  socket.destroy();
  await once(socket, 'close');
  answering.ring();
  pipeline(port, [get('/c')]);
  await hasBegun('c');
  expect(begun).toEqual(['a', 'c']);
});

test('a connection on which too many requests wait is closed', async () => {
  const { port } = await serve();
  const socket = pipeline(port, Array<string>(MOST + 2).fill(get('/a')));
  await once(socket, 'close');
});

test('requests that waited when their connection closed are not in flight any more', async () => {
  const api = await startApi({ limits: { maxRequestsInFlight: 1 } });
  onEnd(() => api.close());
  const port = Number(new URL(api.url).port);
  const authorization = `authorization: Bearer ${await api.token()}\r\n`;
  const query = (text: string) => `query=${encodeURIComponent(text)}`;
  const feed = get(`/graphql/stream?${query('subscription { changes { __typename } }')}`, authorization);
  const socket = pipeline(port, [feed, get(`/graphql?${query('{ ledger { demo } }')}`, authorization)]);
  await once(socket, 'data');
  socket.destroy();
  await eventually('another request is let in', async () => (await api.ask('{ ledger { demo } }')).status === 200);
});
