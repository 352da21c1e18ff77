import { request } from 'node:http';
import { OperationEnded, Telemetry } from '../../src/kernel/telemetry';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { startApi, TestApi } from '../support/api';
import { eventually } from '../support/eventually';
import { feedClient, TRANSPORTS } from '../support/feed-client';

const ended: OperationEnded[] = [];
const telemetry: Telemetry = {
  report(signal) {
    if (signal.kind === 'operation-ended') ended.push(signal);
    if (signal.kind === 'trouble') throw signal.error;
  },
};

/** Can hold the reads of lists for ever. */
class HeldStore extends MemoryTemporalStore {
  beforeMembers: (() => Promise<void>) | undefined;
  override members = ((...args: Parameters<MemoryTemporalStore['members']>) =>
    this.beforeMembers === undefined
      ? super.members(...args)
      : this.beforeMembers().then(() => super.members(...args))) as never;
}

const store = new HeldStore();
let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await startApi({ telemetry, patienceMs: 2_000, readModels: () => store });
  token = await api.token({ sub: 'u-operator' });
});
afterAll(() => api.close());
beforeEach(() => (ended.length = 0));

/** The only operation that has ended since the test began. */
async function onlyEnded(): Promise<OperationEnded> {
  await eventually('an operation has ended', () => Promise.resolve(ended.length > 0));
  expect(ended).toHaveLength(1);
  return ended[0]!;
}

const post = (body: string, headers: Readonly<Record<string, string>> = {}, address = '/graphql') =>
  fetch(`${api.url}${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body,
  });

test('a query is reported with who asked, what, how it ended, and what it took', async () => {
  await api.ask(
    'query Names { departments(first: 1) { nodes { code } } ledger { ...L } b: ledger { head } } fragment L on Ledger { head }',
    {},
    token,
  );
  const outcome = await onlyEnded();
  expect(outcome).toMatchObject({
    transport: 'http',
    type: 'query',
    operationName: 'Names',
    rootFields: ['departments', 'ledger'],
    sub: 'u-operator',
    outcome: 'ok',
    codes: [],
  });
  expect(outcome.ms).toBeGreaterThan(0);
  expect(outcome.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('a mutation that is refused is reported with the code', async () => {
  const register = 'mutation { registerDepartment(input: { code: "D1", name: "市政数局" }) { position } }';
  await api.data(register, {}, token);
  expect(ended.splice(0)).toMatchObject([{ type: 'mutation', outcome: 'ok' }]);
  await api.ask(register, {}, token);
  expect(await onlyEnded()).toMatchObject({
    type: 'mutation',
    rootFields: ['registerDepartment'],
    outcome: 'refused',
    codes: ['CONFLICT'],
  });
});

describe('a request that is refused before its operation is known', () => {
  it.each<[string, () => Promise<unknown>, Partial<OperationEnded>]>([
    [
      'a document that is not valid',
      () => post('{"query":"{ nothing }"}'),
      { outcome: 'refused', codes: ['BAD_USER_INPUT'] },
    ],
    ['a body that is not JSON', () => post('{'), { outcome: 'refused', codes: ['BAD_USER_INPUT'] }],
    ['a request without a document', () => post('{}'), { outcome: 'refused', codes: ['BAD_USER_INPUT'] }],
    [
      'a token that is not valid',
      () => post('{"query":"{ ledger { head } }"}', { authorization: 'Bearer x' }),
      { outcome: 'unauthenticated', codes: ['UNAUTHENTICATED'], sub: undefined },
    ],
    [
      'a body that is too long',
      () => post(JSON.stringify({ query: 'x'.repeat(2_000_000) })).catch(() => undefined),
      { outcome: 'limited', codes: ['LIMIT_EXCEEDED'] },
    ],
  ])('%s', async (_, send, expected) => {
    await send();
    expect(await onlyEnded()).toMatchObject({ transport: 'http', type: 'unknown', rootFields: [], ...expected });
  });

  it('over server-sent events', async () => {
    await post('{"query":"{ nothing }"}', {}, '/graphql/stream');
    expect(await onlyEnded()).toMatchObject({ transport: 'sse', type: 'unknown', outcome: 'refused' });
  });

  it('as an export', async () => {
    await fetch(`${api.url}/changes?after=x`, { headers: { authorization: `Bearer ${token}` } });
    expect(await onlyEnded()).toMatchObject({ transport: 'export', type: 'unknown', outcome: 'refused' });
  });
});

test('a query whose client disconnects is reported as aborted', async () => {
  const asked = request(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  });
  asked.on('error', () => undefined);
  const begun = new Promise<void>((resolve) => {
    store.beforeMembers = () => {
      resolve();
      return new Promise(() => undefined);
    };
  });
  asked.end('{"query":"{ departments(first: 1) { nodes { code } } }"}');
  await begun;
  asked.destroy();
  expect(await onlyEnded()).toMatchObject({ outcome: 'aborted', sub: 'u-operator' });
});

test('an export is reported when it has been sent', async () => {
  const response = await fetch(`${api.url}/changes`, { headers: { authorization: `Bearer ${token}` } });
  await response.text();
  expect(await onlyEnded()).toMatchObject({ transport: 'export', type: 'export', outcome: 'ok', sub: 'u-operator' });
});

describe.each(TRANSPORTS)('a subscription over %s', (transport) => {
  it('is reported once, with the number of its items', async () => {
    const client = feedClient(transport, { url: api.url, token });
    const items = client.ask();
    await items.next();
    expect(ended).toHaveLength(0);
    await items.return!();
    expect(await onlyEnded()).toMatchObject({
      transport: transport.toLowerCase(),
      type: 'subscription',
      rootFields: ['changes'],
      outcome: 'ok',
      items: 1,
      sub: 'u-operator',
    });
    client.dispose();
  });
});
