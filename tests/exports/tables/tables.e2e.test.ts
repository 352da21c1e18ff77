import { GraphQLObjectType } from 'graphql';
import { schema } from '../../../src/app/features';
import { startApi, TestApi } from '../../support/api';
import { exported, exportedRows, LARGE_QUESTIONS, rowsOfGraphQL, TableName, TABLES } from '../../support/tables';

/** The state of all entities, exported as of a moment. */

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2023-03-01T04:00:00.000Z', limits: LARGE_QUESTIONS });
  await api.write('registerDepartment', { code: 'D1', name: '甲局' });
  await api.write('registerDepartment', { code: 'D2', name: '乙局' });
  const line = { name: '甲', fundSource: 'UNIT_FUNDS' };
  const lines = [
    { ...line, code: 'L1', amount: '100.00' },
    { ...line, code: 'L2', amount: '9999999999999999.99' },
  ];
  const effectiveAt = '2023-01-01';
  await api.write('approveBudget', { department: 'D1', fiscalYear: 2023, effectiveAt, lines, goals: ['一', '二'] });
  await api.write('approveBudget', { department: 'D2', fiscalYear: 2024, effectiveAt: '2024-01-01', lines });
  await api.write('recordExpenditure', {
    department: 'D1',
    fiscalYear: 2023,
    effectiveAt: '2023-02-01',
    line: 'L1',
    amount: '12.50',
    payee: '=cmd|"/c calc"!A1',
    memo: '购“设备”,\n两台',
    documentNo: '441300202306300000123',
  });
  await api.write('planTask', { code: 'T1', department: 'D1', fiscalYear: 2023, title: '修路', dueOn: '2023-02-28' });
  await api.write('planTask', { code: 'T2', department: 'D2', fiscalYear: 2023, title: '造林' });
  await api.write('openEvaluation', { department: 'D2', fiscalYear: 2024 });
  api.clock.move(86_400_000);
  await api.write('recordExpenditure', { department: 'D1', fiscalYear: 2023, line: 'L1', amount: '1.00' });
  await api.write('closeBudget', { department: 'D1', fiscalYear: 2023, effectiveAt: '2023-03-02' });
});
afterAll(() => api.close());

const codesOf = async (address: string): Promise<string[]> =>
  (await exportedRows(api, address)).map(({ code, budget, line }) => code ?? `${budget}/${line}`);

test.each(TABLES)('%s: now, the rows that GraphQL answers', async (table) => {
  const rows = await exportedRows(api, `/${table}.ndjson`);
  expect(rows).toEqual((await rowsOfGraphQL(api, {}))[table]);
  const counts = { budgets: 2, departments: 2, entries: 6, evaluations: 1, indicators: 0, lines: 4, tasks: 2 };
  expect(rows.length).toBe(counts[table]);
});

test.each([
  ['/budgets.ndjson?departments=D1', ['D1.2023']],
  ['/budgets.ndjson?department=D2', ['D2.2024']],
  ['/budgets.ndjson?departments=D2&departments=D1', ['D1.2023', 'D2.2024']],
  ['/budgets.ndjson?departments=NONE', []],
  ['/budgets.ndjson?fiscalYear=2024', ['D2.2024']],
  ['/budgets.ndjson?closed=true', ['D1.2023']],
  ['/budgets.ndjson?closed=true&knownAt=2023-03-01', []],
  ['/budgets.ndjson?position=3', ['D1.2023']],
  ['/budgets.ndjson?position=2', []],
  ['/entries.ndjson?fiscalYear=2023&kinds=EXPENDITURE', ['D1.2023/L1', 'D1.2023/L1']],
  ['/entries.ndjson?fiscalYear=2023&kinds=EXPENDITURE&knownAt=2023-03-01', ['D1.2023/L1']],
  ['/entries.ndjson?departments=D1&effectiveAt=2023-01-31', ['D1.2023/L1', 'D1.2023/L2']],
  ['/entries.ndjson?line=L2', ['D1.2023/L2', 'D2.2024/L2']],
  ['/entries.ndjson?effectiveFrom=2023-02-01&effectiveTo=2023-02-28', ['D1.2023/L1']],
  ['/tasks.ndjson?department=D1', ['T1']],
  ['/tasks.ndjson?departments=D1&departments=D2', ['T1', 'T2']],
  ['/tasks.ndjson?department=D1&departments=D2', []],
  ['/tasks.ndjson?overdue=true', ['T1']],
  ['/tasks.ndjson?overdue=true&effectiveAt=2023-02-28', []],
  ['/tasks.ndjson?status=COMPLETED', []],
  ['/indicators.ndjson?task=T1&level1=OUTPUT', []],
  ['/departments.ndjson?department=D2', ['D2']],
  ['/departments.ndjson?position=1', ['D1']],
  ['/lines.ndjson?fiscalYear=2024', ['L1', 'L2']],
  ['/lines.ndjson?closed=true&departments=D2', []],
  ['/evaluations.ndjson?fiscalYear=2024', ['D2.2024']],
  ['/evaluations.ndjson?fiscalYear=2023', []],
  ['/evaluations.ndjson?department=D1', []],
])('%s', async (address, expected) => {
  expect(await codesOf(address)).toEqual(expected);
});

/** Fields that are not columns of their own, or whose values are in columns of other names. */
const NOT_COLUMNS: Readonly<Record<TableName, readonly string[]>> = {
  budgets: ['lines', 'bridge', 'entries', 'series', 'carryOverPending'],
  departments: ['budget', 'evaluation', 'indicators', 'tasks', 'fiscalYears', 'trialScores'],
  entries: ['reversedBy', 'counterpart'],
  evaluations: ['published', 'scores', 'computedScore', 'scoredAt', 'scoredEffectiveAt', 'wouldBe'],
  indicators: ['latest', 'observations', 'series'],
  lines: [],
  tasks: ['subtasks', 'indicators', 'series'],
};
const NOT_STATE = ['id', 'lastChange', 'history', 'blame'];
const TYPES: Readonly<Record<TableName, string>> = {
  budgets: 'Budget',
  departments: 'Department',
  entries: 'Entry',
  evaluations: 'Evaluation',
  indicators: 'Indicator',
  lines: 'BudgetLine',
  tasks: 'Task',
};

test.each(TABLES)('%s: every field of the API is a column', async (table) => {
  const fields = Object.keys((schema.getType(TYPES[table]) as GraphQLObjectType).getFields());
  const wanted = fields.filter(
    (name) => !NOT_STATE.includes(name) && !NOT_COLUMNS[table].includes(name) && !name.endsWith('Page'),
  );
  const [titles] = (await exported(api, `/${table}.csv?bom=0`)).bytes.toString().split('\r\n');
  expect(titles!.split(',')).toEqual(expect.arrayContaining(wanted));
});

test('the position is that of the ledger at the moment', async () => {
  const positionAt = async (query: string) => (await exported(api, `/budgets.csv?${query}`)).headers.get('x-position');
  const head = String(await api.eventStore.head());
  expect(await positionAt('')).toBe(head);
  expect(await positionAt('position=3')).toBe('3');
  expect(await positionAt('knownAt=2023-03-01')).toBe('8');
  expect(await positionAt('effectiveAt=2023-01-01')).toBe(head);
});

describe('CSV', () => {
  const text = async (address: string): Promise<string> => (await exported(api, address)).bytes.toString();
  const TITLES =
    'code,department,fiscalYear,closed,opening,adjustment,revised,executed,remaining,executionRate,carriedOut,goals,revision,position\r\n';

  test('amounts are numbers, unless they are too long for a spreadsheet', async () => {
    const cells = '10000000000000099.99,0.00,10000000000000099.99,13.50,10000000000000086.49,0.00,0.00';
    const long =
      '"=""10000000000000099.99""",0.00,"=""10000000000000099.99""",13.50,"=""10000000000000086.49""",0.00,0.00';
    const end = '"[""一"",""二""]",4,10\r\n';
    expect(await text('/budgets.csv?departments=D1')).toBe(`\ufeff${TITLES}D1.2023,D1,2023,true,${long},${end}`);
    expect(await text('/budgets.csv?departments=D1&bom=0')).toBe(`${TITLES}D1.2023,D1,2023,true,${cells},${end}`);
  });

  test('texts are protected from spreadsheets, and quoted', async () => {
    const row = await text('/entries.csv?kinds=EXPENDITURE&knownAt=2023-03-01');
    expect(row).toContain(`,"=""=cmd|""""/c calc""""!A1""",,"购“设备”,\n两台","=""441300202306300000123""",`);
    const plain = await text('/entries.csv?kinds=EXPENDITURE&knownAt=2023-03-01&bom=0');
    expect(plain).toContain(`,"=cmd|""/c calc""!A1",,"购“设备”,\n两台",441300202306300000123,`);
  });

  test('a table without rows has its header', async () => {
    expect(await text('/budgets.csv?position=0&bom=0')).toBe(TITLES);
    expect((await exported(api, '/budgets.csv')).headers.get('content-type')).toBe(
      'text/csv; charset=utf-8; header=present',
    );
  });
});

describe('refusals, in the form of the API', () => {
  const refusal = async (address: string, roles?: string[]) => {
    const { status, bytes } = await exported(api, address, roles);
    return { status, ...JSON.parse(bytes.toString()).errors[0].extensions };
  };

  test.each([
    ['/budgets.csv?departmnts=D1', '/departmnts', /no parameter; there are knownAt, position, effectiveAt, bom,/],
    ['/budgets.csv?knownAt=yesterday', '/knownAt', /RFC 3339/],
    ['/budgets.csv?effectiveAt=2023-02-30', '/effectiveAt', /RFC 3339/],
    ['/budgets.csv?position=-1', '/position', /position/],
    ['/budgets.csv?position=1&position=2', '/position', /once/],
    ['/budgets.csv?position=1&knownAt=2023-03-01', '/position', /not both/],
    ['/departments.csv?fiscalYear=2023', '/fiscalYear', /no parameter/],
    ['/budgets.csv?fiscalYear=next', '/fiscalYear', /Int/],
    ['/budgets.csv?closed=1', '/closed', /Boolean/],
    ['/budgets.csv?departments=A,B', '/departments/0', /code/],
    ['/entries.ndjson?kinds=GIFT', '/kinds/0', /EntryKind/],
    ['/entries.ndjson?effectiveFrom=2023-02-01&effectiveTo=2023-01-01', '/effectiveTo', /./],
    ['/tasks.ndjson?bom=yes', '/bom', /0 or 1/],
  ])('BAD_USER_INPUT: %s', async (address, path, message) => {
    expect(await refusal(address)).toMatchObject({
      status: 400,
      code: 'BAD_USER_INPUT',
      violations: [{ path, message: expect.stringMatching(message) }],
    });
  });

  test.each(['position=999', 'knownAt=2099-01-01'])('AS_OF_IN_FUTURE: %s', async (query) => {
    expect(await refusal(`/budgets.csv?${query}`)).toMatchObject({ status: 400, code: 'AS_OF_IN_FUTURE' });
  });

  test('a caller without a role', async () => {
    expect(await refusal('/entries.csv', [])).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });
});

test('a server that stops answers nothing that is not complete', async () => {
  const stopping = await startApi();
  try {
    stopping.ledger.drain();
    const answer = exported(stopping, '/budgets.ndjson').then(({ status }) => status);
    expect(await answer).toBe(503);
  } finally {
    await stopping.close();
  }
});

test('an export that is under way counts as a reader of the feed', async () => {
  const limited = await startApi({ readerLimits: { perNode: 0, perPrincipal: 0 } });
  try {
    const { status, bytes } = await exported(limited, '/budgets.csv');
    expect([status, JSON.parse(bytes.toString()).errors[0].extensions.code]).toEqual([429, 'LIMIT_EXCEEDED']);
  } finally {
    await limited.close();
  }
});
