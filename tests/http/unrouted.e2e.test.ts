import pino from 'pino';
import { FastifyInstance } from 'fastify';
import { createWebServer } from '../../src/app/web-server';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { startApi, TestApi } from '../support/api';
import { jsonOf, sendRaw } from '../support/raw-request';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const NOWHERE = { errors: [{ message: 'There is nothing at this path', extensions: { code: 'NOT_FOUND' } }] };

test.each([
  ['GET', '/nowhere'],
  ['GET', '/'],
  ['GET', '/graphql/'],
  ['GET', '/GraphQL'],
  ['GET', '/nowhere?query=x'],
  ['POST', '/nowhere'],
  ['DELETE', '/nowhere'],
  ['OPTIONS', '/nowhere'],
  ['PROPFIND', '/nowhere'],
  ['POST', '/evidence/budget'],
  ['POST', '/reports/evaluation/D1/2023xdocx'],
])('%s %s: 404', async (method, path) => {
  const answer = await sendRaw(api.url, { method, path });
  expect([answer.status, jsonOf(answer)]).toEqual([404, NOWHERE]);
});

test('the body of a request to an unknown path is not read', async () => {
  const headers = { 'content-type': 'text/plain' };
  const answer = await sendRaw(api.url, { method: 'POST', path: '/nowhere', headers, body: 'x'.repeat(2_000_000) });
  expect([answer.status, jsonOf(answer)]).toEqual([404, NOWHERE]);
});

test.each([
  ...['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'HEAD'].flatMap((method) => [
    [method, '/graphql', 'GET, POST'],
    [method, '/graphql/stream?query=x', 'GET, POST'],
    [method, '/changes.csv', 'GET'],
  ]),
  ['POST', '/changes', 'GET'],
  ...['POST', 'OPTIONS', 'HEAD'].flatMap((method) => [
    [method, '/evidence/budget/D1/2023', 'GET'],
    [method, '/evidence/change/1.tlog-proof?x=/', 'GET'],
    [method, '/reports/evaluation/D1/2023.docx', 'GET'],
    [method, '/forms/department/D1/2023.xlsx', 'GET'],
  ]),
  ['GET', '/imports', 'POST'],
])('%s %s: 405, with the methods that the path has', async (method, path, allow) => {
  const answer = await sendRaw(api.url, { method, path, headers: { 'content-length': '0' } });
  expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
  const error = { message: `This path takes ${allow}`, extensions: { code: 'BAD_USER_INPUT' } };
  if (method !== 'HEAD') expect(jsonOf(answer)).toEqual({ errors: [error] });
});

describe('a process that serves no API', () => {
  let server: FastifyInstance;
  let url: string;
  beforeAll(async () => {
    server = await createWebServer({ logger: pino({ level: 'silent' }), limits: DEFAULT_LIMITS });
    server.get('/health/live', () => ({ status: 'live' }));
    url = await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  test('answers in the same format', async () => {
    const nowhere = await sendRaw(url, { path: '/graphql' });
    expect([nowhere.status, jsonOf(nowhere)]).toEqual([404, NOWHERE]);
    const posted = await sendRaw(url, { method: 'POST', path: '/health/live' });
    expect([posted.status, posted.headers.allow]).toEqual([405, 'GET, HEAD']);
    expect((await sendRaw(url, { method: 'HEAD', path: '/health/live' })).status).toBe(200);
  });
});
