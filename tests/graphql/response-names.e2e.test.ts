import { startApi, TestApi } from '../support/api';
import { feedClient, Transport, TRANSPORTS } from '../support/feed-client';

/** A response name may be any name, on every transport, compiled or not. */

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T04:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
});
afterAll(() => api.close());

const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'then',
  'toJSON',
];
const QUERY = `{ ${NAMES.map((name) => `${name}: department(code: "D1") { ${name}: code code }`).join(' ')} }`;
const SUBSCRIPTION = NAMES.map(
  (name) => `subscription { ${name}: changes(after: "0") { ... on Change { ${name}: entity } } }`,
);
/** As text, because `__proto__` in an object literal would set the prototype. */
const ANSWER = `{${NAMES.map((name) => `"${name}":{"${name}":"D1","code":"D1"}`).join(',')}}`;

test('over HTTP', async () => {
  const authorization = `Bearer ${await api.token()}`;
  for (let time = 0; time < 4; time++) {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query: QUERY }),
    });
    const text = await response.text();
    expect(text.slice(0, text.indexOf(',"extensions":{"cost":'))).toBe(`{"data":${ANSWER}`);
  }
});

const first = async (transport: Transport, query: string): Promise<unknown> => {
  const client = feedClient(transport, { url: api.url, token: await api.token() });
  try {
    for await (const { data, errors } of client.ask({ query })) return errors ?? data;
    return undefined;
  } finally {
    client.dispose();
  }
};

test.each(TRANSPORTS)('over %s', async (transport) => {
  for (let time = 0; time < 4; time++) expect(JSON.stringify(await first(transport, QUERY))).toBe(ANSWER);
});

test.each(TRANSPORTS)('in the feed over %s', async (transport) => {
  for (const [at, query] of SUBSCRIPTION.entries()) {
    const name = NAMES[at]!;
    for (let time = 0; time < 4; time++) {
      const data = JSON.stringify(await first(transport, query));
      expect(data).toBe(`{"${name}":{"${name}":"D1"}}`);
    }
  }
});

test.each(TRANSPORTS)('a subscription whose only field is skipped is refused over %s', async (transport) => {
  const query = 'subscription { ...F @skip(if: true) } fragment F on Subscription { changes { __typename } }';
  expect(await first(transport, query)).toEqual([expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } })]);
});
