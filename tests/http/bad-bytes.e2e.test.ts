import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import WebSocket from 'ws';
import { SECRET, startApi, TestApi } from '../support/api';
import { jsonOf, RawRequest, sendRaw } from '../support/raw-request';
import { WITH_COST } from '../support/cost';

/** Bytes that are not UTF-8 are refused in every text that the server receives, with a clear error. Nothing is recorded. */

let api: TestApi;
let token: string;
let head: bigint;

beforeAll(async () => {
  api = await startApi();
  token = await api.token();
  await api.write('registerDepartment', { code: 'D1', name: '财政局' });
});
afterAll(() => api.close());
beforeEach(async () => {
  head = await api.eventStore.head();
});
afterEach(async () => {
  expect(await api.eventStore.head()).toBe(head);
});

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const GBK = bytes(0xb2, 0xc6);
const DOCUMENT = 'mutation($input: RegisterDepartmentInput!) { registerDepartment(input: $input) { position } }';

/** A JSON body with `name` copied unchanged into it: bytes, or a text as JSON. */
const writing = (name: Buffer | string): Buffer => {
  const [before, after] = JSON.stringify({ variables: { input: { code: 'D2', name: '@' } } }).split('@');
  return Buffer.concat([
    Buffer.from(`{"query":${JSON.stringify(DOCUMENT)},${before!.slice(1)}`),
    Buffer.from(name),
    Buffer.from(after!),
  ]);
};

const send = (request: RawRequest) =>
  sendRaw(api.url, { ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } });

async function refusalOf(request: RawRequest) {
  const answer = await send(request);
  const { errors, ...rest } = jsonOf(answer);
  expect({ rest, count: errors.length }).toEqual({ rest: {}, count: 1 });
  return { status: answer.status, code: errors[0].extensions.code, message: errors[0].message };
}

const percentEncoded = (value: Buffer): string => [...value].map((byte) => `%${byte.toString(16)}`).join('');

const NOT_UTF_8: readonly (readonly [string, Buffer])[] = [
  ['GBK', GBK],
  ['Latin-1', bytes(0xe9)],
  ['an incomplete character', bytes(0xe8, 0xb4)],
  ['half of a surrogate pair', bytes(0xed, 0xa0, 0x80)],
  ['a surrogate pair as two characters of three bytes', bytes(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)],
  ['NUL in two bytes', bytes(0xc0, 0x80)],
  ['a slash in two bytes', bytes(0xc0, 0xaf)],
  ['a code point after the last one', bytes(0xf4, 0x90, 0x80, 0x80)],
  ['a byte that UTF-8 never has', bytes(0xff)],
];

describe.each(['/graphql', '/graphql/stream'])('a body at POST %s', (path) => {
  const post = (body: Buffer, headers: Record<string, string> = {}) =>
    refusalOf({ method: 'POST', path, body, headers: { 'content-type': 'application/json', ...headers } });

  test.each(NOT_UTF_8)('that has %s: 400', async (_, name) => {
    expect(await post(writing(name))).toEqual({
      status: 400,
      code: 'BAD_USER_INPUT',
      message: 'The request body is not UTF-8',
    });
  });

  test.each<[string, Buffer, Buffer]>([
    [
      'GBK in the document',
      Buffer.from(`{"query":"mutation { registerDepartment(input: { code: \\"D2\\", name: \\"`),
      GBK,
    ],
    ['GBK in a key', Buffer.from(`{"query":${JSON.stringify(DOCUMENT)},"`), GBK],
    ['UTF-16, as > writes it in PowerShell 5', bytes(0xff, 0xfe), Buffer.from(writing('"x"').toString(), 'utf16le')],
  ])('with %s: 400', async (_, start, end) => {
    expect(await post(Buffer.concat([start, end]))).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });

  test.each(['gb18030', 'GBK', '"gb2312"', 'iso-8859-1', 'utf-16', 'us-ascii', "'utf-8'", '""', 'utf-8x'])(
    'whose content-type says charset=%s: 415',
    async (charset) => {
      const headers = { 'content-type': `application/json; charset=${charset}` };
      expect(await post(writing('财政局'), headers)).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' });
    },
  );

  test.each([
    ['text/plain'],
    ['text/plain; charset=utf-8'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/graphql-response+json'],
    ['application/graphql'],
    ['application/jsonx'],
    ['json'],
    [''],
  ])('whose content-type is "%s": 415', async (type) => {
    expect(await post(writing('财政局'), { 'content-type': type })).toMatchObject({
      status: 415,
      code: 'BAD_USER_INPUT',
    });
  });

  test('without a content-type: 415', async () => {
    expect(await refusalOf({ method: 'POST', path, body: writing('财政局') })).toEqual({
      status: 415,
      code: 'BAD_USER_INPUT',
      message: 'A request body needs the header content-type: application/json',
    });
  });

  test.each(['gzip', 'deflate', 'br', 'gzip, identity'])('that is compressed by %s: 415', async (encoding) => {
    expect(await post(gzipSync(writing('财政局')), { 'content-encoding': encoding })).toEqual({
      status: 415,
      code: 'BAD_USER_INPUT',
      message: 'A request body must not be compressed',
    });
  });

  test.each([
    ['a string', '"\ud800"'],
    ['a string, the halves in the wrong order', '"\udc00\ud800"'],
    ['a block string', '"""\ud800"""'],
    ['an escape', String.raw`"\ud800"`],
    ['an escape of two halves in the wrong order', String.raw`"\udc00\ud800"`],
    ['an escape with braces', String.raw`"\u{d800}"`],
    ['a comment', '"x" #\ud800\n'],
  ])('whose document has half of a surrogate pair in %s: BAD_USER_INPUT', async (_, literal) => {
    const query = `mutation { registerDepartment(input: { code: "D2", name: ${literal} }) { position } }`;
    const answer = await send({
      method: 'POST',
      path,
      body: JSON.stringify({ query }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.body.toString()).toContain('"code":"BAD_USER_INPUT"');
  });

  test.each([
    ['', '/input/name', '\\ud800'],
    ['at the end of the text', '/input/name', '财\\ud83d'],
    ['of the second half', '/input/name', '\\ude00政'],
    ['after a complete pair', '/input/name', '\\ud83d\\ude00\\ud83d'],
  ])('with half of a surrogate pair %s: BAD_USER_INPUT with its path', async (_, place, name) => {
    const answer = await send({
      method: 'POST',
      path,
      body: writing(name),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.body.toString()).toContain(`"violations":[{"path":"${place}"`);
    expect(answer.body.toString()).toContain('"code":"BAD_USER_INPUT"');
  });
});

test('half of a surrogate pair is refused in every text of an input, each with its path', async () => {
  const input = {
    code: 'D2',
    name: 'x',
    idempotencyKey: 'k\ud800',
    reason: '\udfff',
    documentNo: '\ud800',
    evidence: [{ uri: 'file:a' }, { uri: 'file:\ud800', title: '\ud800' }],
  };
  const { extensions } = await api.refusal('registerDepartment', input);
  expect(extensions.violations.map(({ path }: { path: string }) => path).sort()).toEqual([
    '/input/documentNo',
    '/input/evidence/1/title',
    '/input/evidence/1/uri',
    '/input/idempotencyKey',
    '/input/reason',
  ]);
});

test('half of a surrogate pair is refused in an argument that is a text itself', async () => {
  const { errors } = await api.ask('query($code: ID!) { department(code: $code) { name } }', { code: '\ud800' });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', violations: [{ path: '/code' }] } }]);
});

describe.each([
  ['/graphql', 'query'],
  ['/graphql/stream', 'query'],
  ['/changes.ndjson', 'departments'],
  ['/changes.csv', 'departments'],
  ['/changes', 'entities'],
])('an address of %s', (path, parameter) => {
  test.each([
    ...NOT_UTF_8.map(([name, value]): [string, string] => [name, percentEncoded(value)]),
    ['no hexadecimal digits after %', '%G1'],
    ['a % at its end', '%'],
    ['one digit after %', '%2'],
    ['the escape of JavaScript', '%u8d22'],
    ['bytes that are not percent-encoded', GBK.toString('latin1')],
    ['UTF-8 that is not percent-encoded', Buffer.from('财').toString('latin1')],
  ])('with %s: 400', async (_, value) => {
    for (const target of [`${path}?${parameter}=${value}`, `${path}?${value}=x`]) {
      expect(await refusalOf({ path: target })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    }
  });
});

test.each(['/%B2%C6', '/graphql%G1', '/changes%', '/\xb2\xc6'])('a path that is not UTF-8, %s: 400', async (path) => {
  expect(await refusalOf({ path })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
});

test('half of a surrogate pair in the variables of an address: BAD_USER_INPUT', async () => {
  const variables = encodeURIComponent('{"code":"\\ud800"}');
  const query = encodeURIComponent('query($code: ID!) { department(code: $code) { name } }');
  const answer = await send({ path: `/graphql?query=${query}&variables=${variables}` });
  expect(jsonOf(answer).errors[0].extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    violations: [{ path: '/code' }],
  });
});

describe.each(['x-correlation-id', 'x-causation-id'])('the header %s', (name) => {
  test.each([
    ['GBK', GBK.toString('latin1')],
    ['UTF-8', Buffer.from('财').toString('latin1')],
    ['a space', 'a b'],
    ['a tab', 'a\tb'],
    ['129 characters', 'x'.repeat(129)],
  ])('with %s: 400', async (_, value) => {
    const headers = { 'content-type': 'application/json', [name]: value };
    for (const path of ['/graphql', '/graphql/stream']) {
      expect(await refusalOf({ method: 'POST', path, body: writing('财政局'), headers })).toEqual({
        status: 400,
        code: 'BAD_USER_INPUT',
        message: `The header ${name} takes at most 128 printable ASCII characters`,
      });
    }
  });
});

test('Last-Event-ID that is not UTF-8: BAD_USER_INPUT', async () => {
  const { body } = await send({
    path: `/graphql/stream?query=${encodeURIComponent('subscription { changes { __typename } }')}`,
    headers: { 'last-event-id': GBK.toString('latin1') },
  });
  expect(body.toString()).toContain('"code":"BAD_USER_INPUT"');
});

describe('a signed token', () => {
  const part = (text: string | Buffer): string => Buffer.from(text as string).toString('base64url');
  const signed = (payload: string | Buffer): string => {
    const start = `${part('{"alg":"HS256"}')}.${part(payload)}`;
    return `${start}.${createHmac('sha256', SECRET).update(start).digest('base64url')}`;
  };
  const claims = (sub: Buffer | string, name: Buffer | string): Buffer =>
    Buffer.concat([
      Buffer.from(`{"exp":${Math.floor(Date.now() / 1000) + 3_600},"roles":["editor"],"departments":"*","sub":"`),
      Buffer.from(sub as string),
      Buffer.from('","name":"'),
      Buffer.from(name as string),
      Buffer.from('"}'),
    ]);

  test('that is valid is accepted', async () => {
    const authorization = `Bearer ${signed(claims('u-1', '张编辑'))}`;
    const query = encodeURIComponent('{ department(code: "D1") { name } }');
    const answer = await send({ path: `/graphql?query=${query}`, headers: { authorization } });
    expect(jsonOf(answer)).toEqual({ data: { department: { name: '财政局' } }, extensions: WITH_COST });
  });

  test.each([
    ...NOT_UTF_8,
    ...['\\ud800', '\\udc00\\ud800', '\\u0000', '\\n', '\\u001b[31m', '\\u0085', '\\u2028'].map(
      (escaped) => [escaped, Buffer.from(escaped)] as const,
    ),
  ])('whose sub or name has %s: 401', async (_, text) => {
    for (const payload of [claims(text, '张编辑'), claims('u-1', Buffer.concat([Buffer.from('张'), text]))]) {
      const answer = await refusalOf({
        method: 'POST',
        path: '/graphql',
        body: writing('财政局'),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${signed(payload)}` },
      });
      expect(answer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
  });
});

describe('WebSocket', () => {
  async function connect(): Promise<WebSocket> {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    await once(socket, 'message');
    return socket;
  }
  const subscribing = (name: Buffer | string): Buffer => {
    const request = writing(name);
    return Buffer.concat([Buffer.from('{"id":"1","type":"subscribe","payload":'), request, Buffer.from('}')]);
  };

  test.each(NOT_UTF_8)('a text frame with %s: 1007', async (_, name) => {
    const socket = await connect();
    socket.send(subscribing(name), { binary: false });
    expect((await once(socket, 'close'))[0]).toBe(1007);
  });

  test.each([...NOT_UTF_8, ['UTF-8', Buffer.from('财政局')] as const])(
    'a binary frame with %s: 1003',
    async (_, name) => {
      const socket = await connect();
      socket.send(subscribing(name), { binary: true });
      expect((await once(socket, 'close'))[0]).toBe(1003);
    },
  );

  test('half of a surrogate pair: BAD_USER_INPUT with its path', async () => {
    const socket = await connect();
    socket.send(subscribing('\\ud800'), { binary: false });
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(message.toString()).payload.errors[0].extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      violations: [{ path: '/input/name' }],
    });
    socket.close();
    await once(socket, 'close');
  });
});

test.each([' ', '[', 'a b', 'a:b:c'])(
  'a header Host that names no host, such as "%s": 400, on every path',
  async (host) => {
    for (const path of [
      '/graphql?query=%7Bledger%7Bdemo%7D%7D',
      '/graphql/stream?query=%7Bledger%7Bdemo%7D%7D',
      '/changes',
    ]) {
      expect(await refusalOf({ path, headers: { host } })).toEqual({
        status: 400,
        code: 'BAD_USER_INPUT',
        message: 'The header Host names no host',
      });
    }
  },
);
