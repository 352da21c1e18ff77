import { once } from 'node:events';
import { connect } from 'node:net';
import WebSocket from 'ws';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { LedgerReader } from '../../src/reading/ledger-reader';
import { Outage } from '../../src/kernel/outage';
import { ApiOptions, startApi, TestApi, TokenClaims } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import {
  FeedClient,
  feedClient,
  FeedRequest,
  first,
  isCaughtUp,
  marksOf,
  read,
  sequencesOf,
  TRANSPORTS,
} from '../support/feed-client';
import { WITH_COST } from '../support/cost';

const onEnd = cleanUps();

async function setUp(options: ApiOptions = {}): Promise<TestApi> {
  const api = await startApi(options);
  onEnd(() => api.close());
  for (const code of ['D1', 'D2', 'D3']) await api.write('registerDepartment', { code, name: code });
  return api;
}

const seatsFree = (api: TestApi) =>
  eventually('all subscribers are gone', () => Promise.resolve(api.ledger.services.feed.live.subscribers === 0));

describe.each(TRANSPORTS)('over %s', (transport) => {
  async function clientOf(api: TestApi, claims: TokenClaims = { roles: ['analyst'] }): Promise<FeedClient> {
    const client = feedClient(transport, { url: api.url, token: await api.token(claims) });
    onEnd(() => {
      client.dispose();
    });
    return client;
  }

  const errorOf = async (client: FeedClient, request: FeedRequest) => {
    const { data, errors } = await first(client.ask(request));
    // A mutation that is refused is null by itself.
    expect(Object.values(data ?? {}).every((field) => field === null)).toBe(true);
    expect(errors).toHaveLength(1);
    return errors[0];
  };

  let strict: TestApi;
  beforeAll(async () => {
    strict = await startApi({ limits: { maxDepth: 4 } });
    for (const code of ['D1', 'D2', 'D3']) await strict.write('registerDepartment', { code, name: code });
  });
  afterAll(() => strict.close());

  test('a query and a mutation are answered as over HTTP', async () => {
    const api = await setUp();
    const client = await clientOf(api, {});
    const query = '{ departments { nodes { code } } }';
    expect(await first(client.ask({ query }))).toEqual({ data: await api.data(query), extensions: WITH_COST });
    const mutation =
      'mutation($input: RenameDepartmentInput!) { renameDepartment(input: $input) { position projected } }';
    expect(await first(client.ask({ query: mutation, variables: { input: { code: 'D1', name: '新名' } } }))).toEqual({
      data: { renameDepartment: { position: '4', projected: true } },
      extensions: WITH_COST,
    });
    const { code } = (await errorOf(client, { query: mutation, variables: { input: { code: 'D9', name: '新名' } } }))
      .extensions;
    expect(code).toBe('NOT_FOUND');
  });

  test.each<[string, FeedRequest, object]>([
    [
      'a position of a wrong type',
      { variables: { after: true } },
      { extensions: { code: 'BAD_USER_INPUT', violations: [expect.objectContaining({ path: '/after' })] } },
    ],
    [
      'the next position, that nothing was recorded at yet',
      { variables: { after: '4' } },
      { path: ['changes'], extensions: { code: 'AS_OF_IN_FUTURE' } },
    ],
    [
      'an invalid moment in the filter',
      { variables: { filter: { recordedFrom: '2023-02-30' } } },
      {
        path: ['changes'],
        extensions: { code: 'BAD_USER_INPUT', violations: [expect.objectContaining({ path: '/filter/recordedFrom' })] },
      },
    ],
    [
      'a filter of a wrong type',
      { variables: { filter: { lateByDays: 'many' } } },
      { extensions: { code: 'BAD_USER_INPUT', violations: [expect.objectContaining({ path: '/filter/lateByDays' })] } },
    ],
    [
      'a field that there is not',
      { query: 'subscription { changes { nothing } }' },
      { extensions: { code: 'BAD_USER_INPUT' } },
    ],
    ['an invalid document', { query: 'subscription {' }, { extensions: { code: 'BAD_USER_INPUT' } }],
    [
      'an operation that is not in the document',
      { query: 'query a { ledger { head } } query b { ledger { head } }' },
      { extensions: { code: 'BAD_USER_INPUT' } },
    ],
    [
      'more tokens than are allowed',
      { query: `subscription { changes { __typename ${'... on FeedMark { kind } '.repeat(500)} } }` },
      { extensions: { code: 'LIMIT_EXCEEDED' } },
    ],
    [
      'a document that may be nested too deeply to parse',
      { query: `subscription { changes(after: ${'['.repeat(2_400)}` },
      { extensions: { code: expect.stringMatching(/^(BAD_USER_INPUT|LIMIT_EXCEEDED)$/) } },
    ],
    [
      'more depth than is allowed',
      { query: '{ departments { nodes { history { nodes { id } } } } }' },
      { extensions: { code: 'LIMIT_EXCEEDED' } },
    ],
  ])('%s is refused', async (_, request, expected) => {
    const client = await clientOf(strict);
    const error = await errorOf(client, request);
    expect(error).toMatchObject(expected);
    if (!('path' in expected)) expect(error.path).toBeUndefined();
    await seatsFree(strict);
  });

  test('a subscription whose only field is skipped does not affect other subscriptions', async () => {
    const api = await setUp();
    const client = await clientOf(api);
    const other = client.ask();
    await first(
      client.ask({
        query: 'subscription($b: Boolean!) { changes @include(if: $b) { __typename } }',
        variables: { b: false },
      }),
    );
    expect(marksOf(await read(other, isCaughtUp))).toEqual(['CAUGHT_UP']);
  });

  test('a client that may not read gets FORBIDDEN', async () => {
    const client = await clientOf(await setUp(), { roles: [] });
    expect(await errorOf(client, {})).toMatchObject({ path: ['changes'], extensions: { code: 'FORBIDDEN' } });
  });

  test.each([undefined, 'a.forged.token'])('the token %s is refused', async (token) => {
    const api = await setUp();
    const client = feedClient(transport, { url: api.url, token });
    const refusal = transport === 'WebSocket' ? { code: 4403 } : { response: { status: 401 } };
    await expect(first(client.ask())).rejects.toMatchObject(refusal);
    expect(api.ledger.services.feed.live.subscribers).toBe(0);
  });

  test('a subscription ends with its token', async () => {
    const api = await setUp();
    const expires = Math.ceil(Date.now() / 1000) + 1;
    const client = await clientOf(api, { roles: ['analyst'], expires });
    const results: any[] = [];
    const reading = (async () => {
      for await (const result of client.ask()) results.push(result);
    })();
    if (transport === 'WebSocket') await expect(reading).rejects.toMatchObject({ code: 4403 });
    else {
      await reading;
      expect(results.at(-1).errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED' });
    }
    expect(results[0].data.changes.kind).toBe('CAUGHT_UP');
    await seatsFree(api);
  });

  test('the number of subscribers per principal is limited; one that leaves or disconnects frees its slot', async () => {
    const api = await setUp({ readerLimits: { perNode: 10, perPrincipal: 1 } });
    const client = await clientOf(api);
    const watching = client.ask();
    await watching.next();
    expect(api.ledger.services.feed.live.subscribers).toBe(1);
    const other = await clientOf(api);
    expect(await errorOf(other, {})).toMatchObject({ path: ['changes'], extensions: { code: 'LIMIT_EXCEEDED' } });
    await watching.return!();
    await seatsFree(api);

    const again = await clientOf(api);
    const lost = again.ask();
    await lost.next();
    const broken = expect(lost.next()).rejects.toBeDefined();
    again.vanish();
    await broken;
    await seatsFree(api);
    expect(marksOf(await read(other.ask(), isCaughtUp))).toEqual(['CAUGHT_UP']);
  });

  test('a client that disconnects while it does not read leaves nothing behind', async () => {
    const api = await setUp({ bufferSize: 2 });
    const client = await clientOf(api);
    const big = Array.from({ length: 60 }, (_, index) => `r${index}: reason`).join(' ');
    const lost = client.ask({
      query: `subscription { changes { ... on Change { ${big} } ... on FeedMark { kind } } }`,
    });
    await lost.next();
    client.pause();
    for (let code = 1; code < 12; code++)
      await api.write('registerDepartment', { code: `E${code}`, name: '新', reason: '绩'.repeat(20_000) });
    expect(api.ledger.services.feed.live.subscribers).toBe(1);
    client.vanish();
    await seatsFree(api);
  });

  test('when the server stops, each subscriber gets the position to resume at, and its subscription completes', async () => {
    const api = await startApi();
    await api.write('registerDepartment', { code: 'D1', name: 'D1' });
    const client = await clientOf(api);
    let stopping: Promise<void> | undefined;
    const items = await read(client.ask({ variables: { after: '0' } }), undefined, ({ kind }) => {
      if (kind === 'CAUGHT_UP') stopping = api.close();
    });
    await stopping;
    expect(sequencesOf(items)).toEqual([1]);
    expect(items.at(-1)).toEqual({ kind: 'PROGRESS', position: '1' });
    expect(marksOf(items)).toEqual(['CAUGHT_UP', 'PROGRESS']);
  });

  test('if the read models cannot be read, the subscription ends with that error', async () => {
    const api = await setUp();
    const client = await clientOf(api);
    const { store } = api.ledger.services;
    const changes = jest.spyOn(store, 'changes').mockImplementation(() => {
      throw new Outage('Redis cannot be reached');
    });
    const error = await errorOf(client, { variables: { after: '0' } });
    changes.mockRestore();
    expect(error).toMatchObject({ path: ['changes'], extensions: { code: 'UNAVAILABLE', retryable: true } });
    await seatsFree(api);
    expect(sequencesOf(await read(client.ask({ variables: { after: '0' } }), isCaughtUp))).toEqual([1, 2, 3]);
  });
});

describe('only over SSE', () => {
  const stream = async (api: TestApi, query: string, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/graphql/stream?query=${encodeURIComponent(query)}`, {
      headers: { authorization: `Bearer ${await api.token()}`, ...headers },
    });

  test('Last-Event-ID resumes, and overrides the position in the subscription', async () => {
    const api = await setUp();
    const token = await api.token();
    const client = feedClient('SSE', { url: api.url, token, headers: { 'last-event-id': '2' } });
    expect(sequencesOf(await read(client.ask({ variables: { after: '0' } }), isCaughtUp))).toEqual([3]);
    const lost = feedClient('SSE', { url: api.url, token, headers: { 'last-event-id': 'lost' } });
    expect((await first(lost.ask())).errors[0].extensions.violations[0].path).toBe('/after');
  });

  test('each item has its position as the id of its event', async () => {
    const api = await setUp();
    const query = 'subscription { changes(after: "2") { ... on Change { entity } ... on FeedMark { kind } } }';
    const response = await stream(api, query);
    const body = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('CAUGHT_UP')) text += (await body.read()).value ?? '';
    await body.cancel();
    expect(text.match(/^(id|data): .*$/gm)).toEqual([
      'id: 3',
      'data: {"data":{"changes":{"entity":"D3"}}}',
      'id: 3',
      'data: {"data":{"changes":{"kind":"CAUGHT_UP"}}}',
    ]);
  });

  test('variables in the address are ignored', async () => {
    const api = await setUp();
    const text = await (
      await stream(api, 'mutation { renameDepartment(input: { code: "D1", name: "新" }) { position } }')
    ).text();
    expect(text).toContain('"code":"BAD_USER_INPUT"');
    expect((await api.data('{ department(code: "D1") { name } }')).department.name).toBe('D1');
  });

  test.each(['', 'query=%7Bledger%7Bhead%7D%7D&variables=%7B'])(
    'an invalid request is refused: "%s"',
    async (search) => {
      const api = await setUp();
      const response = await fetch(`${api.url}/graphql/stream?${search}`, {
        headers: { authorization: `Bearer ${await api.token()}` },
      });
      expect(response.status).toBe(400);
      expect((await response.json()).errors[0].extensions.code).toBe('BAD_USER_INPUT');
    },
  );

  test('a client that disconnects before there is an answer leaves nothing behind', async () => {
    const api = await setUp({ readerLimits: { perNode: 1, perPrincipal: 1 } });
    const { feed } = api.ledger.services;
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolveAsked) => {
      // Calls the method itself without the mock, which is used up by then.
      jest.spyOn(LedgerReader.prototype, 'resolve').mockImplementationOnce(async function (
        this: LedgerReader,
        ...asOf
      ) {
        const resolved = await this.resolve(...asOf);
        resolveAsked();
        await new Promise<void>((open) => (answer = open));
        return resolved;
      });
    });
    const body = JSON.stringify({ query: 'subscription { changes(after: "0") { __typename } }' });
    const { port } = new URL(api.url);
    const socket = connect(Number(port), '127.0.0.1');
    // Not ended: a server does not handle a request whose other end closes before the request is complete.
    socket.write(
      `POST /graphql/stream HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${await api.token()}\r\n` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    await asked;
    socket.destroy();
    await once(socket, 'close');
    // The connection stays open long enough for the server to notice that the other end has closed.
    await eventually('other requests are answered', async () => (await api.ask('{ ledger { head } }')).status === 200);
    const acquire = jest.spyOn(feed.quota, 'acquire');
    answer();
    await eventually('its slot was taken', () => Promise.resolve(acquire.mock.calls.length > 0));
    await eventually('there is room', () => {
      const leave = feed.quota.acquire('somebody');
      if (typeof leave === 'string') return Promise.resolve(false);
      leave();
      return Promise.resolve(true);
    });
    await seatsFree(api);
  });
});

test('over WebSocket, a client that sends a message that is too large gets an error, and no other client does', async () => {
  const print = jest.spyOn(console, 'error').mockReturnValue();
  onEnd(() => {
    print.mockRestore();
  });
  const { url } = await setUp();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('x'.repeat(DEFAULT_LIMITS.maxRequestBytes + 1));
  expect((await once(socket, 'close'))[0]).toBe(1009);
  expect(print).not.toHaveBeenCalled();
});
