import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { startLimited } from '../support/limited-api';

const onEnd = cleanUps();
const QUERY = '{ ledger { demo } }';
const FEED = 'subscription { changes(after: "0") { ... on Change { position } ... on FeedMark { kind } } }';
const READER = 'u-reader';

const socketUrl = ({ url }: TestApi): string => `${url.replace('http', 'ws')}/graphql`;

async function connect(api: TestApi): Promise<Client> {
  const token = await api.token({ sub: READER });
  const client = createClient({
    url: socketUrl(api),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  onEnd(() => client.dispose());
  return client;
}

async function itemsOf(client: Client, query: string): Promise<any[]> {
  const items: unknown[] = [];
  for await (const item of client.iterate({ query })) items.push(item);
  return items;
}

const extensions = { code: 'LIMIT_EXCEEDED', limit: 'ratePoints', retryAfterSeconds: expect.any(Number) };

test('each operation over a WebSocket spends points', async () => {
  const client = await connect(await startLimited({ points: 3 }, onEnd));
  const first = await itemsOf(client, QUERY);
  expect(first).toMatchObject([{ data: { ledger: { demo: false } } }]);
  for (let n = 0; n < 2; n++) await itemsOf(client, QUERY);
  expect(await itemsOf(client, QUERY)).toMatchObject([{ errors: [{ extensions }] }]);
});

test('each WebSocket spends a point of its address, whether it has a token or not', async () => {
  const api = await startLimited({ pointsPerAddress: 2 }, onEnd);
  for (let n = 0; n < 2; n++) {
    const socket = new WebSocket(socketUrl(api), 'graphql-transport-ws');
    await once(socket, 'open');
    socket.terminate();
  }
  const refused = new WebSocket(socketUrl(api), 'graphql-transport-ws');
  const [, { statusCode, headers }] = (await once(refused, 'unexpected-response')) as [unknown, IncomingMessage];
  expect(statusCode).toBe(429);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  refused.on('error', () => undefined).terminate();
});

test('the changes of a subscription spend points, and it ends with a refusal when none are left', async () => {
  const api = await startLimited({ points: 100 }, onEnd);
  for (let n = 0; n < 10; n++) await api.write('registerDepartment', { code: `D${n}`, name: '局' }, 'position');
  // What is left is enough to subscribe, and for five changes.
  api.rates.perPrincipal.charge(READER, 100 - 1.055);
  const items = await itemsOf(await connect(api), FEED);
  expect(items.pop()).toMatchObject({ errors: [{ path: ['changes'], extensions }] });
  expect(items.length).toBeGreaterThan(0);
  expect(items.length).toBeLessThanOrEqual(5);
  for (const { data } of items) expect(data.changes.position).toEqual(expect.any(String));
});

describe('a query that costs more than a request', () => {
  // Over 2,000 fields.
  const limits = 'maxPageSize maxDepth maxComplexity maxTokens maxListItems maxInputValues maxNameLength maxTextLength';
  const fragment = `fragment L on Ledger { limits { ${limits} } }`;
  const LONG = `{ ${Array.from({ length: 250 }, (_, n) => `a${n}: ledger { ...L }`).join(' ')} } ${fragment}`;

  test('is answered, and its caller is refused afterwards, by HTTP', async () => {
    const api = await startLimited({ points: 3 }, onEnd);
    expect((await api.ask(LONG)).status).toBe(200);
    expect(await api.ask(QUERY)).toMatchObject({ status: 429, errors: [{ extensions }] });
    expect((await api.ask(QUERY, {}, await api.token({ sub: 'another' }))).status).toBe(200);
  });

  test('is answered, and its caller is refused afterwards, over WebSocket', async () => {
    const client = await connect(await startLimited({ points: 3 }, onEnd));
    expect(await itemsOf(client, LONG)).toMatchObject([{ data: { a0: { limits: {} } } }]);
    expect(await itemsOf(client, QUERY)).toMatchObject([{ errors: [{ extensions }] }]);
  });
});
