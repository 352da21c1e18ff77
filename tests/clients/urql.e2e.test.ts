import { Client, fetchExchange } from '@urql/core';
import { cacheExchange, CacheExchangeOpts } from '@urql/exchange-graphcache';
import { CachingClient, describeCaching } from './caching.contract';
import { fromApiPage } from './api-page';
import { World } from './world';

const cacheOptions = fromApiPage('graphcacheOptions') as CacheExchangeOpts;

async function urql({ api }: World): Promise<CachingClient> {
  const headers = { authorization: `Bearer ${await api.token()}` };
  const client = new Client({
    url: `${api.url}/graphql`,
    exchanges: [cacheExchange(cacheOptions), fetchExchange],
    fetchOptions: { headers },
    preferGetMethod: false,
  });
  const data = ({ data: answer, error }: { data?: unknown; error?: Error }): unknown => {
    if (error !== undefined) throw error;
    return answer;
  };
  return {
    fetch: async ({ document, variables }) =>
      data(await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise()),
    mutate: async ({ document, variables }) => data(await client.mutation(document, variables).toPromise()),
    cached: async ({ document, variables }) =>
      data(await client.query(document, variables, { requestPolicy: 'cache-only' }).toPromise()),
  };
}

describe('urql with graphcache', () => {
  const warnings = jest.spyOn(console, 'warn');

  describeCaching(urql);

  afterAll(() => {
    expect(warnings.mock.calls).toEqual([]);
  });
});
