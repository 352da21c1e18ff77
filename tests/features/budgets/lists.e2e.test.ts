import { startApi, TestApi } from '../../support/api';

/** Lists of budgets, and within a budget its lines, entries, steps from opening to revised, and series. */

let api: TestApi;

const line = (code: string, amount: string, fundSource = 'GENERAL_PUBLIC_BUDGET') => ({
  code,
  name: `明细 ${code}`,
  fundSource,
  amount,
});
const BUDGET = { department: 'D2', fiscalYear: 2023 };

beforeAll(async () => {
  api = await startApi({ now: '2023-01-10T02:00:00.000Z' });
  for (const code of ['D1', 'D2', 'D3']) await api.write('registerDepartment', { code, name: `部门 ${code}` });
  const approve = (department: string, fiscalYear: number, lines: readonly object[]) =>
    api.write('approveBudget', { department, fiscalYear, lines, effectiveAt: `${fiscalYear}-01-05` });
  await approve('D2', 2023, [line('B', '50', 'FISCAL_SPECIAL_ACCOUNT'), line('A', '100'), line('C', '0')]);
  await approve('D1', 2023, [line('A', '1')]);
  api.clock.set('2023-12-01T02:00:00.000Z');
  await approve('D1', 2022, [line('A', '1')]);
  await approve('D1', 2024, [line('A', '1')]);
  await api.write('supplementBudget', { ...BUDGET, line: 'A', amount: '10', effectiveAt: '2023-07-01' });
  await api.write('recordExpenditure', { ...BUDGET, line: 'A', amount: '30', effectiveAt: '2023-03-01' });
  await api.write('transferBudget', { ...BUDGET, fromLine: 'B', toLine: 'A', amount: '5', effectiveAt: '2023-06-01' });
  const { changes } = await api.write('recordExpenditure', {
    ...BUDGET,
    line: 'B',
    amount: '7',
    effectiveAt: '2023-08-31T15:59:59.999Z',
  });
  await api.write('reduceBudget', { ...BUDGET, line: 'A', amount: '2', effectiveAt: '2023-09-01' });
  await api.write('reverseExpenditure', { ...BUDGET, change: changes[0].id, effectiveAt: '2023-10-01' });
});
afterAll(() => api.close());

describe('budgets', () => {
  const ALL = ['D1.2022', 'D1.2023', 'D1.2024', 'D2.2023'];
  const codes = async (args: string, at = '{}'): Promise<string[]> =>
    (
      await api.data(`{ asOf(at: ${at}) { budgets${args} { nodes { department { code } fiscalYear } } } }`)
    ).asOf.budgets.nodes.map((node: any) => `${node.department.code}.${node.fiscalYear}`);

  test.each([
    ['', ALL],
    ['(fiscalYear: 2023)', ['D1.2023', 'D2.2023']],
    ['(fiscalYear: 2021)', []],
    ['(fiscalYear: null, first: null, after: null, last: null, before: null)', ALL],
    ['(first: 0)', []],
    ['(first: 2)', ['D1.2022', 'D1.2023']],
    ['(first: 2, after: "D1.2023")', ['D1.2024', 'D2.2023']],
    ['(first: 9, before: "D1.2024")', ['D1.2022', 'D1.2023']],
    ['(last: 2)', ['D1.2024', 'D2.2023']],
    ['(last: 1, before: "D1.2024")', ['D1.2023']],
    ['(last: 9, after: "D1.2022", before: "D2.2023")', ['D1.2023', 'D1.2024']],
    ['(fiscalYear: 2023, first: 1)', ['D1.2023']],
    ['(fiscalYear: 2023, first: 1, after: "D1.2023")', ['D2.2023']],
    ['(fiscalYear: 2023, last: 1)', ['D2.2023']],
    ['(fiscalYear: 2023, last: 1, before: "D2.2023")', ['D1.2023']],
  ])('%s', async (args, expected) => {
    expect(await codes(args)).toEqual(expected);
  });

  test('as known then, whatever is in force', async () => {
    expect(await codes('', '{ knownAt: "2023-11-30" }')).toEqual(['D1.2023', 'D2.2023']);
    expect(await codes('(fiscalYear: 2024)', '{ knownAt: "2023-11-30" }')).toEqual([]);
    expect(await codes('', '{ effectiveAt: "1999-01-01" }')).toEqual(ALL);
    expect(await codes('', '{ position: "0" }')).toEqual([]);
  });

  test('say whether there are others around a page; the cursors are the codes', async () => {
    const { budgets } = await api.data(`{ budgets(first: 2, after: "D1.2022") {
      edges { cursor node { fiscalYear } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } }`);
    expect(budgets).toEqual({
      edges: [
        { cursor: 'D1.2023', node: { fiscalYear: 2023 } },
        { cursor: 'D1.2024', node: { fiscalYear: 2024 } },
      ],
      pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: 'D1.2023', endCursor: 'D1.2024' },
    });
  });

  test.each([
    ['first: -1', { code: 'BAD_USER_INPUT', violations: [{ path: '/first' }] }],
    ['last: -1', { code: 'BAD_USER_INPUT', violations: [{ path: '/last' }] }],
    ['first: 1, last: 1', { code: 'BAD_USER_INPUT', violations: [{ path: '/last' }] }],
    ['fiscalYear: 1948', { code: 'BAD_USER_INPUT', violations: [{ path: '/fiscalYear' }] }],
    ['fiscalYear: 9999', { code: 'BAD_USER_INPUT', violations: [{ path: '/fiscalYear' }] }],
    ['first: 201', { code: 'LIMIT_EXCEEDED', limit: 'maxPageSize' }],
    ['last: 201', { code: 'LIMIT_EXCEEDED', limit: 'maxPageSize' }],
  ])('(%s) are refused', async (args, extensions) => {
    const { data, errors } = await api.ask(`{ budgets(${args}) { nodes { fiscalYear } } }`);
    expect(data).toEqual({ budgets: null });
    expect(errors).toMatchObject([{ path: ['budgets'], extensions }]);
  });
});

test('a budget is found by department and year, and from its department by year', async () => {
  const data = await api.data(`{
    found: budget(department: "D1", fiscalYear: 2022) { fiscalYear }
    otherYear: budget(department: "D2", fiscalYear: 2022) { fiscalYear }
    otherCase: budget(department: "d1", fiscalYear: 2022) { fiscalYear }
    department(code: "D1") { fiscalYears budget(fiscalYear: 2024) { fiscalYear department { code } } none: budget(fiscalYear: 2021) { fiscalYear } }
  }`);
  expect(data).toEqual({
    found: { fiscalYear: 2022 },
    otherYear: null,
    otherCase: null,
    department: {
      fiscalYears: [2022, 2023, 2024],
      budget: { fiscalYear: 2024, department: { code: 'D1' } },
      none: null,
    },
  });
});

const ofBudget = async (fields: string, at = '{}') =>
  (await api.data(`{ asOf(at: ${at}) { budget(department: "D2", fiscalYear: 2023) { ${fields} } } }`)).asOf.budget;

test.each([
  ['', ['A', 'B', 'C']],
  ['(fundSource: null)', ['A', 'B', 'C']],
  ['(fundSource: GENERAL_PUBLIC_BUDGET)', ['A', 'C']],
  ['(fundSource: FISCAL_SPECIAL_ACCOUNT)', ['B']],
  ['(fundSource: UNIT_FUNDS)', []],
])('lines%s', async (args, expected) => {
  for (const at of ['{}', '{ effectiveAt: "2023-06-30" }']) {
    const { lines } = await ofBudget(`lines${args} { code }`, at);
    expect(lines.map(({ code }: { code: string }) => code)).toEqual(expected);
  }
});

test.each([
  ['codes: ["C", "A", "A", "none"]', ['A', 'C']],
  ['codes: ["C"], first: 1', ['C']],
  ['codes: ["B", "C"], fundSource: GENERAL_PUBLIC_BUDGET', ['C']],
  ['codes: []', []],
  ['codes: null', ['A', 'B', 'C']],
])('linesPage(%s)', async (args, expected) => {
  const { linesPage } = await ofBudget(`linesPage(${args}) { nodes { code } }`);
  expect(linesPage.nodes.map(({ code }: { code: string }) => code)).toEqual(expected);
});

describe('entries', () => {
  /** The kind and line of each, in the order of the list. */
  const ALL = [
    'OPENING B',
    'OPENING A',
    'OPENING C',
    'EXPENDITURE A',
    'TRANSFER B',
    'SUPPLEMENT A',
    'EXPENDITURE B',
    'REDUCTION A',
    'REVERSAL B',
  ];
  const entries = async (args: string, at = '{}'): Promise<string[]> =>
    (await ofBudget(`entries${args} { nodes { kind line } }`, at)).entries.nodes.map(
      ({ kind, line: code }: { kind: string; line: string }) => `${kind} ${code}`,
    );

  test.each([
    ['', ALL],
    ['(kinds: null, line: null, effectiveFrom: null, effectiveTo: null, first: null, after: null)', ALL],
    ['(kinds: [])', []],
    ['(kinds: EXPENDITURE)', ['EXPENDITURE A', 'EXPENDITURE B']],
    ['(kinds: [REVERSAL, REDUCTION])', ['REDUCTION A', 'REVERSAL B']],
    ['(line: "A")', ['OPENING A', 'EXPENDITURE A', 'TRANSFER B', 'SUPPLEMENT A', 'REDUCTION A']],
    ['(line: "B")', ['OPENING B', 'TRANSFER B', 'EXPENDITURE B', 'REVERSAL B']],
    ['(line: "D")', []],
    ['(effectiveFrom: "2023-09-01")', ['REDUCTION A', 'REVERSAL B']],
    ['(effectiveFrom: "2023-08-31")', ['EXPENDITURE B', 'REDUCTION A', 'REVERSAL B']],
    ['(effectiveFrom: "2023-08-31T15:59:59.999Z", effectiveTo: "2023-08-31T15:59:59.999Z")', ['EXPENDITURE B']],
    ['(effectiveFrom: "2023-08-31", effectiveTo: "2023-08-31")', ['EXPENDITURE B']],
    ['(effectiveTo: "2023-03-01")', ['OPENING B', 'OPENING A', 'OPENING C', 'EXPENDITURE A']],
    ['(effectiveTo: "2023-02-28")', ['OPENING B', 'OPENING A', 'OPENING C']],
    ['(kinds: [OPENING, TRANSFER], line: "A", effectiveFrom: "2023-02-01", effectiveTo: "2023-07-01")', ['TRANSFER B']],
    ['(first: 0)', []],
    ['(first: 2)', ['OPENING B', 'OPENING A']],
    ['(kinds: [EXPENDITURE, REVERSAL], first: 2)', ['EXPENDITURE A', 'EXPENDITURE B']],
  ])('%s', async (args, expected) => {
    expect(await entries(args)).toEqual(expected);
  });

  test('as effective, and as known then', async () => {
    expect(await entries('(line: "B")', '{ effectiveAt: "2023-08-30" }')).toEqual(['OPENING B', 'TRANSFER B']);
    expect(await entries('', '{ knownAt: "2023-11-30" }')).toEqual(['OPENING B', 'OPENING A', 'OPENING C']);
  });

  test('come in pages, each after the last cursor of the page before', async () => {
    const met: string[] = [];
    let after: string | null = null;
    let hasNextPage = true;
    while (hasNextPage) {
      const { edges, pageInfo }: any = (
        await ofBudget(`entries(kinds: [OPENING, EXPENDITURE], first: 2, after: ${JSON.stringify(after)}) {
          edges { cursor node { kind line } } pageInfo { hasNextPage hasPreviousPage endCursor }
        }`)
      ).entries;
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      expect(pageInfo.endCursor).toBe(edges.at(-1).cursor);
      met.push(...edges.map(({ node }: any) => `${node.kind} ${node.line}`));
      ({ endCursor: after, hasNextPage } = pageInfo);
    }
    expect(met).toEqual(['OPENING B', 'OPENING A', 'OPENING C', 'EXPENDITURE A', 'EXPENDITURE B']);
  });

  test.each([
    ['first: -1', { code: 'BAD_USER_INPUT', violations: [{ path: '/first' }] }],
    ['first: 201', { code: 'LIMIT_EXCEEDED', limit: 'maxPageSize' }],
    ['after: "0"', { code: 'BAD_USER_INPUT', violations: [{ path: '/after' }] }],
    ['line: "a b"', { code: 'BAD_USER_INPUT', violations: [{ path: '/line' }] }],
    ['effectiveFrom: "2023-02-29"', { code: 'BAD_USER_INPUT', violations: [{ path: '/effectiveFrom' }] }],
    ['effectiveTo: "2023-02-29"', { code: 'BAD_USER_INPUT', violations: [{ path: '/effectiveTo' }] }],
    [
      'effectiveFrom: "2023-09-02", effectiveTo: "2023-09-01"',
      { code: 'BAD_USER_INPUT', violations: [{ path: '/effectiveTo' }] },
    ],
  ])('(%s) are refused', async (args, extensions) => {
    const query = `{ budget(department: "D2", fiscalYear: 2023) { entries(${args}) { nodes { kind } } } }`;
    const { errors } = await api.ask(query);
    expect(errors).toMatchObject([{ path: ['budget', 'entries'], extensions }]);
  });

  test('a cursor of an entry that the filter leaves out is refused', async () => {
    const { entries: all } = await ofBudget('entries(kinds: REVERSAL) { edges { cursor } }');
    const [{ cursor }] = all.edges;
    const query = `{ budget(department: "D2", fiscalYear: 2023) { entries(kinds: OPENING, after: "${cursor}") { nodes { kind } } } }`;
    const { errors } = await api.ask(query);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', violations: [{ path: '/after' }] } }]);
  });
});

test('the steps from opening to revised, in every unit', async () => {
  const { bridge } = await ofBudget(
    'bridge { change { type } amount revisedAfter(unit: WAN_YUAN) legs { line amount } }',
  );
  expect(bridge).toEqual([
    {
      change: { type: 'BudgetTransferred' },
      amount: '0.00',
      revisedAfter: '0.015',
      legs: [
        { line: 'B', amount: '-5.00' },
        { line: 'A', amount: '5.00' },
      ],
    },
    {
      change: { type: 'BudgetSupplemented' },
      amount: '10.00',
      revisedAfter: '0.016',
      legs: [{ line: 'A', amount: '10.00' }],
    },
    {
      change: { type: 'BudgetReduced' },
      amount: '-2.00',
      revisedAfter: '0.0158',
      legs: [{ line: 'A', amount: '-2.00' }],
    },
  ]);
});

describe('series', () => {
  const series = async (args: string, fields = 'at executed') =>
    (await ofBudget(`series(${args}) { ${fields} }`)).series;

  test('by either clock: what was effective, or what was known', async () => {
    const months = 'from: "2023-07-31", to: "2023-08-31", step: MONTH';
    const effective = [
      { at: '2023-07-31T15:59:59.999Z', executed: '30.00' },
      { at: '2023-08-31T15:59:59.999Z', executed: '37.00' },
    ];
    expect(await series(months)).toEqual(effective);
    expect(await series(`${months}, clock: null`)).toEqual(effective);
    expect(await series(`${months}, clock: EFFECTIVE`)).toEqual(effective);
    expect(await series(`${months}, clock: KNOWN`)).toEqual(effective.map(({ at }) => ({ at, executed: '0.00' })));
  });

  test.each([
    ['from: "2023-06-30", to: "2023-07-01", step: DAY', ['2023-06-30', '2023-07-01']],
    ['from: "2023-06-28", to: "2023-07-09", step: WEEK', ['2023-07-02', '2023-07-09']],
    ['from: "2023-06-30", to: "2023-07-31", step: MONTH', ['2023-06-30', '2023-07-31']],
    ['from: "2023-05-01", to: "2023-07-31", step: QUARTER', ['2023-06-30', '2023-07-31']],
  ])('(%s)', async (args, days) => {
    expect(await series(args, 'at')).toEqual(days.map((day) => ({ at: `${day}T15:59:59.999Z` })));
  });

  test.each([
    ['from: "x", to: "2023-12-31", step: DAY', { code: 'BAD_USER_INPUT', violations: [{ path: '/from' }] }],
    ['from: "2023-01-01", to: "2023-02-29", step: DAY', { code: 'BAD_USER_INPUT', violations: [{ path: '/to' }] }],
    ['from: "2023-01-02", to: "2023-01-01", step: DAY', { code: 'BAD_USER_INPUT', violations: [{ path: '/to' }] }],
    ['from: "2020-01-01", to: "2022-09-27", step: DAY', { code: 'LIMIT_EXCEEDED', limit: 'maxSeriesDays' }],
    ['from: "1980-01-01", to: "2023-01-01", step: WEEK', { code: 'LIMIT_EXCEEDED', limit: 'maxSeriesWeeks' }],
    ['from: "2000-01-01", to: "2023-01-01", step: MONTH', { code: 'LIMIT_EXCEEDED', limit: 'maxSeriesMonths' }],
    ['from: "2000-01-01", to: "2023-01-01", step: QUARTER', { code: 'LIMIT_EXCEEDED', limit: 'maxSeriesQuarters' }],
  ])('(%s) is refused', async (args, extensions) => {
    const { errors } = await api.ask(`{ budget(department: "D2", fiscalYear: 2023) { series(${args}) { at } } }`);
    expect(errors).toMatchObject([{ extensions }]);
  });
});
