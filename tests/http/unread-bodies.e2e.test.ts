import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { ApiOptions, startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';

const onEnd = cleanUps();
const PATIENT = { headersMs: 10_000, requestMs: 20_000, keepAliveMs: 20_000 };

async function startWith(options: ApiOptions): Promise<TestApi> {
  const api = await startApi(options);
  onEnd(() => api.close());
  return api;
}

function open(api: TestApi, sent = ''): Socket {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  onEnd(() => socket.destroy());
  socket.write(sent);
  return socket;
}

const post = (path: string, headers: readonly string[], body = ''): string =>
  [`POST ${path} HTTP/1.1`, 'host: x', 'content-type: application/json', ...headers, '', body].join('\r\n');
const statusOf = (answer: string): string | undefined => /^HTTP\/1.1 (\d+)/.exec(answer)?.[1];

describe('a request is answered before its body is read, and its connection is closed', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ connections: { ...PATIENT, lingerMs: 20_000, lingerBytes: 1_000_000 } });
  });
  afterAll(() => api.close());

  test.each<[string, string, readonly string[], string]>([
    ['half of a body, without a token', '/graphql', ['content-length: 1000'], '401'],
    ['half of a body, without a token', '/graphql/stream', ['content-length: 1000'], '401'],
    ['half of a body, with a wrong token', '/graphql', ['content-length: 1000', 'authorization: Bearer a.b.c'], '401'],
    [
      'no body yet, with a wrong token',
      '/graphql',
      ['content-length: 9', 'expect: 100-continue', 'authorization: Bearer a.b.c'],
      '401',
    ],
    ['half of a body', '/nowhere', ['content-length: 1000'], '404'],
    ['half of a body', '/health/live', ['content-length: 1000'], '404'],
  ])('%s, to %s', async (_, path, headers, status) => {
    const answer = await text(open(api, post(path, headers, '{')));
    expect([statusOf(answer), /^connection: (.*)\r$/m.exec(answer)?.[1]]).toEqual([status, 'close']);
  });

  test('an endless body, without a token', async () => {
    const socket = open(api, post('/graphql', ['transfer-encoding: chunked']));
    const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
    const write = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', write).on('error', () => undefined);
    write();
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(statusOf(answer.toString())).toBe('401');
    await once(socket, 'close');
  });
});

describe('the client of a long request reads its answer', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const MEBIBYTE = 1_048_576;
  const streamed = (bytes: number): ReadableStream<Uint8Array> => {
    let left = bytes;
    return new ReadableStream({
      pull(controller) {
        const size = Math.min(left, 65_536);
        left -= size;
        if (size === 0) controller.close();
        else controller.enqueue(new Uint8Array(size).fill(32));
      },
    });
  };

  test.each([1.05, 1.3, 5, 20])('of %d MiB', async (size) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await api.token()}` };
    const bytes = Math.ceil(size * MEBIBYTE);
    for (const body of [' '.repeat(bytes), streamed(bytes)]) {
      const init = { method: 'POST', body, duplex: 'half' };
      const refused = await fetch(`${api.url}/graphql`, { ...init, headers });
      expect([refused.status, await refused.json()]).toMatchObject([
        413,
        { errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'maxRequestBytes' } }] },
      ]);
    }
    for (const body of [' '.repeat(bytes), streamed(bytes)]) {
      const init = { method: 'POST', body, duplex: 'half' };
      const refused = await fetch(`${api.url}/graphql`, { ...init, headers: { 'content-type': 'application/json' } });
      expect([refused.status, await refused.json()]).toMatchObject([
        401,
        { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
      ]);
    }
  });
});

describe('time limits', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ connections: { headersMs: 30, requestMs: 60, keepAliveMs: 30, checkMs: 10, lingerMs: 30 } });
  });
  afterAll(() => api.close());

  test.each<[string, (token: string) => string]>([
    ['the headers', () => 'POST /graphql HTTP/1.1\r\nhost: x\r\nx-'],
    ['the request', () => ''],
    ['the body', (token) => post('/graphql', ['content-length: 1000', `authorization: Bearer ${token}`], '{')],
  ])('a client that does not go on with %s is answered with 408, and its connection is closed', async (_, sent) => {
    const socket = open(api, sent(await api.token()));
    const answer = await text(socket);
    expect(statusOf(answer)).toBe('408');
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('a client that sends its body byte by byte is answered with 408', async () => {
    const socket = open(
      api,
      post('/graphql', ['content-length: 100000', `authorization: Bearer ${await api.token()}`]),
    );
    const drip = setInterval(() => socket.write(' '), 5);
    onEnd(() => {
      clearInterval(drip);
    });
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(statusOf(answer.toString())).toBe('408');
    socket.on('error', () => undefined);
    await once(socket, 'close');
  });

  test('a connection that waits for its next request is closed', async () => {
    const answer = await text(open(api, 'GET /nowhere HTTP/1.1\r\nhost: x\r\n\r\n'));
    expect(answer).toContain('Connection: keep-alive');
  });
});

test('half-sent bodies of one caller have a bound, which other callers do not meet', async () => {
  const api = await startWith({ connections: PATIENT, limits: { maxReceivingBytes: 10_000 } });
  const half = (token: string): Socket =>
    open(api, post('/graphql', ['content-length: 5000', `authorization: Bearer ${token}`], '{'.repeat(4_000)));
  const token = await api.token({ sub: 'u-1' });
  const sockets = Array.from({ length: 20 }, () => half(token));
  const refused: string[] = [];
  for (const socket of sockets) socket.on('data', (data) => refused.push(String(data)));
  await eventually('all but two are refused', () => Promise.resolve(refused.length === 18));
  for (const answer of refused) {
    expect([statusOf(answer), /^retry-after: (\d+)\r$/m.exec(answer)?.[1]]).toEqual(['429', '1']);
    expect(answer).toContain('"code":"LIMIT_EXCEEDED","limit":"maxReceivingBytes"');
  }
  expect((await api.ask('{ ledger { demo } }', undefined, await api.token({ sub: 'u-2' }))).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  await eventually('what is gone does not count', async () => {
    const { status } = await api.ask(`{ ledger { demo } } #${' '.repeat(5_000)}`, undefined, token);
    return status === 200;
  });
});

test('the number of connections has a bound', async () => {
  const api = await startWith({ connections: { ...PATIENT, maxConnections: 2 } });
  const [first] = [open(api), open(api)];
  await eventually('a third one is closed', async () => (await text(open(api)).catch(() => '')) === '');
  first.destroy();
  await eventually('there is room again', async () => {
    const response = await fetch(`${api.url}/nowhere`).catch(() => undefined);
    return response?.status === 404;
  });
});
