import { once } from 'node:events';
import { ClientRequest, request } from 'node:http';
import WebSocket from 'ws';
import { Bell } from '../../src/kernel/async';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { startApi, TestApi } from '../support/api';
import { eventually } from '../support/eventually';
import { Gate } from '../support/gate';

/** Counts the reads of requests, and can block them. */
class HeldStore extends MemoryTemporalStore {
  reads = 0;
  waits = 0;
  private readonly released = new Bell();
  private held = false;

  hold(): void {
    this.held = true;
    this.reads = 0;
  }

  release(): void {
    this.held = false;
    this.released.ring();
  }

  override waitForWatermark(position: bigint, timeoutMs: number): Promise<void> {
    this.waits++;
    return super.waitForWatermark(position, timeoutMs);
  }

  override versions = this.counted((...args: Parameters<MemoryTemporalStore['versions']>) => super.versions(...args));
  override walk = this.counted((...args: Parameters<MemoryTemporalStore['walk']>) => super.walk(...args));
  override members = this.counted((...args: Parameters<MemoryTemporalStore['members']>) => super.members(...args));
  override pointAt = this.counted((...args: Parameters<MemoryTemporalStore['pointAt']>) => super.pointAt(...args));

  /** The node's own reads, which need no request: it follows the log and checks that the log is the same one. */
  private readonly ownChanges = (...args: Parameters<MemoryTemporalStore['changes']>) => super.changes(...args);
  private readonly requestedChanges = this.counted(this.ownChanges);
  override changes = (...[range]: Parameters<MemoryTemporalStore['changes']>) =>
    this.held && range.limit !== undefined ? this.requestedChanges(range) : this.ownChanges(range);

  private counted<Args extends unknown[]>(read: (...args: Args) => unknown): (...args: Args) => never {
    const counting = (...args: Args): unknown => {
      this.reads++;
      return this.held ? this.released.wait().then(() => read(...args)) : read(...args);
    };
    return counting as never;
  }
}

const BUDGET = { department: 'D1', fiscalYear: 2023 };
let api: TestApi;
let store: HeldStore;
let gate: Gate;

beforeEach(async () => {
  store = new HeldStore();
  gate = new Gate();
  api = await startApi({ now: '2023-06-30T04:00:00.000Z', readModels: () => store, projectUnder: gate });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  const lines = [{ code: 'L1', name: '一般公共预算', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '1000.00' }];
  await api.write('approveBudget', { ...BUDGET, lines });
  for (const effectiveAt of ['2023-03-01', '2023-04-01']) {
    await api.write('recordExpenditure', { ...BUDGET, line: 'L1', amount: '1.00', effectiveAt });
  }
});
afterEach(() => api.close());

const ask = async (query: string, path = '/graphql'): Promise<ClientRequest> => {
  const headers = { authorization: `Bearer ${await api.token()}`, 'content-type': 'application/json' };
  const asking = request(api.url + path, { method: 'POST', headers, agent: false });
  asking.on('error', () => undefined).end(JSON.stringify({ query }));
  return asking;
};

/** Resolves when the server has handled everything that it received so far. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) await fetch(`${api.url}/nowhere`).then((response) => response.text());
}

const SCANS: readonly (readonly [string, string])[] = [
  ['a list', '{ departments { nodes { code tasks { nodes { code } } } } }'],
  ['a budget with its lines', '{ budget(department: "D1", fiscalYear: 2023) { lines { code executed } } }'],
  [
    'the changes that a filter lets through',
    '{ changes(after: "1", filter: { departments: ["D1"] }) { nodes { fields { path } } } }',
  ],
  ['a diff', '{ diff(from: { position: "1" }) { nodes { entity fields { path } changes { id } } } }'],
  [
    'a series',
    '{ budget(department: "D1", fiscalYear: 2023) { series(from: "2023-01-01", to: "2023-06-30", step: MONTH, clock: KNOWN) { executed } } }',
  ],
  ['blame', '{ budget(department: "D1", fiscalYear: 2023) { blame { path change { corrections { id } } } } }'],
  ['history', '{ department(code: "D1") { history { nodes { fields { path } } } } }'],
];

describe.each(SCANS)('%s', (_, query) => {
  /** At most one more read happens after the first reads were held. */
  async function readsAfter(leave: (asking: ClientRequest) => void, path?: string): Promise<number> {
    store.hold();
    const asking = await ask(query, path);
    await eventually('it reads', () => Promise.resolve(store.reads > 0));
    const answered = once(asking, 'response').catch(() => undefined);
    leave(asking);
    await settled();
    const before = store.reads;
    store.release();
    if (!asking.destroyed) await answered;
    await settled();
    asking.destroy();
    return store.reads - before;
  }

  test('is read to its end for a client that waits', async () => {
    expect(await readsAfter(() => undefined)).toBeGreaterThan(0);
  });

  test.each(['/graphql', '/graphql/stream'])(
    'is not read further for a client that has disconnected from %s',
    async (path) => {
      expect(await readsAfter((asking) => asking.destroy(), path)).toBe(0);
    },
  );

  test('is not read further for a client that has disconnected from WebSocket', async () => {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${await api.token()}` } }));
    await once(socket, 'message');
    store.hold();
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
    await eventually('it reads', () => Promise.resolve(store.reads > 0));
    socket.terminate();
    await settled();
    const before = store.reads;
    store.release();
    await settled();
    expect(store.reads).toBe(before);
  });
});

test('nothing waits for read models that are behind after the client has disconnected', async () => {
  await gate.close();
  const { projected } = await api.write('registerDepartment', { code: 'D2', name: '财政局' }, 'projected');
  expect(projected).toBe(false);
  store.waits = 0;
  const asking = await ask('{ department(code: "D2") { name } }');
  await eventually('it waits', () => Promise.resolve(store.waits > 0));
  asking.destroy();
  await settled();
  store.reads = 0;
  gate.open();
  const head = await api.eventStore.head();
  await eventually('it is projected', async () => (await store.checkpoint()).position === head);
  await settled();
  expect(store.reads).toBe(0);
  expect((await api.data('{ department(code: "D2") { name } }')).department).toEqual({ name: '财政局' });
  expect(store.reads).toBeGreaterThan(0);
});

test('a write that has begun is finished, although the client has disconnected', async () => {
  let appends = 0;
  const released = new Bell();
  const append = api.eventStore.append.bind(api.eventStore);
  api.eventStore.append = async (...args) => {
    appends++;
    await released.wait();
    return append(...args);
  };
  const register = (code: string) =>
    `${code}: registerDepartment(input: { code: "${code}", name: "财政局" }) { position }`;
  const asking = await ask(`mutation { ${register('D3')} ${register('D4')} }`);
  await eventually('the write has begun', () => Promise.resolve(appends > 0));
  asking.destroy();
  await settled();
  released.ring();
  await eventually(
    'the write is on record',
    async () => (await api.data('{ department(code: "D3") { name } }')).department !== null,
  );
  await settled();
  // The write that had not begun is not recorded.
  expect({ appends, other: (await api.data('{ department(code: "D4") { name } }')).department }).toEqual({
    appends: 1,
    other: null,
  });
});
