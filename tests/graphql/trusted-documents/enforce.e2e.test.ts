import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { getIntrospectionQuery } from 'graphql';
import { apolloClientText } from '../../../src/cli/apollo-client-text';
import { hashOf } from '../../../src/graphql/trusted-documents/manifest';
import { startApi, TestApi } from '../../support/api';
import { firstItem, WAYS } from './transports';
import { WITH_COST } from '../../support/cost';

const QUERY = 'query Name($code: ID!) { department(code: $code) { name } }';
const MUTATION =
  'mutation Register($code: ID!) { registerDepartment(input: { code: $code, name: "审计局" }) { position } }';
const FEED = 'subscription Feed { changes(after: "0") { ... on Change { entity } ... on FeedMark { position } } }';
const FOR_APOLLO = gql('query ForApollo { department(code: "D1") { code name } }');
const TRUSTED = [QUERY, MUTATION, FEED, apolloClientText(FOR_APOLLO)];
const variables = { code: 'D1' };
const byHash = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } });

let api: TestApi;
const unlisted: string[] = [];

beforeAll(async () => {
  api = await startApi({
    trust: {
      mode: 'enforce',
      listed: TRUSTED.map((text) => ({ hash: hashOf(text), text })),
      onUnlisted: (text) => unlisted.push(text),
    },
  });
  const { errors } = await api.ask(MUTATION, variables);
  expect(errors).toBeUndefined();
});
afterAll(async () => {
  await api.close();
  expect(unlisted).toEqual([]);
});

describe.each(Object.entries(WAYS))('by %s', (_, send) => {
  test.each([
    ['its text', { query: QUERY }],
    ['documentId with a prefix', { documentId: `sha256:${hashOf(QUERY)}` }],
    ['documentId without a prefix', { documentId: hashOf(QUERY) }],
    ['the extension of persisted queries', byHash(QUERY)],
    ['its text, beside the hash of another', { query: QUERY, ...byHash('{ other }') }],
  ])('a trusted document is executed by %s', async (_way, request) => {
    expect(await send(api, { ...request, variables })).toEqual({
      data: { department: { name: '审计局' } },
      extensions: WITH_COST,
    });
  });

  test.each([
    ['another text', { query: '{ ledger { demo } }' }],
    ['a text that differs in a space', { query: `${QUERY} ` }],
    ['another text, beside the hash of a trusted one', { query: '{ ledger { demo } }', ...byHash(QUERY) }],
    ['an unknown hash', { documentId: `sha256:${'0'.repeat(64)}` }],
    ['an unknown hash in the extension', byHash('{ ledger { demo } }')],
    ['a hash of another kind', { documentId: `md5:${hashOf(QUERY)}` }],
    ['an extension without a hash', { extensions: { persistedQuery: { version: 1 } } }],
    ['a text that cannot be parsed', { query: '{ secret' }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
  ])('%s is refused', async (_way, request) => {
    const { data, errors } = await send(api, { ...request, variables });
    expect({ data, errors }).toEqual({
      data: undefined,
      errors: [{ message: expect.any(String), extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
    });
    expect(errors?.[0]?.message).not.toMatch(/secret|ledger/);
  });
});

test('a mutation by its hash is recorded by POST, and refused by GET', async () => {
  const request = { documentId: hashOf(MUTATION), variables: { code: 'D2' } };
  expect((await WAYS.GET!(api, request)).errors?.[0]?.message).toMatch(/^GET requests only support query/);
  expect(await WAYS.POST!(api, request)).toMatchObject({
    data: { registerDepartment: { position: expect.any(String) } },
  });
});

test.each(['WebSocket', 'SSE'] as const)('a subscription by its hash, over %s', async (over) => {
  const item = { data: { changes: { entity: expect.any(String) } } };
  expect(await firstItem(api, over, { documentId: `sha256:${hashOf(FEED)}` })).toMatchObject(item);
  expect(await firstItem(api, over, byHash(FEED))).toMatchObject(item);
});

test('wrong variables of a trusted document are refused as usual', async () => {
  const { errors } = await WAYS.POST!(api, { documentId: hashOf(QUERY), variables: {} });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', violations: [{ path: '/code' }] });
});

test('the introspection of GraphiQL is refused', async () => {
  const { errors } = await api.ask(getIntrospectionQuery());
  expect(errors?.[0]?.extensions.code).toBe('DOCUMENT_NOT_TRUSTED');
});

test('the link for persisted queries of Apollo Client sends only the hash', async () => {
  const bodies: string[] = [];
  const watched: typeof fetch = (input, init) => {
    if (typeof init?.body === 'string') bodies.push(init.body);
    return fetch(input, init);
  };
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      new PersistedQueryLink({ sha256: hashOf }),
      new HttpLink({
        uri: `${api.url}/graphql`,
        headers: { authorization: `Bearer ${await api.token()}` },
        fetch: watched,
      }),
    ]),
  });
  expect((await client.query({ query: FOR_APOLLO })).data).toMatchObject({ department: { name: '审计局' } });
  expect(bodies.map((body) => 'query' in (JSON.parse(body) as object))).toEqual([false]);
});
