import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { feedClient, FeedRequest, TRANSPORTS } from '../support/feed-client';

const onEnd = cleanUps();
const BODY = JSON.stringify({ query: '{ ledger { limits { maxRequestsInFlight } } }' });
const MOST = 2;

let api: TestApi;
beforeEach(async () => {
  api = await startApi({ limits: { maxRequestsInFlight: MOST } });
  onEnd(() => api.close());
});

/** A request that is in flight until its body is sent. */
async function begin(): Promise<Socket> {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  onEnd(() => socket.destroy());
  const head = [
    'POST /graphql HTTP/1.1',
    'host: x',
    'content-type: application/json',
    `authorization: Bearer ${await api.token()}`,
    `content-length: ${BODY.length}`,
    'expect: 100-continue',
  ];
  socket.write([...head, '', ''].join('\r\n'));
  // The server lets it in.
  const [word] = (await once(socket, 'data')) as [Buffer];
  expect(word.toString()).toMatch(/^HTTP\/1.1 100 Continue/);
  return socket;
}

const post = async (path: string, token: string) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch(`${api.url}${path}`, { method: 'POST', headers, body: BODY });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() };
};

test('a caller that has as many requests in flight as it may is refused, and others are not', async () => {
  const sockets = [await begin(), await begin()];
  const token = await api.token();
  for (const path of ['/graphql', '/graphql/stream']) {
    const { status, retryAfter, text } = await post(path, token);
    expect([status, retryAfter]).toEqual([429, '1']);
    expect(JSON.parse(text)).toMatchObject({
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'maxRequestsInFlight', allowed: MOST } }],
    });
  }
  const exported = await fetch(`${api.url}/changes.csv`, { headers: { authorization: `Bearer ${token}` } });
  expect(exported.status).toBe(429);
  expect(await post('/graphql', await api.token({ sub: 'u-other' }))).toMatchObject({ status: 200 });

  sockets[0]?.write(BODY);
  await eventually('a place is free', async () => (await post('/graphql', token)).status === 200);
});

test('a request whose client disconnects is no longer in flight', async () => {
  const sockets = [await begin(), await begin()];
  for (const socket of sockets) socket.destroy();
  const token = await api.token();
  await eventually('a place is free', async () => (await post('/graphql', token)).status === 200);
});

test.each(TRANSPORTS)('subscriptions count only until they begin: %s', async (transport) => {
  const client = feedClient(transport, { url: api.url, token: await api.token() });
  onEnd(() => {
    client.vanish();
  });
  for (let count = 0; count <= MOST; count++)
    expect(await client.ask().next()).toMatchObject({ value: { data: { changes: { kind: 'CAUGHT_UP' } } } });
});

test('the operations of a WebSocket count', async () => {
  await begin();
  await begin();
  const client = feedClient('WebSocket', { url: api.url, token: await api.token() });
  onEnd(() => {
    client.vanish();
  });
  expect(await client.ask(JSON.parse(BODY) as FeedRequest).next()).toMatchObject({
    value: { errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'maxRequestsInFlight' } }] },
  });
});
