import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';
import { startApi, TestApi } from '../support/api';

const QUERY = `subscription($after: Position, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter) {
    __typename
    ... on Change { id position sequence type entity fields { path after } }
    ... on FeedMark { kind position }
  }
}`;

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  for (const code of ['D1', 'D2', 'D3']) await api.write('registerDepartment', { code, name: code });
});
afterEach(() => api.close());

test.each(['WebSocket', 'SSE'])('history and live over %s', async (transport) => {
  const token = await api.token({ roles: ['analyst'] });
  const authorization = `Bearer ${token}`;
  const client =
    transport === 'WebSocket'
      ? createWsClient({
          url: api.url.replace('http', 'ws') + '/graphql',
          webSocketImpl: WebSocket,
          connectionParams: { authorization },
        })
      : createSseClient({ url: `${api.url}/graphql/stream`, headers: { authorization } });
  const items: any[] = [];
  const results = client.iterate<any>({ query: QUERY, variables: { after: '1' } });
  for await (const { data, errors } of results as AsyncIterable<any>) {
    expect(errors).toBeUndefined();
    items.push(data.changes);
    if (data.changes.kind === 'CAUGHT_UP') {
      await api.write('renameDepartment', { code: 'D2', name: '新名' });
    }
    if (items.length === 4) break;
  }
  expect(
    items.map(({ __typename, kind, entity, position }) => ({ __typename, what: kind ?? entity, position })),
  ).toEqual([
    { __typename: 'Change', what: 'D2', position: '2' },
    { __typename: 'Change', what: 'D3', position: '3' },
    { __typename: 'FeedMark', what: 'CAUGHT_UP', position: '3' },
    { __typename: 'Change', what: 'D2', position: '4' },
  ]);
  expect(items[3].fields).toEqual([{ path: '/name', after: '新名' }]);
  void client.dispose();
});
