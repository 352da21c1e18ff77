import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import { Origins } from '../../src/http/cors';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { RawRequest, sendRaw } from '../support/raw-request';

const PAGE = 'https://budget.example';
const OTHER = 'http://localhost:5173';
const STRANGER = 'https://stranger.example';

const onEnd = cleanUps(afterAll);
const query = `query=${encodeURIComponent('{ ledger { head } }')}`;
let listed: TestApi;
let open: TestApi;
let closed: TestApi;

beforeAll(async () => {
  [listed, open, closed] = await Promise.all([start([PAGE, OTHER]), start('*'), start()]);
});

async function start(origins?: Origins): Promise<TestApi> {
  const api = await startApi({ origins });
  onEnd(() => api.close());
  return api;
}

async function send(api: TestApi, { headers, ...request }: RawRequest) {
  const authorization = `Bearer ${await api.token()}`;
  return sendRaw(api.url, { ...request, headers: { authorization, ...headers } });
}

const ENDPOINTS: readonly (readonly [string, string])[] = [
  ['GET', `/graphql?${query}`],
  ['GET', `/graphql/stream?${query}`],
  ['GET', '/changes'],
  ['GET', '/changes.ndjson'],
  ['GET', '/changes.csv'],
];

const FAILURES: readonly (readonly [string, number, RawRequest])[] = [
  ['no token', 401, { path: `/graphql?${query}`, headers: { authorization: '' } }],
  ['no token, at the stream', 401, { path: `/graphql/stream?${query}`, headers: { authorization: '' } }],
  ['no token, at an export', 401, { path: '/changes.csv', headers: { authorization: '' } }],
  ['a wrong document', 400, { path: '/graphql?query=x' }],
  ['no such path', 404, { path: '/nowhere' }],
  ['another method', 405, { path: '/graphql', method: 'DELETE' }],
  [
    'too many bytes',
    413,
    { path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json' }, body: ' '.repeat(1_100_000) },
  ],
  [
    'another content type',
    415,
    { path: '/graphql', method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' },
  ],
  ['an address that is not UTF-8', 400, { path: '/graphql?query=%ff' }],
];

describe.each([PAGE, OTHER])('a page of the list, %s', (origin) => {
  test.each(ENDPOINTS)('may read %s %s', async (method, path) => {
    const { status, headers } = await send(listed, { method, path, headers: { origin } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'X-Position, Retry-After, ETag, RateLimit, RateLimit-Policy',
      vary: expect.stringContaining('Origin'),
    });
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  test.each(FAILURES)('may read the refusal of %s: %i', async (_, expected, request) => {
    const { status, headers } = await send(listed, { ...request, headers: { ...request.headers, origin } });
    expect({ status, origin: headers['access-control-allow-origin'] }).toEqual({ status: expected, origin });
    expect(headers.vary).toContain('Origin');
  });

  test.each<readonly [string, string]>([...ENDPOINTS, ['POST', '/graphql'], ['POST', '/graphql/stream']])(
    'is allowed by a preflight, without a token, to send %s %s',
    async (method, path) => {
      const { status, headers, body } = await sendRaw(listed.url, {
        method: 'OPTIONS',
        path,
        headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
      });
      expect({ status, body: body.toString() }).toEqual({ status: 204, body: '' });
      expect(headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, HEAD, POST',
        'access-control-allow-headers':
          'authorization, content-type, if-none-match, last-event-id, x-correlation-id, x-causation-id',
        'access-control-max-age': '3600',
        vary: expect.stringContaining('Origin'),
      });
    },
  );
});

test.each([
  'null',
  STRANGER,
  'http://budget.example',
  'https://budget.example:8443',
  'https://budget.example.evil.example',
])('a page of %s may read nothing', async (origin) => {
  for (const [method, path] of ENDPOINTS) {
    const { headers } = await send(listed, { method, path, headers: { origin } });
    expect({ path, allowed: headers['access-control-allow-origin'] }).toEqual({ path, allowed: undefined });
    const preflight = { origin, 'access-control-request-method': method };
    const { headers: before } = await sendRaw(listed.url, { method: 'OPTIONS', path, headers: preflight });
    expect(before['access-control-allow-origin']).toBeUndefined();
  }
});

test('with * any page may read', async () => {
  for (const [method, path] of ENDPOINTS) {
    const { headers } = await send(open, { method, path, headers: { origin: STRANGER } });
    expect(headers['access-control-allow-origin']).toBe('*');
  }
});

test('without a list the answers have no CORS headers', async () => {
  for (const [method, path] of ENDPOINTS) {
    const { headers } = await send(closed, { method, path, headers: { origin: PAGE } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
  const preflight = { origin: PAGE, 'access-control-request-method': 'POST' };
  expect((await sendRaw(closed.url, { method: 'OPTIONS', path: '/graphql', headers: preflight })).status).toBe(405);
});

test('OPTIONS that is not a preflight is refused like any other method', async () => {
  for (const api of [listed, open, closed]) {
    const known = await sendRaw(api.url, { method: 'OPTIONS', path: '/graphql' });
    expect([known.status, known.headers.allow]).toEqual([405, 'GET, POST']);
    expect((await sendRaw(api.url, { method: 'OPTIONS', path: '/nowhere' })).status).toBe(404);
  }
});

describe('WebSocket', () => {
  /** The status of the handshake. */
  async function handshake(api: TestApi, origin?: string): Promise<number> {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin });
    const refused = once(socket, 'unexpected-response').then(
      ([, answer]) => (answer as IncomingMessage).statusCode ?? 0,
    );
    const status = await Promise.race([once(socket, 'open').then(() => 101), refused]);
    socket.on('error', () => undefined).terminate();
    return status;
  }

  test("a page of the list may connect, and so may the server's own page and a program that is not a browser", async () => {
    expect(await Promise.all([PAGE, OTHER, listed.url, undefined].map((origin) => handshake(listed, origin)))).toEqual([
      ...[101, 101, 101, 101],
    ]);
  });

  test.each(['null', STRANGER, 'http://budget.example', 'nonsense'])('a page of "%s" may not: 403', async (origin) => {
    expect(await handshake(listed, origin)).toBe(403);
  });

  test('any page may connect with *, and without a list', async () => {
    expect(await handshake(open, STRANGER)).toBe(101);
    expect(await handshake(closed, STRANGER)).toBe(101);
  });
});
