import { startApi, TestApi } from '../support/api';

/**
 * What auditors ask of a ledger like this, over HTTP, each on both clocks. The budget is the real report's (opening 9689.88
 * 万元, revised and executed 11604.08); the days are made up. Every test tells its own story on a ledger of its own.
 */

const BUDGET = { department: '441300-DSJ', fiscalYear: 2023 };
const OPENING = '2023-02-10';
const WAN = { ...BUDGET, unit: 'WAN_YUAN' };

let api: TestApi;
beforeEach(async () => {
  api = await startApi({ now: shanghai('2023-02-10 10:00') });
  await api.write('registerDepartment', { code: '441300-DSJ', name: '市政务服务数据管理局' });
  await api.write('approveBudget', {
    ...WAN,
    effectiveAt: OPENING,
    documentNo: '惠财预〔2023〕1号',
    lines: [
      { code: 'A', name: '甲项目', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '6689.88' },
      { code: 'B', name: '乙项目', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '3000.00' },
    ],
  });
});
afterEach(() => api.close());

/** The time on a clock in Huizhou, as an instant. */
function shanghai(text: string): string {
  return new Date(`${text.replace(' ', 'T')}+08:00`).toISOString();
}

/** Moves the store's clock on, then records. */
async function record(when: string, mutation: string, input: object): Promise<{ id: string; position: string }> {
  api.clock.set(shanghai(when));
  const { changes } = await api.write(mutation, input);
  return changes[0];
}

/** The budget of 2023 at a moment on each clock; left out, now and without an upper bound. */
async function budget(at: { knownAt?: string; effectiveAt?: string }, fields: string): Promise<any> {
  const { asOf } = await api.data(
    `query($at: AsOfInput!) { asOf(at: $at) { budget(department: "441300-DSJ", fiscalYear: 2023) { ${fields} } } }`,
    { at },
  );
  return asOf.budget;
}
const revised = async (at: { knownAt?: string; effectiveAt?: string }): Promise<string> =>
  (await budget(at, 'revised(unit: WAN_YUAN)')).revised;
const executed = async (at: { knownAt?: string; effectiveAt?: string }): Promise<string> =>
  (await budget(at, 'executed(unit: WAN_YUAN)')).executed;

test('1. What was the revised budget on 30 June?', async () => {
  await record('2023-07-05 09:00', 'supplementBudget', {
    ...WAN,
    line: 'A',
    amount: '1000.00',
    effectiveAt: '2023-06-28',
  });
  api.clock.set(shanghai('2024-03-01 09:00'));

  expect(await revised({ effectiveAt: '2023-06-30' })).toBe('10689.88');
  expect(await revised({ knownAt: '2023-06-30', effectiveAt: '2023-06-30' })).toBe('9689.88');
  expect(await revised({ knownAt: '2023-06-30' })).toBe('9689.88');
  expect(await revised({ knownAt: '2023-07-05', effectiveAt: '2023-06-27' })).toBe('9689.88');
});

test('2. Why does the execution rate that we reported on 31 July differ from the one computed today?', async () => {
  await record('2023-07-20 09:00', 'recordExpenditure', { ...WAN, line: 'A', amount: '968.99' });
  const later = await record('2023-07-30 09:00', 'recordExpenditure', { ...WAN, line: 'B', amount: '500.00' });
  await record('2023-08-01 09:00', 'reverseExpenditure', { ...BUDGET, change: later.id, effectiveAt: '2023-07-31' });
  await record('2023-08-03 09:00', 'recordExpenditure', {
    ...WAN,
    line: 'A',
    amount: '100.00',
    effectiveAt: '2023-07-20',
  });
  api.clock.set(shanghai('2023-12-01 09:00'));

  const FIELDS =
    'executed(unit: WAN_YUAN) executionRate entries(kinds: [EXPENDITURE, REVERSAL]) { nodes { kind state amount(unit: WAN_YUAN) } }';
  expect(await budget({ knownAt: '2023-07-31', effectiveAt: '2023-07-31' }, FIELDS)).toEqual({
    executed: '1468.99',
    executionRate: '15.16',
    entries: {
      nodes: [
        { kind: 'EXPENDITURE', state: 'IN_FORCE', amount: '968.99' },
        { kind: 'EXPENDITURE', state: 'IN_FORCE', amount: '500.00' },
      ],
    },
  });
  expect(await budget({ effectiveAt: '2023-07-31' }, FIELDS)).toEqual({
    executed: '1068.99',
    executionRate: '11.03',
    entries: {
      nodes: [
        { kind: 'EXPENDITURE', state: 'IN_FORCE', amount: '100.00' },
        { kind: 'EXPENDITURE', state: 'IN_FORCE', amount: '968.99' },
        { kind: 'EXPENDITURE', state: 'REVERSED', amount: '500.00' },
        { kind: 'REVERSAL', state: 'IN_FORCE', amount: '500.00' },
      ],
    },
  });
  // The history of the record has not changed: it has grown.
  const history = 'history { nodes { type revision } }';
  const [then, now] = [await budget({ knownAt: '2023-07-31' }, history), await budget({}, history)];
  expect(now.history.nodes.slice(0, 3)).toEqual(then.history.nodes);
});

test('3. Which year does a payment of 31 December, 23:59:59 belong to?', async () => {
  const lastOfTheYear = '2023-12-31T15:59:59.999Z';
  const firstOfTheNext = '2023-12-31T16:00:00.000Z';
  await record('2023-12-31 23:59:59.999', 'recordExpenditure', { ...WAN, line: 'A', amount: '1.00' });
  await record('2024-01-01 00:00', 'recordExpenditure', {
    ...WAN,
    line: 'A',
    amount: '2.00',
    effectiveAt: lastOfTheYear,
  });

  const refused = await api.refusal('recordExpenditure', {
    ...WAN,
    line: 'A',
    amount: '4.00',
    effectiveAt: firstOfTheNext,
  });
  expect(refused.extensions).toEqual({ code: 'RULE_VIOLATION', rule: 'OUTSIDE_FISCAL_YEAR' });

  expect(await executed({ effectiveAt: '2023-12-31' })).toBe('3.00');
  expect(await executed({ effectiveAt: '2023-12-31T15:59:59.998Z' })).toBe('0.00');
  // Known by the end of 2023: recorded at 15:59:59.999Z, but not at 16:00:00.000Z.
  expect(await executed({ knownAt: '2023-12-31' })).toBe('1.00');
  expect(await executed({ knownAt: firstOfTheNext })).toBe('3.00');
});

test('4. 300 moved from A to B, corrected to 350: what did the lines and the whole say?', async () => {
  const transfer = await record('2023-05-10 09:00', 'transferBudget', {
    ...WAN,
    fromLine: 'A',
    toLine: 'B',
    amount: '300.00',
    effectiveAt: '2023-05-08',
  });
  await record('2023-06-01 09:00', 'correctBudgetFact', {
    ...WAN,
    change: transfer.id,
    amount: '350.00',
    reason: '文号所载为350万元',
  });
  api.clock.set(shanghai('2023-09-01 09:00'));

  const lines = async (at: { knownAt?: string; effectiveAt?: string }) => {
    const { revised: whole, lines } = await budget(
      at,
      'revised(unit: WAN_YUAN) lines { code revised(unit: WAN_YUAN) }',
    );
    return [whole, ...lines.map((line: { revised: string }) => line.revised)];
  };
  const before = ['9689.88', '6689.88', '3000.00'];
  expect(await lines({ effectiveAt: '2023-05-07' })).toEqual(before);
  expect(await lines({ knownAt: '2023-05-09', effectiveAt: '2023-05-08' })).toEqual(before);
  expect(await lines({ knownAt: '2023-05-31', effectiveAt: '2023-05-08' })).toEqual(['9689.88', '6389.88', '3300.00']);
  expect(await lines({ knownAt: '2023-06-01', effectiveAt: '2023-05-08' })).toEqual(['9689.88', '6339.88', '3350.00']);
  expect(await lines({})).toEqual(['9689.88', '6339.88', '3350.00']);
  expect(await lines({ knownAt: '2023-05-31' })).toEqual(['9689.88', '6389.88', '3300.00']);
});

test('6. Which fund do 365.29 of 31 December come from?', async () => {
  const fund = { code: 'C', name: '未归集来源', fundSource: 'UNATTRIBUTED' };
  await record('2023-11-20 09:00', 'supplementBudget', { ...WAN, line: 'A', amount: '1548.91' });
  const unattributed = await record('2023-12-20 09:00', 'supplementBudget', {
    ...WAN,
    line: 'C',
    newLine: fund,
    amount: '365.29',
  });
  // In May of the next year the papers turn up: the money came from the government fund, and did so by the end of 2023.
  const known = { ...fund, code: 'D', name: '政府性基金', fundSource: 'GOVERNMENT_FUND' };
  await record('2024-05-06 09:00', 'supplementBudget', {
    ...WAN,
    line: 'D',
    newLine: known,
    amount: '365.29',
    effectiveAt: '2023-12-31',
    documentNo: '惠财〔2024〕5号',
  });
  await record('2024-05-06 09:01', 'correctBudgetFact', {
    ...WAN,
    change: unattributed.id,
    amount: '0',
    reason: '来源已查明',
  });
  api.clock.set(shanghai('2024-06-01 09:00'));

  const bySource = async (at: { knownAt?: string; effectiveAt?: string }) => {
    const { lines, revised: whole } = await budget(
      at,
      'revised(unit: WAN_YUAN) lines { fundSource revised(unit: WAN_YUAN) }',
    );
    const amounts = lines.map((line: { fundSource: string; revised: string }) => [line.fundSource, line.revised]);
    return { whole, ...Object.fromEntries(amounts.filter(([source]: [string]) => source !== 'GENERAL_PUBLIC_BUDGET')) };
  };
  expect(await bySource({ knownAt: '2024-04-30', effectiveAt: '2023-12-31' })).toEqual({
    whole: '11604.08',
    UNATTRIBUTED: '365.29',
  });
  expect(await bySource({ effectiveAt: '2023-12-31' })).toEqual({
    whole: '11604.08',
    UNATTRIBUTED: '0.00',
    GOVERNMENT_FUND: '365.29',
  });
});

test('7. What was the connection rate of 30 September?', async () => {
  await record('2023-02-11 09:00', 'defineIndicator', {
    code: 'K08',
    ...BUDGET,
    name: '12345 热线接通率',
    level1: 'OUTPUT',
    level2: 'QUALITY',
    direction: 'AT_LEAST',
    unit: '%',
    target: '98',
  });
  const first = await record('2023-10-08 09:00', 'recordObservation', {
    code: 'K08',
    observedOn: '2023-09-30',
    value: '97.4',
    qualifier: 'GT',
  });
  await record('2023-10-20 09:00', 'recordObservation', { code: 'K08', observedOn: '2023-08-31', value: '96.0' });
  await record('2023-11-02 09:00', 'correctObservation', {
    code: 'K08',
    observation: first.id,
    value: '98.2',
    reason: '漏计',
  });
  api.clock.set(shanghai('2023-12-01 09:00'));

  const reading = async (at: { knownAt?: string; effectiveAt?: string }) => {
    const { asOf } = await api.data(
      `query($at: AsOfInput!) { asOf(at: $at) { indicator(code: "K08") {
        completionRate
        latest { observedOn value qualifier corrected change { recordedAt } corrections { reason actor { sub } } }
      } } }`,
      { at },
    );
    return asOf.indicator;
  };
  const change = { recordedAt: shanghai('2023-10-08 09:00') };
  const september = { observedOn: '2023-09-30', qualifier: 'GT', change };
  expect(await reading({ knownAt: '2023-10-10', effectiveAt: '2023-09-30' })).toEqual({
    completionRate: '99.39',
    latest: { ...september, value: '97.4', corrected: false, corrections: [] },
  });
  // August's reading, recorded later, never becomes the latest one.
  expect((await reading({ knownAt: '2023-10-31' })).latest.value).toBe('97.4');
  expect(await reading({ effectiveAt: '2023-09-30' })).toEqual({
    completionRate: '100.20',
    latest: {
      ...september,
      value: '98.2',
      corrected: true,
      corrections: [{ reason: '漏计', actor: { sub: 'u-editor' } }],
    },
  });
  expect((await reading({ effectiveAt: '2023-09-29' })).latest.value).toBe('96.0');
  // No reading is no reading, never 0.
  expect(await reading({ knownAt: '2023-10-07' })).toEqual({ completionRate: null, latest: null });
});

test('9. Do all adjustments of the year, one by one, come to 1914.20?', async () => {
  const KEY = { idempotencyKey: 'sent twice' };
  const supplement = { ...WAN, line: 'A', amount: '1548.91', effectiveAt: '2023-06-28', documentNo: '文一', ...KEY };
  await record('2023-07-05 09:00', 'supplementBudget', supplement);
  await record('2023-07-05 09:01', 'supplementBudget', supplement);
  const mistaken = await record('2023-08-01 09:00', 'supplementBudget', {
    ...WAN,
    line: 'B',
    amount: '88.00',
    effectiveAt: '2023-08-01',
    documentNo: '文二',
  });
  await record('2023-08-01 10:00', 'reduceBudget', {
    ...WAN,
    line: 'B',
    amount: '34.71',
    effectiveAt: '2023-08-01',
    documentNo: '文三',
  });
  await record('2023-09-01 09:00', 'correctBudgetFact', {
    ...WAN,
    change: mistaken.id,
    amount: '0',
    reason: '重复下达',
  });
  await record('2023-12-20 09:00', 'supplementBudget', { ...WAN, line: 'B', amount: '400.00', documentNo: '文四' });
  api.clock.set(shanghai('2024-01-15 09:00'));

  const steps = async (at: { knownAt?: string; effectiveAt?: string }) => {
    const { adjustment, entries } = await budget(
      at,
      'adjustment(unit: WAN_YUAN) entries(kinds: [SUPPLEMENT, REDUCTION]) { nodes { kind documentNo state amount(unit: WAN_YUAN) effectiveAt } }',
    );
    const told = entries.nodes.map((node: any) => [node.documentNo, node.kind, node.amount, node.state]);
    return { adjustment, told };
  };
  expect(await steps({})).toEqual({
    adjustment: '1914.20',
    told: [
      ['文一', 'SUPPLEMENT', '1548.91', 'IN_FORCE'],
      ['文二', 'SUPPLEMENT', '0.00', 'WITHDRAWN'],
      ['文三', 'REDUCTION', '34.71', 'IN_FORCE'],
      ['文四', 'SUPPLEMENT', '400.00', 'IN_FORCE'],
    ],
  });
  expect(await steps({ knownAt: '2023-08-31', effectiveAt: '2023-08-31' })).toEqual({
    adjustment: '1602.20',
    told: [
      ['文一', 'SUPPLEMENT', '1548.91', 'IN_FORCE'],
      ['文二', 'SUPPLEMENT', '88.00', 'IN_FORCE'],
      ['文三', 'REDUCTION', '34.71', 'IN_FORCE'],
    ],
  });
});

describe('at the edges', () => {
  test('before the first event there is nothing, and no error', async () => {
    const { asOf } = await api.data(
      `{ asOf(at: { knownAt: "2022-01-01" }) {
        position knownAt
        department(code: "441300-DSJ") { name }
        budget(department: "441300-DSJ", fiscalYear: 2023) { revised }
        departments { nodes { code } pageInfo { hasNextPage } }
      } }`,
    );
    expect(asOf).toEqual({
      position: '0',
      knownAt: '2022-01-01T15:59:59.999Z',
      department: null,
      budget: null,
      departments: { nodes: [], pageInfo: { hasNextPage: false } },
    });
  });

  test('position zero stands before all, at the epoch', async () => {
    const { asOf } = await api.data(
      '{ asOf(at: { position: "0" }) { position knownAt departments { nodes { code } } } }',
    );
    expect(asOf).toEqual({ position: '0', knownAt: '1970-01-01T00:00:00.000Z', departments: { nodes: [] } });
  });

  test('effective before the opening: the budget and its lines are there, without amounts', async () => {
    const before = await budget(
      { effectiveAt: '2023-02-09' },
      'opening revised executionRate closed lines { code opening } entries { nodes { kind } } revision',
    );
    expect(before).toEqual({
      opening: '0.00',
      revised: '0.00',
      executionRate: null,
      closed: false,
      lines: [
        { code: 'A', opening: '0.00' },
        { code: 'B', opening: '0.00' },
      ],
      entries: { nodes: [] },
      revision: 1,
    });
  });

  test('a moment to come is refused; an effective date to come includes what is on record for it', async () => {
    await record('2023-03-01 09:00', 'supplementBudget', {
      ...WAN,
      line: 'A',
      amount: '1.00',
      effectiveAt: '2023-12-01',
    });
    const { errors } = await api.ask('{ asOf(at: { knownAt: "2024-01-01" }) { position } }');
    expect(errors?.[0]?.extensions.code).toBe('AS_OF_IN_FUTURE');
    expect(await revised({ effectiveAt: '2023-06-30' })).toBe('9689.88');
    expect(await revised({ effectiveAt: '2023-12-31' })).toBe('9690.88');
    expect(await revised({})).toBe('9690.88');
  });

  test('29 February is a day in a leap year alone', async () => {
    api.clock.set(shanghai('2024-02-29 12:00'));
    const budget2024 = { department: '441300-DSJ', fiscalYear: 2024 };
    await api.write('approveBudget', {
      ...budget2024,
      effectiveAt: '2024-02-29',
      lines: [{ code: 'A', name: '甲', fundSource: 'UNIT_FUNDS', amount: '1.00' }],
    });
    const { asOf } = await api.data(
      '{ asOf(at: { effectiveAt: "2024-02-29" }) { budget(department: "441300-DSJ", fiscalYear: 2024) { opening } } }',
    );
    expect(asOf.budget.opening).toBe('1.00');
    expect(
      (await api.ask('{ asOf(at: { effectiveAt: "2023-02-29" }) { position } }')).errors?.[0]?.extensions.code,
    ).toBe('BAD_USER_INPUT');
  });

  test('a grade is given on two decimals: 89.995 is 优, and so is exactly 90', async () => {
    api.clock.set(shanghai('2024-02-01 09:00'));
    for (const [year, score, grade] of [
      [2001, '90', 'EXCELLENT'],
      [2002, '89.995', 'EXCELLENT'],
      [2003, '89.994', 'GOOD'],
      [2004, '80', 'GOOD'],
      [2005, '60', 'FAIR'],
      [2006, '59.99', 'POOR'],
    ]) {
      const evaluation = { department: '441300-DSJ', fiscalYear: year };
      await api.write('openEvaluation', evaluation);
      const written = await api.write(
        'submitEvaluation',
        { ...evaluation, selfScore: score },
        'evaluation { selfScore grade }',
      );
      expect(written.evaluation).toEqual({ selfScore: score, grade });
    }
  });

  test('a pinned answer is the same for ever', async () => {
    const FIELDS =
      'position budget(department: "441300-DSJ", fiscalYear: 2023) { id revised executed lines { executed } lastChange { id } }';
    const { asOf: pinned } = await api.data(`{ asOf(at: {}) { ${FIELDS} } }`);
    await record('2023-03-01 09:00', 'recordExpenditure', {
      ...WAN,
      line: 'A',
      amount: '7.00',
      effectiveAt: '2023-02-11',
    });
    const again = await api.data(`query($position: Position) { asOf(at: { position: $position }) { ${FIELDS} } }`, {
      position: pinned.position,
    });
    expect(again.asOf).toEqual(pinned);
  });

  test('ids of the past carry their snapshot, and node answers there', async () => {
    const read = '{ id revised(unit: WAN_YUAN) }';
    const { asOf } = await api.data(
      `{ asOf(at: { effectiveAt: "2023-02-09" }) { budget(department: "441300-DSJ", fiscalYear: 2023) ${read} } }`,
    );
    const { budget: now } = await api.data(`{ budget(department: "441300-DSJ", fiscalYear: 2023) ${read} }`);
    expect(asOf.budget.id).not.toBe(now.id);
    await record('2023-03-01 09:00', 'supplementBudget', { ...WAN, line: 'A', amount: '1.00' });
    const node = async (id: string) =>
      (await api.data('query($id: ID!) { node(id: $id) { id ... on Budget { revised(unit: WAN_YUAN) } } }', { id }))
        .node;
    expect(await node(asOf.budget.id)).toEqual({ id: asOf.budget.id, revised: '0.00' });
    expect(await node(now.id)).toEqual({ id: now.id, revised: '9690.88' });
  });
});
