import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { cacheExchange, Client, fetchExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { startApi, TestApi } from '../support/api';

/** Real clients with their default settings, and the requests that they send. */

const QUERY = '{ department(code: "D1") { name } }';
const NAME = { department: { name: '财政局' } };

let api: TestApi;
let headers: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  headers = { authorization: `Bearer ${await api.token()}` };
  await api.write('registerDepartment', { code: 'D1', name: '财政局' });
});
afterAll(() => api.close());

/** Notes method, status and whether a document was sent. */
function watchedFetch() {
  const seen: string[] = [];
  const watched: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const address = new URL(input instanceof Request ? input.url : input);
    const hasDocument =
      address.searchParams.has('query') || (typeof init?.body === 'string' && init.body.includes('"query":'));
    seen.push(`${init?.method ?? 'GET'} ${response.status} ${hasDocument ? 'document' : 'hash'}`);
    return response;
  };
  return { seen, watched };
}

describe('urql', () => {
  const clientFor = (watched: typeof fetch) =>
    new Client({
      url: `${api.url}/graphql`,
      exchanges: [cacheExchange, fetchExchange],
      fetch: watched,
      fetchOptions: { headers },
    });

  test('sends a query, by GET', async () => {
    const { seen, watched } = watchedFetch();
    const { data, error } = await clientFor(watched).query(QUERY, {}).toPromise();
    expect({ error, data, seen }).toMatchObject({ error: undefined, data: NAME, seen: ['GET 200 document'] });
  });

  test('sends a mutation', async () => {
    const { watched } = watchedFetch();
    const mutation = 'mutation($code: ID!) { registerDepartment(input: { code: $code, name: "审计局" }) { position } }';
    const { data, error } = await clientFor(watched).mutation(mutation, { code: 'D-URQL' }).toPromise();
    expect({ error, data }).toMatchObject({
      error: undefined,
      data: { registerDepartment: { position: expect.any(String) } },
    });
  });
});

describe('Apollo Client', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const clientFor = (watched: typeof fetch, useGETForHashedQueries: boolean) =>
    new ApolloClient({
      cache: new InMemoryCache(),
      link: ApolloLink.from([
        new PersistedQueryLink({ sha256, useGETForHashedQueries }),
        new HttpLink({ uri: `${api.url}/graphql`, headers, fetch: watched }),
      ]),
    });

  test.each([
    [false, 'POST 400 hash'],
    [true, 'GET 400 hash'],
  ])('with persisted queries (hashes by GET: %s) falls back to the document', async (byGet, refused) => {
    const { seen, watched } = watchedFetch();
    const client = clientFor(watched, byGet);
    expect((await client.query({ query: gql(QUERY) })).data).toMatchObject(NAME);
    expect((await client.query({ query: gql('{ department(code: "D1") { code } }') })).data).toBeDefined();
    // It does not try a hash again.
    expect(seen).toEqual([refused, 'POST 200 document', 'POST 200 document']);
  });
});

describe.each(['/graphql', '/graphql/stream'])('the extension of persisted queries at %s', (path) => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } };
  const post = (body: object) =>
    fetch(api.url + path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const get = (parameters: Record<string, string>) =>
    fetch(`${api.url}${path}?${new URLSearchParams(parameters).toString()}`, { headers });

  test('with a document is ignored, even if the hash is that of another document', async () => {
    for (const asked of [
      post({ query: QUERY, extensions }),
      get({ query: QUERY, extensions: JSON.stringify(extensions) }),
    ]) {
      const response = await asked;
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('财政局');
    }
  });

  test('without a document is refused', async () => {
    for (const asked of [post({ extensions }), get({ extensions: JSON.stringify(extensions) })]) {
      const response = await asked;
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'BAD_USER_INPUT' } }],
      });
    }
  });
});

test('a hash with an empty document is refused over WebSocket too, and the connection stays open', async () => {
  const client = createClient({
    url: `${api.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: headers,
    retryAttempts: 0,
  });
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } };
  try {
    expect(await client.iterate({ query: '', extensions }).next()).toMatchObject({
      value: { errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    expect(await client.iterate({ query: QUERY }).next()).toMatchObject({ value: { data: NAME } });
  } finally {
    await client.dispose();
  }
});
