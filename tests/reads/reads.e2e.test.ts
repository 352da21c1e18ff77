import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { backupCommand } from '../../src/cli/backup';
import { restoreCommand } from '../../src/cli/restore';
import { openKurrentEventStore } from '../../src/event-store/adapters/kurrentdb/kurrent-event-store';
import { LedgerSnapshot } from '../../src/event-store/adapters/sqlite/ledger-snapshot';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../src/event-store/event-store';
import { LedgerCalendar } from '../../src/kernel/time';
import { Outage } from '../../src/kernel/outage';
import { ReadHistory } from '../../src/reads/read-history';
import { ReadLogMode, ReadRecorder, STUCK_MS } from '../../src/reads/read-recorder';
import { readsPrefix } from '../../src/reads/streams';
import { ApiOptions, startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { conditionalGet, tagOf } from '../support/conditional-get';
import { TestClock } from '../support/clock';
import { collect } from '../support/events';
import { eventually } from '../support/eventually';
import { feedClient, TRANSPORTS } from '../support/feed-client';
import { openLog, startStandIn } from '../support/kurrentdb-log';
import { STREAM_PREFIX, TIME_ZONE } from '../support/ledger';
import { startNode, startNodeHere } from '../support/node-process';
import { runCommand } from '../support/run-command';
import { openReadModels } from '../support/redis/harness';
import { sharedRedis } from '../support/redis/shared-redis';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();
const PREFIX = readsPrefix(STREAM_PREFIX);
/** 00:30 of 28 November in the time zone of the ledger. */
const NOW = '2026-11-27T16:30:00.000Z';

type MakeRecord = () => Promise<Pick<ApiOptions, 'eventStore' | 'readModels'> & { readonly record: EventStore }>;

const EMBEDDED: MakeRecord = () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const record = openSqliteEventStore({ path: join(folder.path, 'reads.db'), prefix: PREFIX });
  return Promise.resolve({ record });
};

/** Reads are in the same server as facts. */
const KURRENTDB: MakeRecord = async () => {
  const { url } = await startStandIn(onEnd);
  return { record: openKurrentEventStore({ url, prefix: PREFIX }), eventStore: () => openLog(url) };
};

const redis = sharedRedis();

/** Documents are read in batches, which have to be waited for. */
const ON_REDIS: MakeRecord = async () => ({
  ...(await EMBEDDED()),
  readModels: () => openReadModels(redis.url, () => undefined),
});

interface Recorded extends TestApi {
  readonly record: EventStore;
  readonly recorder: ReadRecorder;
  /** The entries, as an auditor asks for them. */
  readonly reads: (filter?: object, readDepartments?: string | readonly string[]) => Promise<any[]>;
  readonly outage: (begins: boolean) => void;
  readonly wait: (ms: number) => void;
}

const READS = `query($filter: ReadFilter, $first: Int, $after: String) {
  reads(filter: $filter, first: $first, after: $after) {
    edges { cursor }
    nodes { id at firstAt count sub name operation entity position effectiveAt moments { position effectiveAt } departments fields }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function started(make: MakeRecord = EMBEDDED, mode: ReadLogMode = 'best-effort'): Promise<Recorded> {
  const { record, ...stores } = await make();
  const state = { isOut: false, elapsed: 0 };
  const clock = new TestClock(NOW);
  const calendar = new LedgerCalendar(TIME_ZONE);
  const recorder = new ReadRecorder({
    log: {
      append: (...call) => (state.isOut ? Promise.reject(new Outage('The record is out')) : record.append(...call)),
    },
    prefix: PREFIX,
    mode,
    calendar,
    clock,
    telemetry: { report: () => undefined },
    elapsed: () => state.elapsed,
  });
  const reads = { recorder, history: new ReadHistory({ log: record, prefix: PREFIX }) };
  const api = await startApi({ now: NOW, reads, ...stores });
  onEnd(async () => {
    await api.close();
    await recorder.close();
    await record.close();
  });
  for (const code of ['D1', 'D2']) {
    await api.write('registerDepartment', { code, name: '局' });
    await api.write('approveBudget', {
      department: code,
      fiscalYear: 2026,
      lines: [{ code: 'L1', name: '项', fundSource: 'UNIT_FUNDS', amount: '100' }],
    });
  }
  return {
    ...api,
    record,
    recorder,
    async reads(filter, readDepartments = '*') {
      await recorder.write();
      const auditor = await api.token({ sub: 'u-auditor', roles: ['auditor'], departments: [], readDepartments });
      const { reads: page } = await api.data(READS, { filter }, auditor);
      expect(page.pageInfo.hasNextPage).toBe(false);
      return page.nodes;
    },
    outage: (begins) => {
      state.isOut = begins;
    },
    wait: (ms) => {
      state.elapsed += ms;
    },
  };
}

const AS_OF = '{ asOf(at: {}) { budget(department: "D1", fiscalYear: 2026) { executed lines { code } } } }';

describe.each([
  ['the embedded store', EMBEDDED],
  ['KurrentDB', KURRENTDB],
  ['the embedded store, with read models in Redis', ON_REDIS],
])('on %s', (_, make) => {
  test('reads of one person, operation, entity and day are one entry, apart from the facts', async () => {
    const api = await started(make);
    const head = await api.eventStore.head();
    const facts = await collect(api.eventStore.readAll(0n));
    for (let time = 0; time < 3; time++) await api.data(AS_OF);
    await api.recorder.write();
    await api.data(AS_OF.replace('at: {}', `at: { position: "${head}", effectiveAt: "2026-06-30" }`));
    const entries = await api.reads();
    expect(entries).toMatchObject([
      {
        operation: 'asOf',
        entity: 'BUDGET/D1.2026',
        count: 4,
        sub: 'u-editor',
        name: '张编辑',
        position: String(head),
        effectiveAt: '2026-06-30T15:59:59.999Z',
        departments: ['D1'],
        fields: ['asOf.budget.executed', 'asOf.budget.lines.code'],
      },
    ]);
    expect(entries[0].moments).toEqual([
      { position: String(head), effectiveAt: null },
      { position: String(head), effectiveAt: '2026-06-30T15:59:59.999Z' },
    ]);
    expect(await collect(api.eventStore.readAll(0n))).toEqual(facts);
    expect(await api.eventStore.head()).toBe(head);
    expect((await api.data('{ changes { nodes { type } } }')).changes.nodes).toHaveLength(facts.length);
    const recorded = await collect(api.record.readAll(0n));
    expect(new Set(recorded.map(({ stream }) => stream))).toEqual(new Set([`${PREFIX}2026-11-28`]));
  });
});

test('a question about the present is not recorded', async () => {
  const api = await started();
  await api.data('{ budget(department: "D1", fiscalYear: 2026) { executed } totals(fiscalYear: 2026) { revised } }');
  expect(await api.reads()).toEqual([]);
});

const BUDGET = 'budget(department: "D1", fiscalYear: 2026)';

test.each<[string, string, object]>([
  ['history', `{ ${BUDGET} { history { nodes { type } } } }`, { entity: 'BUDGET/D1.2026', departments: ['D1'] }],
  ['blame', `{ ${BUDGET} { blame { path } } }`, { entity: 'BUDGET/D1.2026', departments: ['D1'] }],
  [
    'series',
    `{ ${BUDGET} { series(from: "2026-11-01", to: "2026-11-28", step: DAY, clock: KNOWN) { executed } } }`,
    { entity: 'BUDGET/D1.2026', departments: ['D1'] },
  ],
  ['changes', '{ changes(filter: { departments: ["D1"] }) { nodes { type } } }', { entity: null, departments: ['D1'] }],
  ['changes', '{ changes { nodes { type } } }', { entity: null, departments: ['*'] }],
  ['asOf', '{ asOf(at: {}) { totals(fiscalYear: 2026) { revised } } }', { entity: null, departments: ['D1', 'D2'] }],
  ['asOf', '{ asOf(at: {}) { budget(department: "D9", fiscalYear: 2026) { executed } } }', { departments: [] }],
])('%s is recorded: %s', async (operation, query, expected) => {
  const api = await started();
  await api.data(query);
  const entries = await api.reads();
  expect(entries.some((entry) => matches(entry, { operation, count: 1, ...expected }))).toBe(true);
  expect(entries.every((entry) => entry.operation === operation)).toBe(true);
});

function matches(entry: any, expected: object): boolean {
  try {
    expect(entry).toMatchObject(expected);
    return true;
  } catch {
    return false;
  }
}

test('a difference has both moments, and an id of a snapshot is a read', async () => {
  const api = await started();
  await api.data('{ diff(from: { position: "2" }, filter: { entityTypes: [BUDGET] }) { nodes { entity } } }');
  const { asOf } = await api.data('{ asOf(at: { position: "1" }) { department(code: "D1") { id } } }');
  await api.data('query($id: ID!) { node(id: $id) { id } }', { id: asOf.department.id });
  const entries = await api.reads();
  const found = (operation: string) => entries.filter((entry) => entry.operation === operation);
  expect(found('diff').map(({ entity, count, moments }) => [entity, count, moments.length])).toContainEqual([
    'BUDGET/D2.2026',
    1,
    1,
  ]);
  expect(found('node')).toMatchObject([{ entity: 'DEPARTMENT/D1', position: '1', count: 1 }]);
});

test('exports are recorded with their departments and columns', async () => {
  const api = await started();
  const authorization = `Bearer ${await api.token({ sub: 'u-export', roles: ['auditor'], readDepartments: ['D1', 'D2'] })}`;
  for (const address of [
    '/changes?departments=D2',
    '/budgets.csv',
    '/tasks.ndjson?department=D1&effectiveAt=2026-06-30',
  ])
    await (await fetch(`${api.url}${address}`, { headers: { authorization } })).text();
  expect(await api.reads({ sub: ['u-export'] })).toMatchObject([
    { operation: 'export tasks', departments: ['D1'], effectiveAt: '2026-06-30T15:59:59.999Z' },
    { operation: 'export budgets', departments: ['D1', 'D2'] },
    { operation: 'export changes', departments: ['D2'], fields: ['changes'] },
  ]);
  expect((await api.reads({ sub: ['u-export'] }))[0].fields).toContain('progress');
});

test('a question that is answered from a cache is recorded as the one that was executed, for each person', async () => {
  const api = await started();
  const query = `{
    asOf(at: { position: "4" }) { ${BUDGET} { executed history { nodes { type } } } totals(fiscalYear: 2026) { revised } }
  }`;
  const ask = async (sub: string, headers: Record<string, string> = {}) =>
    conditionalGet(api.url, await api.token({ sub }), { query }, headers);
  const first = await ask('u-first');
  const kept = { 'if-none-match': tagOf(first)! };
  const statuses = [(await ask('u-first', kept)).status, (await ask('u-first', kept)).status];
  expect([...statuses, (await ask('u-second', kept)).status]).toEqual([304, 304, 304]);
  const of = async (sub: string) =>
    (await api.reads({ sub: [sub] })).map(({ operation, entity, departments, fields, moments, count }) => ({
      ...{ operation, entity, departments, fields, moments, count },
    }));
  const [firsts, seconds] = [await of('u-first'), await of('u-second')];
  expect(firsts.map(({ operation, entity }) => `${operation} ${entity}`).sort()).toEqual([
    'asOf BUDGET/D1.2026',
    'asOf null',
    'history BUDGET/D1.2026',
  ]);
  expect(firsts.every(({ count }) => count === 3)).toBe(true);
  expect(seconds).toEqual(firsts.map((entry) => ({ ...entry, count: 1 })));
});

test('a question whose answer is kept is recorded as the one that was executed, for each person', async () => {
  const api = await started();
  const query = AS_OF.replace('at: {}', 'at: { position: "4" }');
  for (let time = 0; time < 5; time++) await api.data(query, {}, await api.token({ sub: 'u-first' }));
  await api.data(query, {}, await api.token({ sub: 'u-second' }));
  const of = async (sub: string) => api.reads({ sub: [sub] });
  expect(await of('u-first')).toMatchObject([{ operation: 'asOf', entity: 'BUDGET/D1.2026', count: 5 }]);
  const [first, second] = [(await of('u-first'))[0], (await of('u-second'))[0]];
  expect(second).toEqual({ ...first, ...{ id: second.id, sub: second.sub, name: second.name, count: 1 } });
});

test.each(TRANSPORTS)('a question and a subscription over %s are recorded', async (transport) => {
  const api = await started();
  const client = feedClient(transport, { url: api.url, token: await api.token() });
  onEnd(() => {
    client.dispose();
  });
  for await (const _answer of client.ask({ query: AS_OF })) break;
  for await (const _mark of client.ask()) break;
  await eventually('both are recorded', async () => (await api.reads()).length === 2);
  expect(await api.reads()).toMatchObject([
    { operation: 'subscription', departments: ['*'], count: 1 },
    { operation: 'asOf', entity: 'BUDGET/D1.2026', count: 1 },
  ]);
});

test('a list of many entities is one entry with their departments', async () => {
  const api = await started();
  for (let index = 0; index < 25; index++) {
    const code = `T${index}`;
    await api.write('planTask', { code, department: index % 2 ? 'D1' : 'D2', fiscalYear: 2026, title: '任务' });
  }
  await api.data('{ asOf(at: {}) { tasks(first: 25) { nodes { code } } } }');
  expect(await api.reads()).toMatchObject([{ operation: 'asOf', entity: null, departments: ['D1', 'D2'], count: 1 }]);
});

test('an auditor sees the reads that touched his departments, page by page', async () => {
  const api = await started();
  await api.data(AS_OF);
  await api.data(AS_OF.replace('D1', 'D2'));
  await api.data('{ changes { nodes { type } } }');
  await api.recorder.write();
  expect((await api.reads({}, ['D2'])).map(({ operation, departments }) => [operation, departments])).toEqual([
    ['changes', ['D2']],
    ['asOf', ['D2']],
  ]);
  expect((await api.reads({ departments: ['D1'] })).map(({ operation }) => operation)).toEqual(['changes', 'asOf']);
  expect(await api.reads({ to: '2026-11-27T16:29:59.999Z' })).toEqual([]);
  expect(await api.reads({ from: NOW, to: NOW })).toHaveLength(3);
  const auditor = await api.token({ roles: ['auditor'], readDepartments: '*' });
  const ids: string[] = [];
  for (let after: string | undefined, more = true; more;) {
    const { reads } = await api.data(READS, { first: 1, after }, auditor);
    ids.push(...reads.nodes.map(({ id }: { id: string }) => id));
    ({ hasNextPage: more, endCursor: after } = reads.pageInfo);
  }
  expect(ids).toEqual((await api.reads()).map(({ id }) => id));
  expect((await api.ask(READS, { after: 'x' }, auditor)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test.each([['editor'], ['finance'], ['admin'], ['analyst']])(
  'a token of role %s does not read who read what',
  async (role) => {
    const api = await started();
    const { errors } = await api.ask(READS, {}, await api.token({ roles: [role] }));
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  },
);

describe('if reads have to be on record', () => {
  test('no cache keeps an answer, and reads are refused when they cannot be recorded for a minute', async () => {
    const api = await started(EMBEDDED, 'required');
    const authorization = `Bearer ${await api.token()}`;
    const get = (address: string) => fetch(`${api.url}${address}`, { headers: { authorization } });
    const query = `/graphql?query=${encodeURIComponent(AS_OF)}`;
    expect((await get(query)).headers.get('cache-control')).toBe('no-store');
    const atPosition = AS_OF.replace('at: {}', 'at: { position: "4" }');
    const lasting = await conditionalGet(api.url, await api.token(), { query: atPosition }, { 'if-none-match': '*' });
    expect([lasting.status, lasting.headers['cache-control'], tagOf(lasting)]).toEqual([200, 'no-store', undefined]);
    api.outage(true);
    await api.recorder.write();
    await api.data(AS_OF);
    api.wait(STUCK_MS + 1);
    const refused = await api.ask(AS_OF);
    expect([refused.status, refused.errors?.[0]?.extensions]).toMatchObject([
      503,
      { code: 'READ_NOT_RECORDED', retryable: true },
    ]);
    expect((await get('/budgets.csv')).status).toBe(503);
    expect((await get('/changes')).status).toBe(503);
    expect((await api.ask('{ changes { nodes { type } } }')).errors?.[0]?.extensions.code).toBe('READ_NOT_RECORDED');
    await api.data(`{ ${BUDGET} { executed } }`);
    api.outage(false);
    await api.recorder.write();
    await api.data(AS_OF);
    expect(await api.reads()).toMatchObject([{ count: 4 }]);
  });
});

test('a killed server loses at most what waited, a stopped one nothing, and a backup has all of it', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const environment = { DATA_DIR: folder.path };
  const countOnRecord = async (): Promise<number> => {
    const log = new LedgerSnapshot(join(folder.path, 'reads', 'reads.db'));
    try {
      const events = await collect(log.readAll(0n));
      const reads = events.flatMap(({ data }) => data.reads as unknown as { readonly count: number }[]);
      return reads.reduce((sum, { count }) => sum + count, 0);
    } finally {
      await log.close();
    }
  };
  const killed = await startNode(environment, onEnd);
  const ask = '{ changes { nodes { type } } }';
  await killed.ask(ask);
  await eventually('the read is on disk', async () => (await countOnRecord()) === 1);
  await killed.kill();
  expect(await countOnRecord()).toBe(1);
  const stopped = await startNodeHere(environment, onEnd);
  for (let time = 0; time < 5; time++) await stopped.ask(ask);
  await stopped.stop();
  expect(await countOnRecord()).toBe(6);

  const copy = join(folder.path, 'reads-copy.db');
  const made = await runCommand(backupCommand, [copy, '--reads'], environment);
  const [, size] = /: (\d+ events, up to position \d+); checked\n$/.exec(made) ?? [];
  expect(size).toBeDefined();
  rmSync(join(folder.path, 'reads'), { recursive: true });
  expect(await runCommand(restoreCommand, [copy, '--reads'], environment)).toBe(`Restored ${size!}\n`);
  expect(await countOnRecord()).toBe(6);
});
