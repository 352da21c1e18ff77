import fastify from 'fastify';
import { allowOrigins, isAllowedOrigin, Origins } from '../../src/http/cors';

const PAGE = 'https://budget.example';
const HOST = 'ledger.example:4000';

test.each<[string, Origins, string | undefined, string | undefined, boolean]>([
  ['a page of the list', [PAGE], PAGE, HOST, true],
  ['a page that is not listed', [PAGE], 'https://stranger.example', HOST, false],
  ['a page if none is listed', [], PAGE, HOST, false],
  ['any page if all may', '*', PAGE, HOST, true],
  ['a program, which sends no origin', [], undefined, HOST, true],
  ["the server's own page", [], `http://${HOST}`, HOST, true],
  ['a page of the same name at another port', [], 'http://ledger.example:4001', HOST, false],
  ['an origin that is no address', [], 'null', HOST, false],
  ['an origin that is no address, and no host', [], 'null', undefined, false],
])('a WebSocket for %s', (_who, origins, origin, host, allowed) => {
  expect(isAllowedOrigin(origins, origin, host)).toBe(allowed);
});

test.each<[string, Origins, string, string | undefined]>([
  ['a page of the list', [PAGE], PAGE, PAGE],
  ['a page that is not listed', [PAGE], 'https://stranger.example', undefined],
  ['a page if none is listed', [], PAGE, undefined],
  ['any page if all may', '*', PAGE, '*'],
])('answers are read by %s', async (_who, origins, origin, allowed) => {
  const server = fastify();
  await allowOrigins(server, origins);
  server.get('/', () => 'served');
  const { headers, body } = await server.inject({ url: '/', headers: { origin } });
  expect([headers['access-control-allow-origin'], body]).toEqual([allowed, 'served']);
  await server.close();
});

test.each<[string, 'GET' | 'OPTIONS', object, boolean]>([
  ['a preflight', 'OPTIONS', { 'access-control-request-method': 'POST' }, true],
  ['an OPTIONS request that is no preflight', 'OPTIONS', {}, false],
  ['a request with a header of a preflight', 'GET', { 'access-control-request-method': 'POST' }, false],
  ['any other request', 'GET', {}, false],
])('only a preflight is answered before its route: %s', async (_what, method, headers, isAnswered) => {
  const server = fastify();
  await allowOrigins(server, [PAGE]);
  server.get('/', () => 'served');
  const answer = await server.inject({ url: '/', method, headers: { origin: PAGE, ...headers } });
  expect(answer.statusCode === 204).toBe(isAnswered);
  await server.close();
});
