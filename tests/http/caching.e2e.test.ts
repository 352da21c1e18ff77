import { startApi, TestApi } from '../support/api';
import { sendRaw } from '../support/raw-request';

/** What is for one caller, or true only now, is kept by nobody. */

let api: TestApi;
let authorization: string;

beforeAll(async () => {
  api = await startApi();
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  authorization = `Bearer ${await api.token({ roles: ['auditor'] })}`;
});
afterAll(() => api.close());

const QUERY = encodeURIComponent('{ departments { totalCount } }');

test.each<[string, string, number]>([
  ['an answer about now', `/graphql?query=${QUERY}`, 200],
  ['a refused document', '/graphql?query=%7B', 400],
  ['a stream of events', `/graphql/stream?query=${QUERY}`, 200],
  ['an export of changes', '/changes.ndjson', 200],
  ['a refused export', '/changes.ndjson?after=x', 400],
  ['an export of a table', '/departments.csv', 200],
  ['a report', '/reports/evaluation/D1/2023.docx', 200],
  ['a path where nothing is', '/nowhere', 404],
  ['a method that a path does not have', '/imports', 405],
])('no cache keeps %s', async (_what, path, status) => {
  const { status: got, headers } = await sendRaw(api.url, { method: 'GET', path, headers: { authorization } });
  expect([got, headers['cache-control']]).toEqual([status, 'no-store']);
});

test.each<[string, Record<string, string>]>([
  ['a caller without a token', {}],
  ['a token that is none', { authorization: 'Bearer x' }],
])('no cache keeps the refusal of %s', async (_what, headers) => {
  const path = `/graphql?query=${QUERY}`;
  const answer = await sendRaw(api.url, { method: 'GET', path, headers });
  expect([answer.status, answer.headers['cache-control']]).toEqual([401, 'no-store']);
});

test('no cache keeps an answer by POST', async () => {
  const answer = await sendRaw(api.url, {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', authorization },
    body: '{"query":"{ departments { totalCount } }"}',
  });
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
});

test('no cache keeps the refusal of an address that cannot be read', async () => {
  const answer = await sendRaw(api.url, { method: 'GET', path: `/graphql?query=${'x'.repeat(20_000)}` });
  expect([answer.status, answer.headers['cache-control']]).toEqual([431, 'no-store']);
});
