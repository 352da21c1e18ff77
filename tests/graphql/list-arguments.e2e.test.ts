import { startApi, TestApi } from '../support/api';

/** What lists of entities can be asked for, and how wrong questions are refused. */

let api: TestApi;
let beforeRenaming: string;

const NAMES: Readonly<Record<string, string>> = {
  A1: '市财政局',
  A2: 'Straßenamt ＡＢＣ',
  B1: 'İstanbul Cafe\u0301',
  B2: 'ΟΔΟΣ 市财政局 二〇二三',
  C1: '省财政厅 Finance',
};
const CLOSED = { department: 'A2', fiscalYear: 2023 };

beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T00:00:00.000Z' });
  for (const [code, name] of Object.entries(NAMES)) await api.write('registerDepartment', { code, name });
  const line = { code: 'L', name: '明细', fundSource: 'GENERAL_PUBLIC_BUDGET' };
  const budget = (department: string, amount: string, fiscalYear = 2023) =>
    api.write('approveBudget', { department, fiscalYear, lines: [{ ...line, amount }] });
  await budget('A1', '100');
  await budget('A2', '20');
  await budget('B1', '0');
  await budget('B1', '5', 2024);
  await budget('C1', '100');
  const spend = (department: string, amount: string) =>
    api.write('recordExpenditure', { department, fiscalYear: 2023, line: 'L', amount, effectiveAt: '2023-03-01' });
  await spend('A1', '9');
  await spend('A2', '20');
  await api.write('closeBudget', { ...CLOSED });
  const task = (code: string, dueOn?: string) =>
    api.write('planTask', { code, department: 'A1', fiscalYear: 2023, title: `任务 ${code}`, dueOn });
  await task('T1');
  await task('T2', '2023-12-31');
  await task('T3', '2023-06-30');
  await task('T4');
  beforeRenaming = (await api.data('{ ledger { head } }')).ledger.head;
  await api.write('renameDepartment', { code: 'A1', name: '市金融局', effectiveAt: '2023-05-01' });
});
afterAll(() => api.close());

const departments = async (args: string, at = '{}'): Promise<string[]> =>
  (await api.data(`{ asOf(at: ${at}) { departments(${args}) { nodes { code } } } }`)).asOf.departments.nodes.map(
    ({ code }: { code: string }) => code,
  );
const budgets = async (args: string): Promise<string[]> =>
  (await api.data(`{ budgets(${args}) { nodes { department { code } fiscalYear } } }`)).budgets.nodes.map(
    (budget: any) => `${budget.department.code}.${budget.fiscalYear}`,
  );
const tasks = async (args: string): Promise<string[]> =>
  (await api.data(`{ tasks(${args}) { nodes { code } } }`)).tasks.nodes.map(({ code }: { code: string }) => code);

describe('search', () => {
  test.each([
    ['财政', ['B2', 'C1']],
    ['政厅', ['C1']],
    ['财政 市', ['B2']],
    ['　二〇二三　财政\t', ['B2']],
    ['abc', ['A2']],
    ['ｓＴＲＡＳＳＥ', ['A2']],
    ['straße', ['A2']],
    ['οδος', ['B2']],
    ['οδοσ', ['B2']],
    ['CAFÉ', ['B1']],
    ['i\u0307stanbul', ['B1']],
    ['istanbul', []],
    ['市财政局局', []],
    ['%', []],
    ['.*', []],
  ])('%j finds %j', async (search, codes) => {
    const { departments } = await api.data(
      'query($search: String) { departments(search: $search) { nodes { code } totalCount } }',
      {
        search,
      },
    );
    expect(departments).toEqual({ nodes: codes.map((code) => ({ code })), totalCount: codes.length });
  });

  test('looks in the names as they are at the snapshot, on both clocks', async () => {
    expect(await departments('search: "市财政局"', `{ position: "${beforeRenaming}" }`)).toEqual(['A1', 'B2']);
    expect(await departments('search: "市财政局"', '{ effectiveAt: "2023-04-30" }')).toEqual(['A1', 'B2']);
    expect(await departments('search: "市财政局"', '{ effectiveAt: "2023-05-01" }')).toEqual(['B2']);
    expect(await departments('search: "市金融局"')).toEqual(['A1']);
  });
});

describe('codes and departments', () => {
  test('are those that exist, by code, each once', async () => {
    expect(await departments('codes: ["C1", "NONE", "A1", "C1"]')).toEqual(['A1', 'C1']);
    expect(await tasks('codes: ["T3", "T1"], department: "A1"')).toEqual(['T1', 'T3']);
    expect(await tasks('codes: ["T3", "T1"], department: "A2"')).toEqual([]);
    expect(await budgets('departments: ["C1", "NONE", "B1", "B1"]')).toEqual(['B1.2023', 'B1.2024', 'C1.2023']);
    expect(await budgets('departments: ["C1", "B1"], fiscalYear: 2024')).toEqual(['B1.2024']);
  });

  test('an empty list matches nothing; null is as if left out', async () => {
    expect(await departments('codes: []')).toEqual([]);
    expect(await budgets('departments: []')).toEqual([]);
    expect(await departments('codes: null, search: null')).toHaveLength(5);
    expect(await budgets('departments: null, closed: null, orderBy: null')).toHaveLength(5);
  });
});

test('closed is as it is at the snapshot', async () => {
  expect(await budgets('closed: true')).toEqual(['A2.2023']);
  expect(await budgets('closed: false, fiscalYear: 2023')).toEqual(['A1.2023', 'B1.2023', 'C1.2023']);
  const { asOf } = await api.data(
    '{ asOf(at: { effectiveAt: "2023-03-31" }) { budgets(closed: true) { totalCount } } }',
  );
  expect(asOf.budgets.totalCount).toBe(0);
});

describe('orderBy', () => {
  test.each([
    ['field: OPENING', ['B1.2023', 'B1.2024', 'A2.2023', 'A1.2023', 'C1.2023']],
    ['field: OPENING, direction: DESC', ['C1.2023', 'A1.2023', 'A2.2023', 'B1.2024', 'B1.2023']],
    ['field: EXECUTED, direction: null', ['B1.2023', 'B1.2024', 'C1.2023', 'A1.2023', 'A2.2023']],
    ['field: REMAINING, direction: DESC', ['C1.2023', 'A1.2023', 'B1.2024', 'B1.2023', 'A2.2023']],
    ['field: EXECUTION_RATE', ['B1.2024', 'C1.2023', 'A1.2023', 'A2.2023', 'B1.2023']],
    ['field: EXECUTION_RATE, direction: DESC', ['A2.2023', 'A1.2023', 'C1.2023', 'B1.2024', 'B1.2023']],
    ['field: CODE, direction: DESC', ['C1.2023', 'B1.2024', 'B1.2023', 'A2.2023', 'A1.2023']],
    ['field: CODE', ['A1.2023', 'A2.2023', 'B1.2023', 'B1.2024', 'C1.2023']],
  ])('budgets by { %s }', async (order, codes) => {
    expect(await budgets(`orderBy: { ${order} }`)).toEqual(codes);
  });

  test('tasks without a day come last in either direction, by code in that direction', async () => {
    expect(await tasks('orderBy: { field: DUE_ON }')).toEqual(['T3', 'T2', 'T1', 'T4']);
    expect(await tasks('orderBy: { field: DUE_ON, direction: DESC }')).toEqual(['T2', 'T3', 'T4', 'T1']);
  });

  test('amounts are those of the effective moment', async () => {
    const { asOf } = await api.data(`{ asOf(at: { effectiveAt: "2023-02-28" }) {
      budgets(orderBy: { field: EXECUTED, direction: DESC }, first: 2) { nodes { department { code } executed } }
    } }`);
    expect(asOf.budgets.nodes).toEqual([
      { department: { code: 'C1' }, executed: '0.00' },
      { department: { code: 'B1' }, executed: '0.00' },
    ]);
  });

  test('a page goes on after its cursor, also if the entity of the cursor has another value by now', async () => {
    const page = async (args: string) =>
      (
        await api.data(`{ tasks(first: 1, ${args} orderBy: { field: PROGRESS, direction: DESC }) {
          edges { cursor node { code } } pageInfo { hasNextPage hasPreviousPage }
        } }`)
      ).tasks;
    await api.write('reportTaskProgress', { code: 'T1', progress: '50' });
    const first = await page('');
    expect(first.edges[0].node.code).toBe('T1');
    await api.write('reportTaskProgress', { code: 'T1', progress: '60' });
    await api.write('reportTaskProgress', { code: 'T4', progress: '55.00' });
    const next = await page(`after: "${first.edges[0].cursor}",`);
    expect(next).toMatchObject({
      edges: [{ node: { code: 'T3' } }],
      pageInfo: { hasNextPage: true, hasPreviousPage: true },
    });
  });
});

test('totalCount is that of the whole list, wherever a list is', async () => {
  const { evaluations, department, asOf } = await api.data(`{
    evaluations { totalCount }
    department(code: "A1") { tasks(first: 1) { totalCount } indicators { totalCount } }
    asOf(at: { position: "1" }) { departments { totalCount } budgets { totalCount } }
  }`);
  expect({ evaluations, department, asOf }).toEqual({
    evaluations: { totalCount: 0 },
    department: { tasks: { totalCount: 4 }, indicators: { totalCount: 0 } },
    asOf: { departments: { totalCount: 1 }, budgets: { totalCount: 0 } },
  });
});

describe('refused with code and path:', () => {
  const by = (field: string, direction = 'ASC') => ({ field, direction });

  test.each<[string, string, Record<string, unknown>, string]>([
    ['a search of 1,000 characters', 'departments', { search: 'x'.repeat(1_000) }, '/search'],
    ['a search of 201 characters', 'tasks', { search: '市'.repeat(201) }, '/search'],
    ['a blank search', 'tasks', { search: ' \u3000\u200b' }, '/search'],
    ['an empty search', 'indicators', { search: '' }, '/search'],
    ['a search with half a surrogate pair', 'departments', { search: '\ud83d' }, '/search'],
    ['what cannot be a code', 'departments', { codes: ['A1', '部门'] }, '/codes/1'],
    ['1,001 codes', 'tasks', { codes: Array.from({ length: 1_001 }, (_, index) => `T${index}`) }, '/codes'],
    ['what cannot be the code of a department', 'budgets', { departments: ['A1.2023'] }, '/departments/0'],
    ['an order without a field', 'budgets', { orderBy: {} }, '/orderBy/field'],
    ['an order by null', 'tasks', { orderBy: { field: null } }, '/orderBy/field'],
    ['an order by an unknown field', 'indicators', { orderBy: by('NAME') }, '/orderBy/field'],
    ['an unknown direction', 'tasks', { orderBy: by('CODE', 'UP') }, '/orderBy/direction'],
    ['a code as the cursor of an order', 'budgets', { orderBy: by('EXECUTED'), after: 'A1.2023' }, '/after'],
    ['a cursor of another field', 'budgets', { orderBy: by('EXECUTED'), after: 'OPENING,ASC,1.00,A1.2023' }, '/after'],
    ['a cursor of the other direction', 'tasks', { orderBy: by('DUE_ON'), before: 'DUE_ON,DESC,,T1' }, '/before'],
    ['a cursor of an order without one', 'tasks', { after: 'DUE_ON,ASC,,T1' }, '/after'],
    ['a cursor of an order by code', 'tasks', { before: 'CODE,DESC,T1,T1' }, '/before'],
    ['a cursor with what is no value', 'tasks', { orderBy: by('PROGRESS'), after: 'PROGRESS,ASC,much,T1' }, '/after'],
    ['a cursor with what is no code', 'tasks', { orderBy: by('PROGRESS'), after: 'PROGRESS,ASC,5,T 1' }, '/after'],
    ['an empty cursor', 'departments', { after: '' }, '/after'],
  ])('%s', async (_what, list, variables, path) => {
    const types: Readonly<Record<string, string>> = {
      search: 'String',
      codes: '[ID!]',
      departments: '[ID!]',
      orderBy: `${list === 'budgets' ? 'Budget' : list === 'tasks' ? 'Task' : 'Indicator'}Order`,
      after: 'String',
      before: 'String',
    };
    const names = Object.keys(variables);
    const declared = names.map((name) => `$${name}: ${types[name]!}`).join(', ');
    const given = names.map((name) => `${name}: $${name}`).join(', ');
    const { data, errors } = await api.ask(`query(${declared}) { ${list}(${given}) { nodes { id } } }`, variables);
    expect(data?.[list] ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', violations: [{ path }] } }]);
  });

  test('a cursor of another order is refused even if nothing is in the list', async () => {
    const { errors } = await api.ask(
      '{ tasks(department: "NONE", orderBy: { field: DUE_ON }, after: "T1") { nodes { id } } }',
    );
    expect(errors).toMatchObject([
      { path: ['tasks'], extensions: { code: 'BAD_USER_INPUT', violations: [{ path: '/after' }] } },
    ]);
  });
});
