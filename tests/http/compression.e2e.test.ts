import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startApi, TestApi } from '../support/api';
import { RawAnswer, sendRaw } from '../support/raw-request';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const SMALL = '{ ledger { head } }';
/** About 4 KB, compressed synchronously. */
const MEDIUM = '{ __type(name: "Budget") { fields { name description args { name description } } } }';
/** Compressed in the thread pool. */
const LARGE = '{ __schema { types { name description fields { name description args { name description } } } } }';

async function ask(method: 'GET' | 'POST', query: string, accepted?: string, path = '/graphql'): Promise<RawAnswer> {
  const headers: Record<string, string> = { authorization: `Bearer ${await api.token()}` };
  if (accepted !== undefined) headers['accept-encoding'] = accepted;
  if (method === 'GET') return sendRaw(api.url, { path: `${path}?query=${encodeURIComponent(query)}`, headers });
  headers['content-type'] = 'application/json';
  return sendRaw(api.url, { method, path, headers, body: JSON.stringify({ query }) });
}

function textOf({ headers, body }: RawAnswer): string {
  const encoding = headers['content-encoding'];
  if (encoding === 'br') return brotliDecompressSync(body).toString();
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString();
}

/** The JSON of an answer without its cost, of which the CPU time differs. */
const dataOf = (text: string): string => text.slice(0, text.lastIndexOf('"extensions"'));

describe.each(['GET', 'POST'] as const)('an answer by %s', (method) => {
  test.each([
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
  ])('is compressed for a client that accepts %s: %s', async (accepted, encoding) => {
    for (const query of [MEDIUM, LARGE]) {
      const plain = await ask(method, query);
      const answer = await ask(method, query, accepted);
      expect(answer.headers).toMatchObject({ 'content-encoding': encoding, vary: 'accept-encoding' });
      expect(answer.headers['content-type']).toBe(plain.headers['content-type']);
      expect(dataOf(textOf(answer))).toBe(dataOf(plain.body.toString()));
      expect(answer.body.length).toBeLessThan(plain.body.length / 2);
    }
  });

  test.each([[undefined], ['identity'], ['gzip;q=0, br;q=0'], ['deflate'], ['zstd']])(
    'is not compressed for a client that accepts %s',
    async (accepted) => {
      const { headers, body } = await ask(method, LARGE, accepted);
      expect(headers['content-encoding']).toBeUndefined();
      expect(headers.vary).toBe('accept-encoding');
      expect(JSON.parse(body.toString()).errors).toBeUndefined();
    },
  );

  test('that is small is not compressed', async () => {
    const { headers, body } = await ask(method, SMALL, 'gzip, br');
    expect(headers).toMatchObject({ 'content-length': String(body.length), vary: 'accept-encoding' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(body.toString())).toHaveProperty('data.ledger.head');
  });

  test('in server-sent events is not compressed', async () => {
    const { headers, body } = await ask(method, LARGE, 'gzip, br', '/graphql/stream');
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.toString()).toContain('event: next\ndata: {"data":{"__schema"');
  });
});

test('an error is compressed too, and keeps its status', async () => {
  const answer = await ask('POST', `{ ${'nobody '.repeat(50)} }`, 'gzip');
  expect([answer.status, answer.headers['content-encoding']]).toEqual([400, 'gzip']);
  expect(JSON.parse(textOf(answer)).errors.length).toBeGreaterThan(1);
});
