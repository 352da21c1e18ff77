import { getIntrospectionQuery } from 'graphql';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { feedClient, first, TRANSPORTS } from '../support/feed-client';

const onEnd = cleanUps();
const QUESTIONS = [
  getIntrospectionQuery(),
  '{ __type(name: "Query") { name } }',
  '{ ...F } fragment F on Query { a: __schema { __typename } }',
];

async function start(introspection?: boolean): Promise<TestApi> {
  const api = await startApi({ introspection });
  onEnd(() => api.close());
  return api;
}

async function codesOf(api: TestApi, query: string, token: string): Promise<(string | undefined)[]> {
  const overHttp = await api.ask(query, undefined, token);
  const codes = [overHttp.errors?.[0]?.extensions.code];
  for (const transport of TRANSPORTS) {
    const client = feedClient(transport, { url: api.url, token });
    const { errors } = await first(client.ask({ query }));
    client.dispose();
    codes.push(errors?.[0]?.extensions.code);
  }
  return codes;
}

test('tokens with a role read the schema, over every transport', async () => {
  const api = await start();
  for (const query of QUESTIONS)
    expect(await codesOf(api, query, await api.token())).toEqual([undefined, undefined, undefined]);
});

test('tokens without a role do not', async () => {
  const api = await start();
  const token = await api.token({ roles: [] });
  // Also if the server knows the document, because somebody with a role has asked.
  for (const before of [undefined, await api.token()]) {
    for (const query of QUESTIONS) {
      if (before !== undefined) expect((await api.ask(query, undefined, before)).errors).toBeUndefined();
      expect(await codesOf(api, query, token)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    }
  }
  expect((await api.ask('{ __typename }', undefined, token)).data).toEqual({ __typename: 'Query' });
});

test('nobody does if introspection is turned off', async () => {
  const api = await start(false);
  const token = await api.token();
  for (const query of QUESTIONS)
    expect(await codesOf(api, query, token)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  expect((await api.ask('{ __typename }', undefined, token)).data).toEqual({ __typename: 'Query' });
});
