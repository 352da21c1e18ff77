import { startApi, TestApi } from '../../support/api';

/** Sums over budgets. That they are right at any snapshot is a property of its own (tests/read-model/totals.property.ts). */

let api: TestApi;

const line = (code: string, amount: string, more: object = {}) => ({
  code,
  name: `明细 ${code}`,
  fundSource: 'GENERAL_PUBLIC_BUDGET',
  amount,
  ...more,
});

beforeAll(async () => {
  api = await startApi({ now: '2023-12-01T02:00:00.000Z', limits: { maxListLength: 3, maxTotalsRows: 6 } });
  const departments = ['D1', 'D2', 'd3'];
  for (const code of departments) await api.write('registerDepartment', { code, name: `部门 ${code}` });
  for (const department of departments) {
    const lines = [
      line('A', '0.10', { functionCode: '2010301', economicCode: '30201', projectCode: 'P' }),
      line('B', '0.20', { functionCode: '20103' }),
      line('C', '9007199254740993.01', { fundSource: 'UNIT_FUNDS' }),
    ];
    const budget = { department, fiscalYear: 2023 };
    await api.write('approveBudget', { ...budget, lines, effectiveAt: '2023-01-05' });
    await api.write('recordExpenditure', { ...budget, line: 'B', amount: '0.05', effectiveAt: '2023-07-01' });
  }
  await api.write('approveBudget', { department: 'D1', fiscalYear: 2022, lines: [line('A', '7')] });
});
afterAll(() => api.close());

const FIELDS = '{ keys budgets opening revised executed remaining executionRate }';
const totals = async (args: string, at = '{}') =>
  (await api.data(`{ asOf(at: ${at}) { totals(${args}) ${FIELDS} } }`)).asOf.totals;
const keys = async (args: string): Promise<(string | null)[][]> =>
  (await totals(args)).map((row: { keys: (string | null)[] }) => row.keys);

it('are exact beyond the range of floating-point numbers', async () => {
  expect(await totals('fiscalYear: 2023')).toEqual([
    {
      keys: [],
      budgets: 3,
      opening: '27021597764222979.93',
      revised: '27021597764222979.93',
      executed: '0.15',
      remaining: '27021597764222979.78',
      executionRate: '0.00',
    },
  ]);
});

it('have a row for each combination of values on record, even if nothing is in force yet', async () => {
  expect(await totals('fiscalYear: 2023, by: [FUNCTION_CODE, FUND_SOURCE]', '{ effectiveAt: "2023-01-01" }')).toEqual(
    [
      ['20103', 'GENERAL_PUBLIC_BUDGET'],
      ['2010301', 'GENERAL_PUBLIC_BUDGET'],
      [null, 'UNIT_FUNDS'],
    ].map((row) => ({
      keys: row,
      budgets: 3,
      opening: '0.00',
      revised: '0.00',
      executed: '0.00',
      remaining: '0.00',
      executionRate: null,
    })),
  );
});

test.each([
  ['by: DEPARTMENT', [['D1'], ['D2'], ['d3']]],
  [
    'by: [FUND_SOURCE, DEPARTMENT]',
    ['GENERAL_PUBLIC_BUDGET', 'UNIT_FUNDS'].flatMap((source) => ['D1', 'D2', 'd3'].map((code) => [source, code])),
  ],
  ['by: FUNCTION_CLASS', [['201'], [null]]],
  [
    'by: [ECONOMIC_CLASS, PROJECT]',
    [
      ['302', 'P'],
      [null, null],
    ],
  ],
  [
    'by: [PROJECT, VINTAGE, EXPENDITURE_KIND]',
    [
      ['P', 'CURRENT_YEAR', 'UNSPECIFIED'],
      [null, 'CURRENT_YEAR', 'UNSPECIFIED'],
    ],
  ],
  ['by: null, filter: null', [[]]],
  ['by: DEPARTMENT, filter: { departments: null, fundSources: null }', [['D1'], ['D2'], ['d3']]],
  ['by: DEPARTMENT, filter: { departments: ["d3", "D9", "D1", "D1"] }', [['D1'], ['d3']]],
  ['by: FUND_SOURCE, filter: { fundSources: [UNIT_FUNDS, GOVERNMENT_FUND] }', [['UNIT_FUNDS']]],
  ['by: DEPARTMENT, filter: { departments: [] }', []],
  ['by: DEPARTMENT, filter: { fundSources: [] }', []],
])('%s', async (args, expected) => {
  expect(await keys(`fiscalYear: 2023, ${args}`)).toEqual(expected);
});

test.each([
  ['without budgets', 'fiscalYear: 2021'],
  ['if no line is wanted', 'fiscalYear: 2023, filter: { departments: [] }'],
])('without a dimension are one row of 0 %s', async (_, args) => {
  expect(await totals(args)).toEqual([
    {
      keys: [],
      budgets: 0,
      opening: '0.00',
      revised: '0.00',
      executed: '0.00',
      remaining: '0.00',
      executionRate: null,
    },
  ]);
});

test.each([
  ['fiscalYear: 2023, by: [PROJECT, DEPARTMENT, PROJECT]', { code: 'BAD_USER_INPUT', path: '/by/2' }],
  ['fiscalYear: 12', { code: 'BAD_USER_INPUT', path: '/fiscalYear' }],
  ['fiscalYear: 2023, filter: { departments: ["D1", "?"] }', { code: 'BAD_USER_INPUT', path: '/filter/departments/1' }],
])('refuse %s', async (args, { code, path }) => {
  const { errors } = await api.ask(`{ totals(${args}) { keys } }`);
  expect(errors).toMatchObject([{ path: ['totals'], extensions: { code, violations: [{ path }] } }]);
});

it('are refused if there are more rows than allowed', async () => {
  const { errors } = await api.ask('{ totals(fiscalYear: 2023, by: [DEPARTMENT, FUNCTION_CODE]) { keys } }');
  expect(errors).toMatchObject([
    { path: ['totals'], extensions: { code: 'LIMIT_EXCEEDED', limit: 'maxTotalsRows', allowed: 6 } },
  ]);
});

it('follow a new change at once', async () => {
  const [before] = await totals('fiscalYear: 2022');
  await api.write('recordExpenditure', {
    department: 'D1',
    fiscalYear: 2022,
    line: 'A',
    amount: '3.50',
    effectiveAt: '2022-05-01',
  });
  const [after] = await totals('fiscalYear: 2022');
  expect([before.executed, after.executed, after.executionRate]).toEqual(['0.00', '3.50', '50.00']);
});
