import { startApi, TestApi } from '../../support/api';

/** Refused commands on budgets. Each refusal has its code and path, and nothing is recorded. */

let api: TestApi;
let head: string;
/** Ids of changes: of the budget D1.2023, and one of another budget. */
let changes: Readonly<Record<Change, string>>;
type Change =
  | 'approval'
  | 'supplement'
  | 'transfer'
  | 'expenditure'
  | 'reversed'
  | 'partlyReversed'
  | 'part'
  | 'refund'
  | 'reversal'
  | 'corrected'
  | 'correction'
  | 'withdrawn'
  | 'closing'
  | 'elsewhere';

const OPEN = { department: 'D1', fiscalYear: 2023 };
const CLOSED = { department: 'D1', fiscalYear: 2022 };
const line = (code: string, amount?: string) => ({
  code,
  name: `明细 ${code}`,
  fundSource: 'GENERAL_PUBLIC_BUDGET',
  ...(amount === undefined ? {} : { amount }),
});
const LINES = [line('A', '100'), line('B', '50')];

beforeAll(async () => {
  api = await startApi({ now: '2023-12-01T02:00:00.000Z' });
  for (const code of ['D1', 'D2']) await api.write('registerDepartment', { code, name: `部门 ${code}` });
  const changeOf = async (mutation: string, input: object): Promise<string> =>
    (await api.write(mutation, input)).changes[0].id;
  const spend = (amount: string) =>
    changeOf('recordExpenditure', { ...OPEN, line: 'A', amount, effectiveAt: '2023-03-01' });
  const approval = await changeOf('approveBudget', { ...OPEN, lines: LINES, idempotencyKey: 'key-1' });
  const supplement = await changeOf('supplementBudget', { ...OPEN, line: 'A', amount: '10' });
  const transfer = await changeOf('transferBudget', { ...OPEN, fromLine: 'B', toLine: 'A', amount: '5' });
  const expenditure = await spend('60');
  const reversed = await spend('20');
  const reversal = await changeOf('reverseExpenditure', { ...OPEN, change: reversed });
  const partlyReversed = await spend('13');
  const part = await changeOf('reverseExpenditure', { ...OPEN, change: partlyReversed, amount: '4' });
  const refund = await changeOf('recordRefund', { ...OPEN, line: 'B', amount: '2', reason: '上年款项退回' });
  const corrected = await spend('7');
  const correction = await changeOf('correctBudgetFact', { ...OPEN, change: corrected, amount: '8' });
  const withdrawn = await spend('9');
  await changeOf('correctBudgetFact', { ...OPEN, change: withdrawn, amount: '0' });
  await changeOf('approveBudget', { ...CLOSED, lines: LINES, effectiveAt: '2022-01-01' });
  const closing = await changeOf('closeBudget', { ...CLOSED, effectiveAt: '2022-12-31' });
  const elsewhere = await changeOf('approveBudget', { department: 'D2', fiscalYear: 2023, lines: LINES });
  changes = {
    approval,
    supplement,
    transfer,
    expenditure,
    reversed,
    reversal,
    partlyReversed,
    part,
    refund,
    corrected,
    correction,
    withdrawn,
    closing,
    elsewhere,
  };
  head = await currentHead();
});
afterAll(() => api.close());
afterEach(async () => {
  const before = head;
  head = await currentHead();
  expect(head).toBe(before);
});

const currentHead = async (): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;

/** An input that is accepted. Each test makes one part of it wrong. */
const ACCEPTED: Readonly<Record<string, object>> = {
  approveBudget: { department: 'D2', fiscalYear: 2024, lines: LINES },
  supplementBudget: { ...OPEN, line: 'A', amount: '1' },
  reduceBudget: { ...OPEN, line: 'A', amount: '1' },
  transferBudget: { ...OPEN, fromLine: 'A', toLine: 'B', amount: '1' },
  recordExpenditure: { ...OPEN, line: 'A', amount: '1' },
  recordRefund: { ...OPEN, line: 'A', amount: '1' },
  reverseExpenditure: { ...OPEN, change: 'x' },
  correctBudgetFact: { ...OPEN, change: 'x', amount: '1' },
  closeBudget: OPEN,
};
const MUTATIONS = Object.keys(ACCEPTED);

async function violationsOf(mutation: string, input: object): Promise<{ path: string; message: string }[]> {
  const { extensions, path } = await api.refusal(mutation, { ...ACCEPTED[mutation], ...input });
  expect(path).toEqual([mutation]);
  expect(extensions.code).toBe('BAD_USER_INPUT');
  return extensions.violations;
}

async function expectPaths(mutation: string, input: object, paths: readonly string[]): Promise<void> {
  const violations = await violationsOf(mutation, input);
  expect(violations.map(({ path }) => path).sort()).toEqual(paths);
}

const TOO_LONG = 'x'.repeat(65);

describe.each(MUTATIONS)('BAD_USER_INPUT: %s with', (mutation) => {
  test.each<[string, object, string]>([
    ['a department that is no code', { department: 'a.b' }, '/input/department'],
    ['a department of 65 characters', { department: TOO_LONG }, '/input/department'],
    ['the year before the first', { fiscalYear: 1948 }, '/input/fiscalYear'],
    ['the year after the last', { fiscalYear: 9999 }, '/input/fiscalYear'],
  ])('%s', async (_what, input, path) => {
    await expectPaths(mutation, input, [path]);
  });
});

describe.each([
  ['supplementBudget', ['line']],
  ['reduceBudget', ['line']],
  ['transferBudget', ['fromLine', 'toLine']],
  ['recordExpenditure', ['line']],
  ['recordRefund', ['line']],
  ['correctBudgetFact', ['line']],
])('BAD_USER_INPUT: %s with', (mutation, fields) => {
  test.each(fields)('a %s that is no code', async (field) => {
    await expectPaths(mutation, { [field]: 'a b' }, [`/input/${field}`]);
  });
});

const TOO_MANY_DECIMALS: [amount: string, unit: string][] = [
  ['0.001', 'YUAN'],
  ['0.0000001', 'WAN_YUAN'],
  ['0.00000000001', 'YI_YUAN'],
];
const TOO_MUCH: [amount: string, unit: string][] = [
  ['10000000000000000', 'YUAN'],
  ['1000000000000', 'WAN_YUAN'],
  ['100000000', 'YI_YUAN'],
];

const WITH_AMOUNT = [
  'supplementBudget',
  'reduceBudget',
  'transferBudget',
  'recordExpenditure',
  'recordRefund',
  'reverseExpenditure',
];

describe.each([...WITH_AMOUNT, 'correctBudgetFact'])('BAD_USER_INPUT: %s with the amount', (mutation) => {
  test.each<[string, string]>([
    ['-0.01', 'YUAN'],
    ['', 'YUAN'],
    ['一', 'YUAN'],
    ['1e2', 'YUAN'],
    ['1,000', 'YUAN'],
    ...TOO_MANY_DECIMALS,
    ...TOO_MUCH,
  ])('"%s" %s', async (amount, unit) => {
    await expectPaths(mutation, { amount, unit }, ['/input/amount']);
  });

  test('0.001 without a unit, which is yuan', async () => {
    await expectPaths(mutation, { amount: '0.001', unit: null }, ['/input/amount']);
  });
});

test.each(WITH_AMOUNT)('BAD_USER_INPUT: %s with the amount 0', async (mutation) => {
  for (const unit of ['YUAN', 'WAN_YUAN', 'YI_YUAN', null]) {
    expect(await violationsOf(mutation, { amount: '0.00', unit })).toEqual([
      { path: '/input/amount', message: 'must be more than 0' },
    ]);
  }
});

describe('BAD_USER_INPUT: an approval with', () => {
  const opening = (parts: object) => ({ lines: [line('A', '1'), { ...line('B', '1'), ...parts }] });
  const LINE = '/input/lines/1';

  test.each<[string, object, string[]]>([
    ['no lines', { lines: [] }, ['/input/lines']],
    ['a line that is there twice', opening({ code: 'A' }), [`${LINE}/code`]],
    ['a line that is no code', opening({ code: 'B.1' }), [`${LINE}/code`]],
    ['a blank name', opening({ name: ' ' }), [`${LINE}/name`]],
    ['a name of 501 characters', opening({ name: 'x'.repeat(501) }), [`${LINE}/name`]],
    ['a functional class of 4 digits', opening({ functionCode: '2010' }), [`${LINE}/functionCode`]],
    ['a functional class of 8 digits', opening({ functionCode: '20101011' }), [`${LINE}/functionCode`]],
    ['a functional class in letters', opening({ functionCode: '20x' }), [`${LINE}/functionCode`]],
    ['an economic class of 4 digits', opening({ economicCode: '3010' }), [`${LINE}/economicCode`]],
    ['an economic class of 7 digits', opening({ economicCode: '3010101' }), [`${LINE}/economicCode`]],
    ['a project of 65 characters', opening({ projectCode: 'x'.repeat(65) }), [`${LINE}/projectCode`]],
    ['a negative amount', opening({ amount: '-1' }), [`${LINE}/amount`]],
    ...[...TOO_MANY_DECIMALS, ...TOO_MUCH].map(([amount, unit]): [string, object, string[]] => [
      `the amount ${amount} ${unit}`,
      { ...opening({ amount }), unit },
      [`${LINE}/amount`],
    ]),
    ['101 goals', { goals: Array(101).fill('目标') }, ['/input/goals']],
    ['a goal of 20,001 characters', { goals: ['目标', 'x'.repeat(20_001)] }, ['/input/goals/1']],
    [
      'all of that in many lines',
      { lines: [line('A', 'x'), line('A', '1'), { ...line('A', '-1'), name: '' }], goals: Array(101).fill('目标') },
      [
        '/input/goals',
        '/input/lines/0/amount',
        '/input/lines/1/code',
        '/input/lines/2/amount',
        '/input/lines/2/code',
        '/input/lines/2/name',
      ],
    ],
  ])('%s', async (_what, input, paths) => {
    await expectPaths('approveBudget', input, paths);
  });
});

test('BAD_USER_INPUT: an approval with 1,001 lines; the other fields of the request are not executed either', async () => {
  const lines = Array.from({ length: 1_001 }, (_, index) => line(`L${index}`, '1'));
  const { extensions, path } = await api.refusal('approveBudget', { ...ACCEPTED.approveBudget, lines });
  expect(path).toBeUndefined();
  expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', violations: [{ path: '/input/lines' }] });
});

describe('BAD_USER_INPUT: a supplement with', () => {
  const adding = (parts: object) => ({ line: 'C', newLine: { ...line('C'), ...parts } });
  const NEW_LINE = '/input/newLine';

  test.each<[string, object, string[]]>([
    ['a new line of another code', adding({ code: 'D' }), [`${NEW_LINE}/code`]],
    ['a new line of the code in another case', adding({ code: 'c' }), [`${NEW_LINE}/code`]],
    ['a new line without a name', adding({ name: '' }), [`${NEW_LINE}/name`]],
    ['a functional class that is none', adding({ functionCode: '1' }), [`${NEW_LINE}/functionCode`]],
    ['an economic class that is none', adding({ economicCode: '1' }), [`${NEW_LINE}/economicCode`]],
    ['a project of 65 characters', adding({ projectCode: 'x'.repeat(65) }), [`${NEW_LINE}/projectCode`]],
    [
      'nothing that is right',
      { line: '', amount: '0', newLine: line('-') },
      ['/input/amount', '/input/line', `${NEW_LINE}/code`, `${NEW_LINE}/code`],
    ],
  ])('%s', async (_what, input, paths) => {
    await expectPaths('supplementBudget', input, paths);
  });
});

test('BAD_USER_INPUT: a transfer from a line to the same line', async () => {
  expect(await violationsOf('transferBudget', { fromLine: 'A', toLine: 'A' })).toEqual([
    { path: '/input/toLine', message: 'must be another line than fromLine' },
  ]);
  await expectPaths('transferBudget', { fromLine: 'A', toLine: 'A', amount: '0' }, ['/input/amount', '/input/toLine']);
});

test.each<[string, string, object, string[]]>([
  ['a payee of 501 characters', 'recordExpenditure', { payee: 'x'.repeat(501) }, ['/input/payee']],
  ['a memo of 2,001 characters', 'recordExpenditure', { memo: 'x'.repeat(2_001) }, ['/input/memo']],
  ['a payer of 501 characters', 'recordRefund', { payer: 'x'.repeat(501) }, ['/input/payer']],
  ['a memo of 2,001 characters', 'recordRefund', { memo: 'x'.repeat(2_001) }, ['/input/memo']],
  ['an id of 513 characters', 'reverseExpenditure', { change: 'x'.repeat(513) }, ['/input/change']],
  ['an id of 513 characters', 'correctBudgetFact', { change: 'x'.repeat(513) }, ['/input/change']],
  ['nothing to correct', 'correctBudgetFact', { amount: undefined }, ['/input']],
  ['nulls', 'correctBudgetFact', { amount: null, correctEffectiveAt: null }, ['/input']],
  ['a line, but nothing to correct', 'correctBudgetFact', { amount: null, line: 'A' }, ['/input']],
  [
    'a right date that does not exist',
    'correctBudgetFact',
    { correctEffectiveAt: '2023-02-29' },
    ['/input/correctEffectiveAt'],
  ],
  [
    'a right date that does not exist, and no amount',
    'correctBudgetFact',
    { amount: null, correctEffectiveAt: 'never' },
    ['/input/correctEffectiveAt'],
  ],
])('BAD_USER_INPUT: %s in %s', async (_what, mutation, input, paths) => {
  await expectPaths(mutation, input, paths);
});

test('BAD_USER_INPUT: a correction of an approval with several lines that names no line', async () => {
  await expectPaths('correctBudgetFact', { change: changes.approval }, ['/input/line']);
});

const NOT_FOUND = { code: 'NOT_FOUND' };
const rule = (name: string) => ({ code: 'RULE_VIOLATION', rule: name });
const exceeded = (name: string, remaining: string, asked: string) => ({ ...rule(name), remaining, asked });

test.each<[string, string, object, object]>([
  ['approved twice', 'approveBudget', OPEN, { code: 'CONFLICT' }],
  ['of no department', 'approveBudget', { department: 'D9' }, NOT_FOUND],
  ...MUTATIONS.filter((mutation) => mutation !== 'approveBudget').map((mutation): [string, string, object, object] => [
    'that is none',
    mutation,
    { fiscalYear: 1999 },
    NOT_FOUND,
  ]),
  ['without the line', 'supplementBudget', { line: 'C' }, NOT_FOUND],
  ['with the line in another case', 'supplementBudget', { line: 'a' }, NOT_FOUND],
  ['with the new line already', 'supplementBudget', { line: 'A', newLine: line('A') }, { code: 'CONFLICT' }],
  ['without the line', 'reduceBudget', { line: 'C' }, NOT_FOUND],
  ['without the line that gives', 'transferBudget', { fromLine: 'C' }, NOT_FOUND],
  ['without the line that receives', 'transferBudget', { toLine: 'C' }, NOT_FOUND],
  ['without the line', 'recordExpenditure', { line: 'C' }, NOT_FOUND],
  ['without the line', 'recordRefund', { line: 'C' }, NOT_FOUND],
  ['closed', 'supplementBudget', CLOSED, rule('BUDGET_CLOSED')],
  ['closed', 'supplementBudget', { ...CLOSED, line: 'C', newLine: line('C') }, rule('BUDGET_CLOSED')],
  ['closed', 'reduceBudget', CLOSED, rule('BUDGET_CLOSED')],
  ['closed', 'transferBudget', CLOSED, rule('BUDGET_CLOSED')],
  ['closed', 'recordExpenditure', { ...CLOSED, effectiveAt: '2022-06-01' }, rule('BUDGET_CLOSED')],
  ['closed', 'recordRefund', { ...CLOSED, effectiveAt: '2022-06-01', reason: '退款' }, rule('BUDGET_CLOSED')],
  ['closed', 'closeBudget', CLOSED, rule('BUDGET_CLOSED')],
  ['with too little left', 'reduceBudget', { amount: '38.01' }, exceeded('BUDGET_EXCEEDED', '38.00', '38.01')],
  ['with too little left', 'transferBudget', { amount: '38.01' }, exceeded('BUDGET_EXCEEDED', '38.00', '38.01')],
  ['with too little left', 'recordExpenditure', { amount: '38.01' }, exceeded('BUDGET_EXCEEDED', '38.00', '38.01')],
  [
    'with too little left for an overrun without a reason',
    'recordExpenditure',
    { amount: '0.003801', unit: 'WAN_YUAN', overrun: true, reason: ' ' },
    exceeded('BUDGET_EXCEEDED', '38.00', '38.01'),
  ],
  [
    'with too little left for an overrun that is none',
    'recordExpenditure',
    { amount: '38.01', overrun: null, reason: '据实结算' },
    exceeded('BUDGET_EXCEEDED', '38.00', '38.01'),
  ],
  ['with less executed', 'recordRefund', { amount: '77.01' }, rule('REFUND_NEEDS_REASON')],
  ['with less executed', 'recordRefund', { amount: '77.01', reason: ' ' }, rule('REFUND_NEEDS_REASON')],
  ['of another year', 'recordRefund', { effectiveAt: '2024-01-01' }, rule('OUTSIDE_FISCAL_YEAR')],
  ['of another year', 'recordExpenditure', { effectiveAt: '2022-12-31' }, rule('OUTSIDE_FISCAL_YEAR')],
  ['of another year', 'recordExpenditure', { effectiveAt: '2024-01-01' }, rule('OUTSIDE_FISCAL_YEAR')],
  [
    'of another year in the time zone of the ledger',
    'recordExpenditure',
    { effectiveAt: '2023-12-31T16:00:00Z' },
    rule('OUTSIDE_FISCAL_YEAR'),
  ],
  [
    'of another revision',
    'closeBudget',
    { expectedRevision: 9 },
    { code: 'CONFLICT', expectedRevision: 9, currentRevision: 13 },
  ],
  [
    'that must not exist',
    'approveBudget',
    { ...OPEN, expectedRevision: 0 },
    { code: 'CONFLICT', expectedRevision: 0, currentRevision: 13 },
  ],
  [
    'under a key that meant other goals',
    'approveBudget',
    { ...OPEN, goals: ['目标'], idempotencyKey: 'key-1' },
    { code: 'CONFLICT' },
  ],
  ['under a key that meant an approval', 'closeBudget', { idempotencyKey: 'key-1' }, { code: 'CONFLICT' }],
])('a budget %s: %s %j', async (_what, mutation, input, extensions) => {
  const refused = await api.refusal(mutation, { ...ACCEPTED[mutation], ...input });
  expect({ path: refused.path, extensions: refused.extensions }).toEqual({ path: [mutation], extensions });
});

describe('a reversal of', () => {
  test.each<[Change, object]>([
    ['approval', rule('NOT_REVERSIBLE')],
    ['supplement', rule('NOT_REVERSIBLE')],
    ['transfer', rule('NOT_REVERSIBLE')],
    ['reversal', rule('NOT_REVERSIBLE')],
    ['correction', rule('NOT_REVERSIBLE')],
    ['refund', rule('NOT_REVERSIBLE')],
    ['withdrawn', rule('NOT_REVERSIBLE')],
    ['reversed', rule('EXPENDITURE_REVERSED')],
    ['elsewhere', NOT_FOUND],
    ['closing', NOT_FOUND],
  ])('%s', async (change, extensions) => {
    const refused = await api.refusal('reverseExpenditure', { ...OPEN, change: changes[change] });
    expect(refused.extensions).toEqual(extensions);
  });

  test.each([
    ['9.01', 'YUAN', '9.01'],
    ['0.0010', 'WAN_YUAN', '10.00'],
  ])('more than is left: %s %s', async (amount, unit, asked) => {
    const change = changes.partlyReversed;
    const refused = await api.refusal('reverseExpenditure', { ...OPEN, change, amount, unit });
    expect(refused.extensions).toEqual(exceeded('REVERSAL_EXCEEDED', '9.00', asked));
  });

  test('the closing of the budget: NOT_REVERSIBLE', async () => {
    const refused = await api.refusal('reverseExpenditure', { ...CLOSED, change: changes.closing });
    expect(refused.extensions).toEqual(rule('NOT_REVERSIBLE'));
  });
});

describe('a correction of', () => {
  test.each<[Change, object, object]>([
    ['elsewhere', { amount: '1' }, NOT_FOUND],
    ['approval', { amount: '1', line: 'C' }, NOT_FOUND],
    ['approval', { amount: '61.99', line: 'A' }, exceeded('BUDGET_EXCEEDED', '38.00', '38.01')],
    ['supplement', { amount: '1', line: 'B' }, NOT_FOUND],
    ['transfer', { amount: '1', line: 'C' }, NOT_FOUND],
    ['transfer', { amount: '52.01' }, exceeded('BUDGET_EXCEEDED', '47.00', '47.01')],
    ['expenditure', { amount: '98.01' }, exceeded('BUDGET_EXCEEDED', '38.00', '38.01')],
    ['expenditure', { correctEffectiveAt: '2024-01-01' }, rule('OUTSIDE_FISCAL_YEAR')],
    ['expenditure', { amount: '1', correctEffectiveAt: '2022-12-31T23:59:59+08:00' }, rule('OUTSIDE_FISCAL_YEAR')],
    ['reversed', { amount: '1' }, rule('EXPENDITURE_REVERSED')],
    ['reversed', { correctEffectiveAt: '2023-04-01' }, rule('EXPENDITURE_REVERSED')],
    ['reversal', { amount: '20.01' }, exceeded('REVERSAL_EXCEEDED', '0.00', '0.01')],
    ['partlyReversed', { amount: '14' }, rule('EXPENDITURE_REVERSED')],
    ['part', { amount: '13.01' }, exceeded('REVERSAL_EXCEEDED', '9.00', '9.01')],
    ['refund', { amount: '2.01' }, rule('REFUND_NEEDS_REASON')],
    ['refund', { correctEffectiveAt: '2024-01-01' }, rule('OUTSIDE_FISCAL_YEAR')],
    ['correction', { amount: '1' }, rule('NOT_CORRECTABLE')],
    ['withdrawn', { amount: '38.01' }, exceeded('BUDGET_EXCEEDED', '38.00', '38.01')],
  ])('%s to %j', async (change, input, extensions) => {
    const refused = await api.refusal('correctBudgetFact', { ...OPEN, change: changes[change], ...input });
    expect(refused.extensions).toEqual(extensions);
  });

  test('the closing of the budget: NOT_CORRECTABLE', async () => {
    const refused = await api.refusal('correctBudgetFact', { ...CLOSED, change: changes.closing, amount: '1' });
    expect(refused.extensions).toEqual(rule('NOT_CORRECTABLE'));
  });

  test.each([[''], ['x'], ['00000000-0000-0000-0000-000000000000']])('the unknown id "%s": NOT_FOUND', async (id) => {
    for (const mutation of ['correctBudgetFact', 'reverseExpenditure']) {
      const refused = await api.refusal(mutation, { ...ACCEPTED[mutation], change: id });
      expect(refused.extensions).toEqual(NOT_FOUND);
    }
  });
});

test.each(MUTATIONS)(
  'FORBIDDEN: %s in a department that the token does not name, also of no budget',
  async (mutation) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { position } }`;
    const token = await api.token({ departments: ['D3'] });
    for (const fiscalYear of [2023, 1999]) {
      const { errors } = await api.ask(query, { input: { ...ACCEPTED[mutation], fiscalYear } }, token);
      expect(errors).toMatchObject([{ path: [mutation], extensions: { code: 'FORBIDDEN' } }]);
    }
  },
);
