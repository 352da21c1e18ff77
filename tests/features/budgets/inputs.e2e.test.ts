import { startApi, TestApi } from '../../support/api';

/** What the inputs of budgets record: with every field, with only the required ones, and with nulls. */

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ now: '2023-12-01T02:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
});
afterAll(() => api.close());

let fiscalYear = 2000;
/** A new budget with the lines A and B, of 100 and 50 万元. */
async function approved(): Promise<{ readonly department: string; readonly fiscalYear: number }> {
  const budget = { department: 'D1', fiscalYear: ++fiscalYear };
  const line = { name: '明细', fundSource: 'UNIT_FUNDS' };
  const lines = [
    { ...line, code: 'A', amount: '100' },
    { ...line, code: 'B', amount: '50' },
  ];
  await api.write('approveBudget', { ...budget, lines, unit: 'WAN_YUAN' });
  return budget;
}

const LINE = 'code name fundSource vintage expenditureKind functionCode economicCode projectCode opening';

test('an approval with every field', async () => {
  const line = {
    code: 'A',
    name: '一网通办',
    fundSource: 'GOVERNMENT_FUND',
    vintage: 'CARRIED_OVER',
    expenditureKind: 'PROJECT_SPECIFIC',
    functionCode: '2010301',
    economicCode: '30201',
    projectCode: '2023-001',
  };
  const input = {
    department: 'D1',
    fiscalYear: 2023,
    lines: [
      { ...line, amount: '1.000001' },
      { ...line, code: 'B', functionCode: '201', economicCode: '302', amount: '0' },
      { ...line, code: 'C', functionCode: '20103', amount: '2' },
    ],
    unit: 'WAN_YUAN',
    goals: ['接通率', ''],
  };
  const { budget } = await api.write('approveBudget', input, `budget { goals opening lines { ${LINE} } }`);
  expect(budget).toEqual({
    goals: ['接通率', ''],
    opening: '30000.01',
    lines: [
      { ...line, opening: '10000.01' },
      { ...line, code: 'B', functionCode: '201', economicCode: '302', opening: '0.00' },
      { ...line, code: 'C', functionCode: '20103', opening: '20000.00' },
    ],
  });
});

test.each([
  ['the least that it has to say', 2022, undefined],
  ['nulls', 2021, null],
])('an approval with %s', async (_what, year, nothing) => {
  const least = { code: 'A', name: '明细', fundSource: 'UNIT_FUNDS' };
  const line = {
    ...least,
    amount: '12.5',
    vintage: nothing,
    expenditureKind: nothing,
    functionCode: nothing,
    economicCode: nothing,
    projectCode: nothing,
  };
  const input = { department: 'D1', fiscalYear: year, lines: [line], unit: nothing, goals: nothing };
  const { budget } = await api.write('approveBudget', input, `budget { goals lines { ${LINE} } }`);
  expect(budget).toEqual({
    goals: [],
    lines: [
      {
        ...least,
        vintage: 'CURRENT_YEAR',
        expenditureKind: 'UNSPECIFIED',
        functionCode: null,
        economicCode: null,
        projectCode: null,
        opening: '12.50',
      },
    ],
  });
});

describe.each([
  ['WAN_YUAN', '10000.00'],
  ['YI_YUAN', '100000000.00'],
  ['YUAN', '1.00'],
  [undefined, '1.00'],
  [null, '1.00'],
])('an amount of 1 in the unit %s', (unit, yuan) => {
  const lines = 'lines { code adjustment executed }';

  test('of a supplement', async () => {
    const input = { ...(await approved()), line: 'A', amount: '1', unit };
    const { budget } = await api.write('supplementBudget', input, `budget { ${lines} }`);
    expect(budget.lines[0]).toEqual({ code: 'A', adjustment: yuan, executed: '0.00' });
  });

  test('of a correction', async () => {
    const budget = await approved();
    const { changes } = await api.write('supplementBudget', { ...budget, line: 'A', amount: '7' });
    const input = { ...budget, change: changes[0].eventId, amount: '1', unit };
    const corrected = await api.write('correctBudgetFact', input, `budget { ${lines} }`);
    expect(corrected.budget.lines[0]).toMatchObject({ adjustment: yuan });
  });
});

test.each([
  ['reduceBudget', { line: 'A' }, ['-10000.00', '0.00']],
  ['transferBudget', { fromLine: 'A', toLine: 'B' }, ['-10000.00', '10000.00']],
])('%s in 万元', async (mutation, input, adjustments) => {
  const whole = { ...(await approved()), ...input, amount: '1', unit: 'WAN_YUAN' };
  const { budget } = await api.write(mutation, whole, 'budget { lines { adjustment } }');
  expect(budget.lines.map(({ adjustment }: { adjustment: string }) => adjustment)).toEqual(adjustments);
});

test.each([
  ['all that it can say', { payee: '甲公司', memo: '一期' }, { payee: '甲公司', memo: '一期' }],
  ['the least that it has to say', {}, { payee: null, memo: null }],
  ['nulls', { payee: null, memo: null }, { payee: null, memo: null }],
])('an expenditure with %s', async (_what, input, expected) => {
  const budget = await approved();
  const effectiveAt = `${budget.fiscalYear}-03-01`;
  const whole = { ...budget, line: 'A', amount: '1', unit: 'WAN_YUAN', effectiveAt, ...input };
  const fields = 'budget { entries(kinds: EXPENDITURE) { nodes { amount payee memo } } }';
  const written = await api.write('recordExpenditure', whole, fields);
  expect(written.budget.entries.nodes).toEqual([{ amount: '10000.00', ...expected }]);
});

test('a supplement adds the line that it describes', async () => {
  const newLine = { code: 'C', name: '新增', fundSource: 'GOVERNMENT_FUND', functionCode: '201' };
  const input = { ...(await approved()), line: 'C', amount: '1', newLine };
  const { budget } = await api.write('supplementBudget', input, `budget { lines { ${LINE} adjustment } }`);
  expect(budget.lines[2]).toEqual({
    ...newLine,
    vintage: 'CURRENT_YEAR',
    expenditureKind: 'UNSPECIFIED',
    economicCode: null,
    projectCode: null,
    opening: '0.00',
    adjustment: '1.00',
  });
});

describe('a correction', () => {
  const ENTRY = 'budget { entries(kinds: SUPPLEMENT) { nodes { amount effectiveAt } } }';
  const correct = async (input: object) => {
    const budget = await approved();
    const supplement = { ...budget, line: 'A', amount: '7', effectiveAt: `${budget.fiscalYear}-03-02` };
    const { changes } = await api.write('supplementBudget', supplement);
    const { id, eventId } = changes[0];
    const entries = [];
    for (const change of [eventId, id]) {
      const corrected = await api.write('correctBudgetFact', { ...budget, change, ...input }, ENTRY);
      entries.push(...corrected.budget.entries.nodes);
    }
    return { year: budget.fiscalYear, entries };
  };

  test('of the amount leaves the date as it is, by any id of the change', async () => {
    const { year, entries } = await correct({ amount: '8', correctEffectiveAt: null });
    const entry = { amount: '8.00', effectiveAt: `${year}-03-01T16:00:00.000Z` };
    expect(entries).toEqual([entry, entry]);
  });

  test('of the date leaves the amount as it is; a date means its 00:00 in the time zone of the ledger', async () => {
    const { entries } = await correct({ amount: null, correctEffectiveAt: '2023-07-01' });
    const entry = { amount: '7.00', effectiveAt: '2023-06-30T16:00:00.000Z' };
    expect(entries).toEqual([entry, entry]);
  });

  test('of an approval changes the line that it names', async () => {
    const budget = await approved();
    const { department, fiscalYear: year } = budget;
    const first = `{ budget(department: "${department}", fiscalYear: ${year}) { history { nodes { eventId } } } }`;
    const { eventId } = (await api.data(first)).budget.history.nodes[0];
    const input = { ...budget, change: eventId, line: 'B', amount: '51', unit: 'WAN_YUAN' };
    const corrected = await api.write('correctBudgetFact', input, 'budget { lines { code opening } }');
    expect(corrected.budget.lines).toEqual([
      { code: 'A', opening: '1000000.00' },
      { code: 'B', opening: '510000.00' },
    ]);
  });
});
