import { ApolloClient, gql, HttpLink, InMemoryCache, InMemoryCacheConfig } from '@apollo/client';
import { CachingClient, describeCaching } from './caching.contract';
import { fromApiPage } from './api-page';
import { World } from './world';

const cacheOptions = fromApiPage('cacheOptions') as InMemoryCacheConfig;

async function apollo({ api }: World): Promise<CachingClient> {
  const headers = { authorization: `Bearer ${await api.token()}` };
  const client = new ApolloClient({
    cache: new InMemoryCache(cacheOptions),
    link: new HttpLink({ uri: `${api.url}/graphql`, headers }),
  });
  return {
    fetch: async ({ document, variables }) =>
      (await client.query({ query: gql(document), variables, fetchPolicy: 'network-only' })).data,
    mutate: async ({ document, variables }) => (await client.mutate({ mutation: gql(document), variables })).data,
    cached: ({ document, variables }) => client.readQuery({ query: gql(document), variables }),
  };
}

describe('Apollo Client', () => {
  const warnings = jest.spyOn(console, 'warn');
  const errors = jest.spyOn(console, 'error');

  describeCaching(apollo);

  afterAll(() => {
    expect([...warnings.mock.calls, ...errors.mock.calls]).toEqual([]);
  });
});
