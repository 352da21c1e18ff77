import { on, once } from 'node:events';
import WebSocket from 'ws';
import { startApi, TestApi } from '../support/api';
import { sendRaw } from '../support/raw-request';

/** No answer repeats more than 200 characters of what was sent, wherever a client puts a long text. */

let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await startApi();
  token = await api.token();
});
afterAll(() => api.close());

const LONG = 'x'.repeat(90_000);
const LONGER = 'x'.repeat(900_000);
const CHANGES = 'query($x: ID!) { changes(filter: { departments: [$x] }) { nodes { id } } }';

const DOCUMENTS: readonly (readonly [string, object])[] = [
  ['a field', { query: `{ ${LONG} }` }],
  ['an alias', { query: `{ ${LONG}: departments }` }],
  ['an argument', { query: `{ departments(${LONG}: 1) { nodes { id } } }` }],
  ['a directive', { query: `{ ledger @${LONG} { demo } }` }],
  ['a fragment', { query: `{ ...${LONG} }` }],
  ['a type condition', { query: `{ ... on ${LONG} { id } }` }],
  ['an operation', { query: `query ${LONG} { ledger { none } }` }],
  ['a variable', { query: `{ department(code: $${LONG}) { id } }` }],
  ['the type of a variable', { query: `query($x: ${LONG}) { department(code: $x) { id } }` }],
  [
    'the lists of a type',
    { query: `query($x: ${'['.repeat(1_200)}Int${']'.repeat(1_200)}) { department(code: $x) { id } }` },
  ],
  ['an enum value', { query: `{ tasks(status: ${LONG}) { nodes { id } } }` }],
  ['a text for a number', { query: `{ budget(department: "D", fiscalYear: "${LONG}") { id } }` }],
  ['a number', { query: `{ budget(department: "D", fiscalYear: ${'1'.repeat(90_000)}) { id } }` }],
  ['no syntax', { query: `{ ledger ${LONG} "` }],
  ['an unexpected name', { query: `query { ledger } ${LONG}` }],
  ['a text without an end', { query: `{ department(code: "${LONG}` }],
  ['the operation that is meant', { query: 'query A { ledger { demo } }', operationName: LONGER }],
  ['the value of a variable', { query: CHANGES, variables: { x: LONGER } }],
  [
    'a variable for an enum',
    { query: 'query($x: [TaskStatus!]) { tasks(status: $x) { nodes { id } } }', variables: { x: [LONGER] } },
  ],
  [
    'a variable for a number',
    { query: 'query($x: Int!) { budget(department: "D", fiscalYear: $x) { id } }', variables: { x: LONGER } },
  ],
  [
    'a variable for a moment',
    { query: 'query($x: DateTime) { asOf(at: { knownAt: $x }) { position } }', variables: { x: LONGER } },
  ],
  ['a variable for an id', { query: 'query($x: ID!) { node(id: $x) { id } }', variables: { x: LONGER } }],
  ['a cursor', { query: 'query($x: String) { departments(after: $x) { nodes { id } } }', variables: { x: LONGER } }],
  [
    'a position',
    { query: 'query($x: Position) { asOf(at: { position: $x }) { position } }', variables: { x: LONGER } },
  ],
  [
    'a field of an input',
    {
      query: 'mutation($x: RegisterDepartmentInput!) { registerDepartment(input: $x) { position } }',
      variables: { x: { [LONG]: 1, code: LONG, name: LONG, idempotencyKey: LONG } },
    },
  ],
  ['the hash of a document', { extensions: { persistedQuery: { version: 1, sha256Hash: LONGER } } }],
  ['the id of a document', { documentId: LONGER }],
  ['the extensions', { query: '{ none }', extensions: { [LONG]: LONG } }],
];

function expectShort(text: string): void {
  expect(text).not.toMatch(/x{201}|1{201}|\[{201}/);
  expect(text.length).toBeLessThan(5_000);
  expect(text).toContain('"errors"');
}

describe.each(['/graphql', '/graphql/stream'])('at %s', (path) => {
  test.each(DOCUMENTS)('as %s', async (_, body) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${api.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expectShort(await response.text());
  });
});

describe('over WebSocket', () => {
  let socket: WebSocket;
  beforeAll(async () => {
    socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    await once(socket, 'message');
  });
  afterAll(() => {
    socket.close();
  });

  let id = 0;
  test.each(DOCUMENTS)('as %s', async (_, payload) => {
    socket.send(JSON.stringify({ type: 'subscribe', id: String(++id), payload: { query: '', ...payload } }));
    let text = '';
    for await (const [message] of on(socket, 'message') as AsyncIterable<[Buffer]>) {
      text += message.toString();
      if (/"type":"(complete|error)"/.test(text)) break;
    }
    expectShort(text);
  });

  test('in a ping, which is answered without it', async () => {
    socket.send(JSON.stringify({ type: 'ping', payload: { x: LONGER } }));
    const [answer] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(answer.toString())).toEqual({ type: 'pong' });
  });

  test('as the id of an operation, the connection is closed', async () => {
    socket.send(JSON.stringify({ type: 'subscribe', id: LONGER, payload: { query: '{ ledger { demo } }' } }));
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([4400, 'The id of an operation has at most 128 characters']);
  });
});

const PART = 'x'.repeat(7_000);
test.each<[string, string, Record<string, string>]>([
  ['an address', `/${PART}`, {}],
  ['the format of an export', `/changes.csv?format=${PART}`, {}],
  ['the start of an export', `/changes?after=${PART}`, {}],
  ['a filter of an export', `/changes?entity=${PART}&types=${PART}`, {}],
  ['a parameter of an export', `/changes?${PART}=1`, {}],
  ['a media type', '/changes', { accept: PART }],
  ['a request id', '/graphql?query=x', { 'x-correlation-id': PART }],
  ['a token', '/graphql?query=x', { authorization: `Bearer ${PART}` }],
  ['a token of three parts', '/graphql?query=x', { authorization: `Bearer ${PART}.x.x` }],
  ['a query', `/graphql?query=${PART}`, {}],
  ['the last event', '/graphql/stream?query=subscription{changes{__typename}}', { 'last-event-id': PART }],
  ['a media type of a body', '/graphql', { 'content-type': PART, 'content-length': '0' }],
])('as %s', async (_, path, headers) => {
  const { body } = await sendRaw(api.url, { path, headers: { authorization: `Bearer ${token}`, ...headers } });
  expectShort(body.toString());
});

test('as the charset of a body', async () => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': `application/json; charset=${PART}` };
  const { status, body } = await sendRaw(api.url, { method: 'POST', path: '/graphql', headers, body: '{}' });
  expect(status).toBe(415);
  expectShort(body.toString());
});
