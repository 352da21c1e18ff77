import { createServer as createTcpServer, AddressInfo, Server } from 'node:net';
import { createServer, IncomingMessage, RequestListener } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { postOverHttp } from '../../src/webhooks/adapters/post-over-http';
import { Address } from '../../src/webhooks/adapters/resolve-name';
import { cleanUps } from '../support/clean-ups';

/** What is connected to, and what is made of the answer. Nothing leaves this machine. */

const onEnd = cleanUps();
const NEVER = new AbortController().signal;
const LONG = 60_000;

async function listening(server: Server, host = '127.0.0.1', port = 0): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  onEnd(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A receiver on 127.0.0.1. */
async function receiver(answer: RequestListener): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  onEnd(() => {
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, requests };
}

/** Counts the connections to a port of this machine. */
async function counting(host?: string, port?: number): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections++;
    socket.destroy();
  });
  return { port: await listening(server, host, port), connections: () => connections };
}

const postTo = (url: string) => ({ url, headers: { 'webhook-id': 'a' }, body: '{"a":"明鉴"}' });
const at = (...addresses: string[]): Address[] =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('an address that is not public', () => {
  it.each([
    [['127.0.0.1']],
    [['10.0.0.1']],
    [['169.254.169.254']],
    [['100.64.0.1']],
    [['224.0.0.1']],
    [['0.0.0.0']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['fe80::1']],
    // One of them is enough.
    [['93.184.215.14', '127.0.0.1']],
    [['2606:4700::1', '::ffff:127.0.0.1']],
  ])('is not connected to if a name has it: %j', async (addresses) => {
    const { port, connections } = await counting();
    const send = postOverHttp({ testOrigins: new Set(), resolve: () => Promise.resolve(at(...addresses)) });
    expect(await send(postTo(`https://receiver.example:${port}/`), NEVER)).toEqual({
      kind: 'failed',
      outcome: 'ADDRESS_NOT_ALLOWED',
    });
    expect(connections()).toBe(0);
  });

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '[::]'])(
    'is not connected to if the URL has it: %s',
    async (host) => {
      const { port, connections } = await counting();
      const asked: string[] = [];
      const resolve = (name: string) => {
        asked.push(name);
        return Promise.resolve(at('93.184.215.14'));
      };
      const send = postOverHttp({ testOrigins: new Set(), resolve });
      const result = await send(postTo(`https://${host}:${port}/`), NEVER);
      expect(result).toEqual({ kind: 'failed', outcome: 'ADDRESS_NOT_ALLOWED' });
      expect([connections(), asked]).toEqual([0, []]);
    },
  );

  it('is not reached by a name that answers differently the second time', async () => {
    const { port, connections: ofPrivate } = await counting();
    const { connections: ofFirst } = await counting('127.0.0.2', port);
    const answers = [at('127.0.0.2'), at('127.0.0.1')];
    let asked = 0;
    const send = postOverHttp({
      testOrigins: new Set(),
      resolve: () => Promise.resolve(answers[Math.min(asked++, 1)]!),
      // 127.0.0.2 stands for an address of the Internet.
      isPublic: (address) => address === '127.0.0.2',
    });
    const url = `https://receiver.example:${port}/`;
    // No TLS is spoken there.
    expect(await send(postTo(url), NEVER)).toEqual({ kind: 'failed', outcome: 'NOT_CONNECTED' });
    expect([asked, ofFirst(), ofPrivate()]).toEqual([1, 1, 0]);
    // The next delivery asks again, and judges again.
    expect(await send(postTo(url), NEVER)).toEqual({ kind: 'failed', outcome: 'ADDRESS_NOT_ALLOWED' });
    expect([asked, ofFirst(), ofPrivate()]).toEqual([2, 1, 0]);
  });

  it('is not connected to without https', async () => {
    const { port, connections } = await counting();
    const send = postOverHttp({ testOrigins: new Set(['http://127.0.0.1:1']) });
    expect(await send(postTo(`http://127.0.0.1:${port}/`), NEVER)).toMatchObject({ outcome: 'ADDRESS_NOT_ALLOWED' });
    expect(connections()).toBe(0);
  });
});

test('a receiver gets the body under its own name, at the address that was looked up', async () => {
  const { url, requests } = await receiver((request, response) => {
    text(request).then(
      (body) => response.end(body),
      () => response.destroy(),
    );
  });
  const { port } = new URL(url);
  const named = `http://receiver.example:${port}`;
  const send = postOverHttp({ testOrigins: new Set([named]), resolve: () => Promise.resolve(at('127.0.0.1')) });
  expect(await send(postTo(`${named}/a?b=c`), NEVER)).toEqual({ kind: 'answered', status: 200, retryAfterMs: 0 });
  expect(requests).toHaveLength(1);
  const [{ method, url: path, headers }] = requests as [IncomingMessage];
  expect({ method, path, headers }).toMatchObject({
    method: 'POST',
    path: '/a?b=c',
    headers: { host: `receiver.example:${port}`, 'webhook-id': 'a', 'content-length': '14' },
  });
});

test('redirects are not followed', async () => {
  const elsewhere = await counting();
  const { url, requests } = await receiver((_request, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end();
  });
  const testOrigins = new Set([url, `http://127.0.0.1:${elsewhere.port}`]);
  expect(await postOverHttp({ testOrigins })(postTo(url), NEVER)).toEqual({
    kind: 'answered',
    status: 307,
    retryAfterMs: 0,
  });
  expect([requests.length, elsewhere.connections()]).toEqual([1, 0]);
});

test('an answer without an end is cut off', async () => {
  const { url } = await receiver((_request, response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(16_384))) continue;
    };
    response.on('drain', more);
    more();
  });
  const send = postOverHttp({ testOrigins: new Set([url]), timeoutMs: LONG });
  expect(await send(postTo(url), NEVER)).toEqual({ kind: 'answered', status: 200, retryAfterMs: 0 });
});

test.each<[string, RequestListener]>([
  ['does not answer', () => undefined],
  [
    'begins an answer and never ends its headers',
    (_request, response) => response.socket?.write('HTTP/1.1 200 OK\r\n'),
  ],
])('a receiver that %s takes a bounded time', async (_what, answer) => {
  const { url } = await receiver(answer);
  const send = postOverHttp({ testOrigins: new Set([url]), timeoutMs: 50 });
  expect(await send(postTo(url), NEVER)).toEqual({ kind: 'failed', outcome: 'TIMED_OUT' });
});

test('a resolver that does not answer takes a bounded time', async () => {
  const resolve = () => new Promise<Address[]>(() => undefined);
  const send = postOverHttp({ testOrigins: new Set(), resolve, timeoutMs: 50 });
  expect(await send(postTo('https://receiver.example/'), NEVER)).toMatchObject({ outcome: 'TIMED_OUT' });
});

test.each<[string, () => Promise<Address[]>]>([
  ['that nobody knows', () => Promise.reject(new Error('ENOTFOUND'))],
  ['without an address', () => Promise.resolve([])],
])('a name %s is not found', async (_what, resolve) => {
  const send = postOverHttp({ testOrigins: new Set(), resolve });
  expect(await send(postTo('https://receiver.example/'), NEVER)).toMatchObject({ outcome: 'NAME_NOT_FOUND' });
});

test('a connection that is refused, or closed without an answer, is a failure', async () => {
  const { port } = await counting();
  const closing = `http://127.0.0.1:${port}`;
  expect(await postOverHttp({ testOrigins: new Set([closing]) })(postTo(closing), NEVER)).toMatchObject({
    outcome: 'NOT_CONNECTED',
  });
});

test('a delivery that is stopped rejects: it is no attempt', async () => {
  const stopping = new AbortController();
  const { url } = await receiver(() => {
    stopping.abort();
  });
  await expect(
    postOverHttp({ testOrigins: new Set([url]), timeoutMs: LONG })(postTo(url), stopping.signal),
  ).rejects.toThrow();
});

test('a receiver can ask to be left alone for a while', async () => {
  const { url } = await receiver((_request, response) => {
    response.writeHead(503, { 'retry-after': '7' }).end();
  });
  const send = postOverHttp({ testOrigins: new Set([url]) });
  expect(await send(postTo(url), NEVER)).toEqual({ kind: 'answered', status: 503, retryAfterMs: 7_000 });
});
