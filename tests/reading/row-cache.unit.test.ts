import { parse } from 'graphql';
import { DepartmentScope } from '../../src/auth/department-scope';
import { ALL_TASKS, taskListing } from '../../src/features/tasks/listing';
import { DepartmentReader } from '../../src/reading/departments/department-reader';
import { Visibility } from '../../src/reading/departments/visibility';
import { RowCache } from '../../src/reading/lists/row-cache';
import { Scope } from '../../src/reading/scope';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { DocumentKey, TemporalStore, Version } from '../../src/read-model/temporal-store';
import { TestClock } from '../support/clock';
import { LocalLedger } from '../support/local-ledger';

/** Which documents a list reads, and which it knows from before. */

class CountingStore extends MemoryTemporalStore {
  read: DocumentKey[] = [];

  override versions(keys: readonly DocumentKey[], at: bigint): readonly (Version | undefined)[] {
    this.read.push(...keys);
    return super.versions(keys, at);
  }
}

const TASKS = ['T1', 'T2', 'T3', 'T4', 'T5'];
const SORTED = 'tasks(first: 1, orderBy: { field: PROGRESS, direction: DESC }) { nodes { code } }';

let ledger: LocalLedger;
let store: CountingStore;

beforeEach(async () => {
  store = new CountingStore();
  const readModels = (): Promise<TemporalStore> => Promise.resolve(store);
  ledger = await LocalLedger.start(readModels, { clock: new TestClock('2023-06-30T00:00:00.000Z') });
  for (const code of ['D1', 'D2']) await write('registerDepartment', { code, name: code });
  for (const code of TASKS) await plan(code, 'D1');
});
afterEach(() => ledger.close());

const write = async (mutation: string, input: object): Promise<string> => {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { position } }`;
  return String((await ledger.data(query, { input }))[mutation].position);
};
const plan = (code: string, department: string) =>
  write('planTask', { code, department, fiscalYear: 2023, title: `任务 ${code}` });
const report = (code: string, progress: string) =>
  write('reportTaskProgress', { code, progress, effectiveAt: '2023-03-01' });

/** The codes of the tasks whose documents are read for the list, and the list. */
async function tasksRead(field = SORTED, at?: object): Promise<{ read: string[]; nodes: string[] }> {
  store.read = [];
  const data = await (at
    ? ledger.data(`query($at: AsOfInput!) { asOf(at: $at) { ${field} } }`, { at }).then(({ asOf }) => asOf)
    : ledger.data(`{ ${field} }`));
  const read = store.read.filter((key) => key.startsWith('TASK/')).map((key) => key.slice('TASK/'.length));
  return { read, nodes: data.tasks.nodes.map(({ code }: { code: string }) => code) };
}

test('a sorted list reads every task once, and then only those of its page', async () => {
  expect(await tasksRead()).toEqual({ read: [...TASKS, 'T5'], nodes: ['T5'] });
  expect(await tasksRead()).toEqual({ read: ['T5'], nodes: ['T5'] });
});

test('a write elsewhere leaves it valid', async () => {
  await tasksRead();
  await write('renameDepartment', { code: 'D1', name: '新名称' });
  expect(await tasksRead()).toEqual({ read: ['T5'], nodes: ['T5'] });
});

test('a write to a task has only that one read again', async () => {
  await tasksRead();
  await report('T2', '40');
  expect(await tasksRead()).toEqual({ read: ['T2', 'T2'], nodes: ['T2'] });
  await report('T4', '50');
  await plan('T6', 'D1');
  expect(await tasksRead()).toEqual({ read: ['T4', 'T6', 'T4'], nodes: ['T4'] });
});

test('a list of a department does not read what is written for another', async () => {
  const ofDepartment = 'tasks(department: "D1", search: "任务", first: 1) { nodes { code } }';
  expect(await tasksRead(ofDepartment)).toEqual({ read: [...TASKS, 'T1'], nodes: ['T1'] });
  await plan('A1', 'D2');
  expect(await tasksRead(ofDepartment)).toEqual({ read: ['T1'], nodes: ['T1'] });
});

test('the present and moments of the past are known beside each other', async () => {
  const position = await report('T3', '10');
  await report('T1', '20');
  expect(await tasksRead()).toMatchObject({ nodes: ['T1'] });
  expect(await tasksRead(SORTED, { position })).toEqual({ read: [...TASKS, 'T3'], nodes: ['T3'] });
  expect(await tasksRead(SORTED, { position })).toEqual({ read: ['T3'], nodes: ['T3'] });
  expect(await tasksRead(SORTED, { position, effectiveAt: '2023-01-01' })).toMatchObject({ nodes: ['T5'] });
  expect(await tasksRead()).toEqual({ read: ['T1'], nodes: ['T1'] });
});

test('a moment that somebody still reads stays known while the present moves on', async () => {
  const position = await report('T3', '10');
  await tasksRead(SORTED, { position });
  for (const progress of ['20', '30', '40', '50', '60', '70']) {
    await report('T1', progress);
    expect(await tasksRead()).toEqual({ read: ['T1', 'T1'], nodes: ['T1'] });
    expect(await tasksRead(SORTED, { position })).toEqual({ read: ['T3'], nodes: ['T3'] });
  }
});

test('several requests at once read a list only once', async () => {
  store.read = [];
  await Promise.all([1, 2, 3, 4].map(() => ledger.data(`{ ${SORTED} }`)));
  expect(store.read.filter((key) => key === 'TASK/T1')).toHaveLength(1);
});

test('a page in code order reads only its own tasks, and a count none', async () => {
  expect(await tasksRead('tasks(first: 2) { nodes { code } totalCount }')).toEqual({
    read: ['T1', 'T2', 'T3'],
    nodes: ['T1', 'T2'],
  });
});

test('a dry run neither uses the known rows nor adds to them', async () => {
  await tasksRead();
  const dry = await ledger.data(`mutation {
    reportTaskProgress(input: { code: "T2", progress: "90", effectiveAt: "2023-03-01" }, dryRun: true) {
      task { department { tasks(status: [IN_PROGRESS]) { totalCount } } }
    }
  }`);
  expect(dry.reportTaskProgress.task.department.tasks.totalCount).toBe(1);
  expect((await tasksRead('tasks(status: [IN_PROGRESS]) { totalCount nodes { code } }')).nodes).toEqual([]);
  expect(await ledger.data('{ department(code: "D1") { tasks(status: [IN_PROGRESS]) { totalCount } } }')).toEqual({
    department: { tasks: { totalCount: 0 } },
  });
});

describe('the cache', () => {
  const present = async (): Promise<Scope> => ledger.request(parse('{ __typename }'), {}).contextValue.present();
  const isReadAgain = async (cache: RowCache): Promise<boolean> => {
    const scope = await present();
    await cache.rows(scope, taskListing, ALL_TASKS);
    store.read = [];
    await cache.rows(scope, taskListing, ALL_TASKS);
    return store.read.length > 0;
  };

  test('keeps the rows of a list for callers that see the same', async () => {
    await plan('T6', 'D2');
    const { homes } = ledger.request(parse('{ __typename }'), {}).contextValue.services;
    const whole = await present();
    const seenBy = (department: string): Scope => {
      const visibility = new Visibility(DepartmentScope.of([department]), homes);
      const store = new DepartmentReader(whole.services.store, visibility);
      return new Scope({ ...whole.services, store, visibility }, whole.snapshot, 'present');
    };
    const cache = new RowCache();
    const codesFor = async (scope: Scope) =>
      (await cache.rows(scope, taskListing, ALL_TASKS)).rows.map(({ code }) => code);
    for (let asked = 0; asked < 2; asked++) {
      expect(await codesFor(whole)).toEqual([...TASKS, 'T6']);
      expect(await codesFor(seenBy('D1'))).toEqual(TASKS);
      expect(await codesFor(seenBy('D2'))).toEqual(['T6']);
    }
  });

  test('keeps no more bytes than it may', async () => {
    expect(await isReadAgain(new RowCache(1_000))).toBe(true);
    expect(await isReadAgain(new RowCache(100_000))).toBe(false);
  });

  test('drops the position that was not used for longest if all together are too large', async () => {
    const early = await present();
    await report('T1', '10');
    const late = await present();
    const cache = new RowCache(4_500);
    for (const scope of [early, late]) await cache.rows(scope, taskListing, ALL_TASKS);
    store.read = [];
    await cache.rows(late, taskListing, ALL_TASKS);
    expect(store.read).toEqual([]);
    await cache.rows(early, taskListing, ALL_TASKS);
    expect(store.read).toHaveLength(TASKS.length);
  });

  test.each([
    ['in memory looks at all changes since', true, 0],
    ['elsewhere reads the list as a whole if very many changes were recorded since', false, TASKS.length],
  ])('%s', async (_where, synchronous, reads) => {
    const onStore = async (): Promise<Scope> => {
      const scope = await present();
      const like = Object.create(store, { synchronous: { value: synchronous } }) as TemporalStore;
      return new Scope({ ...scope.services, store: like }, scope.snapshot, 'present');
    };
    const cache = new RowCache();
    await cache.rows(await onStore(), taskListing, ALL_TASKS);
    const year = { department: 'D1', fiscalYear: 2023 };
    const line = { code: 'L', name: '明细', fundSource: 'UNIT_FUNDS', amount: '1000' };
    await write('approveBudget', { ...year, lines: [line] });
    const payment = { line: 'L', amount: '1', effectiveAt: '2023-03-01' };
    await write('recordExpenditures', { ...year, items: Array.from({ length: 600 }, () => payment) });
    store.read = [];
    await cache.rows(await onStore(), taskListing, ALL_TASKS);
    expect(store.read.filter((key) => key.startsWith('TASK/'))).toHaveLength(reads);
  });

  test('has a request read by itself if the one that it waited for fails', async () => {
    const scope = await present();
    const failing = Object.create(store, {
      synchronous: { value: false },
      members: { value: () => Promise.reject(new Error('the client has left')) },
    }) as TemporalStore;
    const broken = new Scope({ ...scope.services, store: failing }, scope.snapshot, 'present');
    const cache = new RowCache();
    const [first, second] = await Promise.allSettled([
      cache.rows(broken, taskListing, ALL_TASKS),
      cache.rows(scope, taskListing, ALL_TASKS),
    ]);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'the client has left' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { rows: TASKS.map((code) => ({ code })) } });
  });

  test('forgets everything at once', async () => {
    const scope = await present();
    const cache = new RowCache();
    const reading = cache.rows(scope, taskListing, ALL_TASKS);
    cache.forget();
    await reading;
    store.read = [];
    await cache.rows(scope, taskListing, ALL_TASKS);
    expect(store.read).toHaveLength(TASKS.length);
  });
});
