import { TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';

/**
 * What auditors ask of a ledger like this, over HTTP, each on both clocks. The budget is the real report's (opening 9689.88
 * 万元, revised and executed 11604.08); the days are made up. Every test tells its own story on a ledger of its own.
 */

const BUDGET = { department: '441300-DSJ', fiscalYear: 2023 };
const OPENING = '2023-02-10';
const WAN = { ...BUDGET, unit: 'WAN_YUAN' };

let api: TestApi;

/** The time on a clock in Huizhou, as an instant. */
function shanghai(text: string): string {
  return new Date(`${text.replace(' ', 'T')}+08:00`).toISOString();
}

/** Moves the store's clock on, then records. */
async function record(when: string, mutation: string, input: object): Promise<{ eventId: string; position: string }> {
  api.clock.set(shanghai(when));
  const { changes } = await api.write(mutation, input);
  return changes[0];
}

/** What differs between two moments, each entity with its fields as `path: before -> after`. */
async function diff(from: object, to: object | null, filter: object | null = null): Promise<Record<string, string[]>> {
  const { diff: page } = await api.data(
    `query($from: AsOfInput!, $to: AsOfInput, $filter: ChangeFilter) {
      diff(from: $from, to: $to, filter: $filter) { nodes { entity fields { path before after } } }
    }`,
    { from, to, filter },
  );
  return Object.fromEntries(page.nodes.map((node: any) => [node.entity, told(node.fields)]));
}
const told = (fields: readonly { path: string; before: unknown; after: unknown }[]): string[] =>
  fields.map(({ path, before, after }) => `${path}: ${String(before)} -> ${String(after)}`);

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

/** The questions, over the engines that `start` gives: empty ones for each test, whose log goes by the server's clock. */
export function describeAuditQuestions(
  start: (now: string, onEnd: (cleanUp: () => unknown) => void) => Promise<TestApi>,
): void {
  const onEnd = cleanUps();
  beforeEach(async () => {
    api = await start(shanghai('2023-02-10 10:00'), onEnd);
    onEnd(() => api.close());
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
    await record('2023-08-01 09:00', 'reverseExpenditure', {
      ...BUDGET,
      change: later.eventId,
      effectiveAt: '2023-07-31',
    });
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
      change: transfer.eventId,
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
    expect(await lines({ knownAt: '2023-05-31', effectiveAt: '2023-05-08' })).toEqual([
      '9689.88',
      '6389.88',
      '3300.00',
    ]);
    expect(await lines({ knownAt: '2023-06-01', effectiveAt: '2023-05-08' })).toEqual([
      '9689.88',
      '6339.88',
      '3350.00',
    ]);
    expect(await lines({})).toEqual(['9689.88', '6339.88', '3350.00']);
    expect(await lines({ knownAt: '2023-05-31' })).toEqual(['9689.88', '6389.88', '3300.00']);
  });

  test('5. What were the scores before and after the review? Who changed them, when and why?', async () => {
    await record('2024-01-10 09:00', 'openEvaluation', BUDGET);
    await record('2024-01-15 09:00', 'submitEvaluation', { ...BUDGET, selfScore: '98.5', reason: '首次自评' });
    await record('2024-01-20 09:00', 'returnEvaluation', { ...BUDGET, reason: '满意度缺佐证' });
    const again = { ...BUDGET, selfScore: '97.63', effectiveAt: '2024-02-01', reason: '补充佐证' };
    await record('2024-02-05 09:00', 'submitEvaluation', again);
    api.clock.set(shanghai('2024-03-08 09:00'));
    await api.data(
      'mutation($input: ConfirmEvaluationInput!) { confirmEvaluation(input: $input) { position } }',
      { input: { ...BUDGET, reviewScore: '89.5', effectiveAt: '2024-03-05', reason: '材料不全' } },
      await api.token({ sub: 'u-review', name: '李复核', roles: ['finance'] }),
    );
    api.clock.set(shanghai('2024-04-01 09:00'));

    const evaluation = async (at: { knownAt?: string; effectiveAt?: string }, fields: string) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) { evaluation(department: "441300-DSJ", fiscalYear: 2023) { ${fields} } } }`,
        { at },
      );
      return asOf.evaluation;
    };
    const scores = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const found = await evaluation(at, 'status round selfScore reviewScore grade');
      return [found.status, found.round, found.selfScore, found.reviewScore, found.grade];
    };
    expect(await scores({ knownAt: '2024-01-15' })).toEqual(['SUBMITTED', 1, '98.5', null, 'EXCELLENT']);
    expect(await scores({ knownAt: '2024-02-04' })).toEqual(['RETURNED', 1, '98.5', null, 'EXCELLENT']);
    expect(await scores({ effectiveAt: '2024-02-04' })).toEqual(['SUBMITTED', 2, '97.63', null, 'EXCELLENT']);
    expect(await scores({ knownAt: '2024-03-07', effectiveAt: '2024-03-05' })).toEqual([
      'SUBMITTED',
      2,
      '97.63',
      null,
      'EXCELLENT',
    ]);
    expect(await scores({ effectiveAt: '2024-03-04' })).toEqual(['SUBMITTED', 2, '97.63', null, 'EXCELLENT']);
    expect(await scores({ effectiveAt: '2024-03-05' })).toEqual(['CONFIRMED', 2, '97.63', '89.5', 'GOOD']);

    const blamed = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { blame } = await evaluation(
        at,
        'blame { path value change { type reason recordedAt actor { sub name } } }',
      );
      const origins = blame.filter(({ path }: { path: string }) => path === '/selfScore' || path === '/reviewScore');
      return Object.fromEntries(origins.map(({ path, value, change }: any) => [path, { value, ...change }]));
    };
    const editor = { sub: 'u-editor', name: '张编辑' };
    const submitted = {
      value: '97.63',
      type: 'EvaluationSubmitted',
      reason: '补充佐证',
      recordedAt: shanghai('2024-02-05 09:00'),
      actor: editor,
    };
    const unreviewed = {
      value: null,
      type: 'EvaluationOpened',
      reason: null,
      recordedAt: shanghai('2024-01-10 09:00'),
      actor: editor,
    };
    expect(await blamed({ knownAt: '2024-03-07' })).toEqual({ '/selfScore': submitted, '/reviewScore': unreviewed });
    expect(await blamed({ effectiveAt: '2024-03-04' })).toEqual({
      '/selfScore': submitted,
      '/reviewScore': unreviewed,
    });
    expect(await blamed({})).toEqual({
      '/selfScore': submitted,
      '/reviewScore': {
        value: '89.5',
        type: 'EvaluationConfirmed',
        reason: '材料不全',
        recordedAt: shanghai('2024-03-08 09:00'),
        actor: { sub: 'u-review', name: '李复核' },
      },
    });

    const { history } = await evaluation({}, 'history { nodes { type reason fields { path before after } } }');
    expect(history.nodes.slice(1).map(({ type, reason, fields }: any) => [type, reason, ...told(fields)])).toEqual([
      [
        'EvaluationSubmitted',
        '首次自评',
        '/status: DRAFT -> SUBMITTED',
        '/selfScore: null -> 98.5',
        '/grade: null -> EXCELLENT',
      ],
      ['EvaluationReturned', '满意度缺佐证', '/status: SUBMITTED -> RETURNED'],
      [
        'EvaluationSubmitted',
        '补充佐证',
        '/status: RETURNED -> SUBMITTED',
        '/round: 1 -> 2',
        '/selfScore: 98.5 -> 97.63',
      ],
      [
        'EvaluationConfirmed',
        '材料不全',
        '/status: SUBMITTED -> CONFIRMED',
        '/reviewScore: null -> 89.5',
        '/grade: EXCELLENT -> GOOD',
      ],
    ]);
    // Between the submission and the review, on either clock.
    const reviewed = ['/status: SUBMITTED -> CONFIRMED', '/reviewScore: null -> 89.5', '/grade: EXCELLENT -> GOOD'];
    const evaluations = { entityTypes: ['EVALUATION'] };
    expect(await diff({ knownAt: '2024-03-07' }, null, evaluations)).toEqual({ '441300-DSJ.2023': reviewed });
    expect(await diff({ effectiveAt: '2024-03-04' }, { effectiveAt: '2024-03-05' }, evaluations)).toEqual({
      '441300-DSJ.2023': reviewed,
    });
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
      change: unattributed.eventId,
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
      return {
        whole,
        ...Object.fromEntries(amounts.filter(([source]: [string]) => source !== 'GENERAL_PUBLIC_BUDGET')),
      };
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
      observation: first.eventId,
      value: '98.2',
      reason: '漏计',
    });
    api.clock.set(shanghai('2023-12-01 09:00'));

    const reading = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) { indicator(code: "K08") {
          completionRate reached
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
      reached: null,
      latest: { ...september, value: '97.4', corrected: false, corrections: [] },
    });
    // August's reading, recorded later, never becomes the latest one.
    expect((await reading({ knownAt: '2023-10-31' })).latest.value).toBe('97.4');
    expect(await reading({ effectiveAt: '2023-09-30' })).toEqual({
      completionRate: '100.20',
      reached: true,
      latest: {
        ...september,
        value: '98.2',
        corrected: true,
        corrections: [{ reason: '漏计', actor: { sub: 'u-editor' } }],
      },
    });
    expect((await reading({ effectiveAt: '2023-09-29' })).latest.value).toBe('96.0');
    // No reading is no reading, never 0.
    expect(await reading({ knownAt: '2023-10-07' })).toEqual({ completionRate: null, reached: null, latest: null });
  });

  test('8. What is carried over into 2024, and what is there at the beginning of that year?', async () => {
    const spent = await record('2023-12-20 09:00', 'recordExpenditure', { ...WAN, line: 'A', amount: '6389.88' });
    await record('2023-12-25 09:00', 'recordExpenditure', { ...WAN, line: 'B', amount: '3000.00' });
    await record('2024-01-05 09:00', 'closeBudget', { ...BUDGET, effectiveAt: '2023-12-31' });
    const next = { department: '441300-DSJ', fiscalYear: 2024, unit: 'WAN_YUAN' };
    const source = 'GENERAL_PUBLIC_BUDGET';
    const opening = await record('2024-01-10 09:00', 'approveBudget', {
      ...next,
      effectiveAt: '2024-01-01',
      lines: [
        { code: 'A', name: '甲项目', fundSource: source, amount: '5000.00' },
        { code: 'J', name: '甲项目结转', fundSource: source, vintage: 'CARRIED_OVER', amount: '300.00' },
      ],
    });
    // The final account of 2023 finds 50.00 more: the closed year takes the correction, and the carry-over follows it.
    const finalAccount = await record('2024-02-20 09:00', 'correctBudgetFact', {
      ...WAN,
      change: spent.eventId,
      amount: '6439.88',
      effectiveAt: '2023-12-31',
      reason: '决算调整',
    });
    const carryOver = await record('2024-02-28 09:00', 'correctBudgetFact', {
      ...next,
      change: opening.eventId,
      line: 'J',
      amount: '250.00',
      effectiveAt: '2024-01-01',
      reason: '按决算调整结转',
    });
    api.clock.set(shanghai('2024-06-01 09:00'));

    const rollOver = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) {
          left: budget(department: "441300-DSJ", fiscalYear: 2023) { remaining(unit: WAN_YUAN) }
          next: budget(department: "441300-DSJ", fiscalYear: 2024) {
            opening(unit: WAN_YUAN)
            lines { vintage opening(unit: WAN_YUAN) }
          }
        } }`,
        { at },
      );
      const carriedOver = asOf.next?.lines.find(({ vintage }: { vintage: string }) => vintage === 'CARRIED_OVER');
      return [asOf.left.remaining, carriedOver?.opening, asOf.next?.opening];
    };
    expect(await rollOver({ knownAt: '2024-01-09' })).toEqual(['300.00', undefined, undefined]);
    expect(await rollOver({ knownAt: '2024-01-15' })).toEqual(['300.00', '300.00', '5300.00']);
    expect(await rollOver({ knownAt: '2024-02-21' })).toEqual(['250.00', '300.00', '5300.00']);
    expect(await rollOver({ knownAt: '2024-03-15' })).toEqual(['250.00', '250.00', '5250.00']);
    // On the other clock the year begins as it was put right.
    expect(await rollOver({ effectiveAt: '2024-01-01' })).toEqual(['250.00', '250.00', '5250.00']);
    expect(await rollOver({ effectiveAt: '2023-12-31' })).toEqual(['250.00', '0.00', '0.00']);
    expect(await rollOver({ knownAt: '2024-01-15', effectiveAt: '2024-01-01' })).toEqual([
      '300.00',
      '300.00',
      '5300.00',
    ]);

    // The fiscal year is the budget's, whatever the year of recording is.
    const changes = async (filter: object) =>
      (
        await api.data(
          'query($filter: ChangeFilter) { changes(filter: $filter) { nodes { eventId fiscalYear recordedAt } } }',
          { filter },
        )
      ).changes.nodes;
    const lateOf2023 = { eventId: finalAccount.eventId, fiscalYear: 2023, recordedAt: shanghai('2024-02-20 09:00') };
    expect(await changes({ fiscalYears: [2023], recordedFrom: '2024-01-06' })).toEqual([lateOf2023]);
    expect(await changes({ fiscalYears: [2023], lateByDays: 51 })).toEqual([lateOf2023]);
    expect(await changes({ fiscalYears: [2023], lateByDays: 52 })).toEqual([]);
    expect((await changes({ lateByDays: 6 })).map(({ eventId }: { eventId: string }) => eventId)).toEqual([
      opening.eventId,
      finalAccount.eventId,
      carryOver.eventId,
    ]);

    const [january, march] = [{ knownAt: '2024-01-15' }, { knownAt: '2024-03-15' }];
    expect(await diff(january, march)).toEqual({
      '441300-DSJ.2023': [
        '/executed: 93898800.00 -> 94398800.00',
        '/remaining: 3000000.00 -> 2500000.00',
        '/executionRate: 96.90 -> 97.42',
        '/lines/0/executed: 63898800.00 -> 64398800.00',
        '/lines/0/remaining: 3000000.00 -> 2500000.00',
        '/lines/0/executionRate: 95.52 -> 96.26',
      ],
      '441300-DSJ.2024': [
        '/opening: 53000000.00 -> 52500000.00',
        '/revised: 53000000.00 -> 52500000.00',
        '/remaining: 53000000.00 -> 52500000.00',
        '/lines/1/opening: 3000000.00 -> 2500000.00',
        '/lines/1/revised: 3000000.00 -> 2500000.00',
        '/lines/1/remaining: 3000000.00 -> 2500000.00',
      ],
    });
    const { diff: found } = await api.data(
      'query($from: AsOfInput!, $to: AsOfInput) { diff(from: $from, to: $to) { nodes { entity changes { eventId reason } } } }',
      { from: january, to: march },
    );
    expect(found.nodes).toEqual([
      { entity: '441300-DSJ.2023', changes: [{ eventId: finalAccount.eventId, reason: '决算调整' }] },
      { entity: '441300-DSJ.2024', changes: [{ eventId: carryOver.eventId, reason: '按决算调整结转' }] },
    ]);
    // The same two days as of the end of 2023: nothing of 2024 is in effect.
    const endOf2023 = { effectiveAt: '2023-12-31' };
    expect(Object.keys(await diff({ ...january, ...endOf2023 }, { ...march, ...endOf2023 }))).toEqual([
      '441300-DSJ.2023',
    ]);
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
      change: mistaken.eventId,
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

    const bridge = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const found = await budget(
        at,
        `opening(unit: WAN_YUAN) revised(unit: WAN_YUAN)
         bridge { documentNo effectiveAt amount(unit: WAN_YUAN) revisedAfter(unit: WAN_YUAN) legs { line amount(unit: WAN_YUAN) } }`,
      );
      return [
        found.opening,
        ...found.bridge.map((step: any) => [
          step.documentNo,
          step.effectiveAt,
          step.amount,
          step.revisedAfter,
          ...step.legs.map(({ line, amount }: any) => `${line} ${amount}`),
        ]),
        found.revised,
      ];
    };
    const first = ['文一', shanghai('2023-06-28 00:00'), '1548.91', '11238.79', 'A 1548.91'];
    const day = shanghai('2023-08-01 00:00');
    expect(await bridge({})).toEqual([
      '9689.88',
      first,
      ['文二', day, '0.00', '11238.79', 'B 0.00'],
      ['文三', day, '-34.71', '11204.08', 'B -34.71'],
      ['文四', shanghai('2023-12-20 09:00'), '400.00', '11604.08', 'B 400.00'],
      '11604.08',
    ]);
    expect(await bridge({ knownAt: '2023-08-31' })).toEqual([
      '9689.88',
      first,
      ['文二', day, '88.00', '11326.79', 'B 88.00'],
      ['文三', day, '-34.71', '11292.08', 'B -34.71'],
      '11292.08',
    ]);
    expect(await bridge({ effectiveAt: '2023-07-31' })).toEqual(['9689.88', first, '11238.79']);
    expect(await bridge({ knownAt: '2023-07-04' })).toEqual(['9689.88', '9689.88']);
  });

  test('10. What was the department called on 1 March 2024?', async () => {
    const [before, after] = ['市政务服务数据管理局', '市政务和数据局'];
    await record('2024-01-10 09:00', 'openEvaluation', BUDGET);
    await record('2024-03-10 09:00', 'renameDepartment', {
      code: '441300-DSJ',
      name: after,
      effectiveAt: '2024-02-20',
      documentNo: '惠市编〔2024〕3号',
      reason: '机构改革',
    });
    api.clock.set(shanghai('2024-06-01 09:00'));

    const names = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) {
          department(code: "441300-DSJ") { name }
          evaluation(department: "441300-DSJ", fiscalYear: 2023) { department { name } }
        } }`,
        { at },
      );
      return [asOf.department.name, asOf.evaluation?.department.name];
    };
    expect(await names({ effectiveAt: '2024-03-01' })).toEqual([after, after]);
    expect(await names({ knownAt: '2024-03-01', effectiveAt: '2024-03-01' })).toEqual([before, before]);
    expect(await names({ knownAt: '2024-03-09' })).toEqual([before, before]);
    expect(await names({ effectiveAt: '2024-02-19' })).toEqual([before, before]);
    expect(await names({})).toEqual([after, after]);
    // The report of 2023 reads as of then; the years of the report do not follow the name.
    expect(await names({ effectiveAt: '2023-12-31' })).toEqual([before, before]);

    const blamed = async (at: { knownAt?: string; effectiveAt?: string }) => {
      const { asOf } = await api.data(
        `query($at: AsOfInput!) { asOf(at: $at) { department(code: "441300-DSJ") {
          blame { path value change { type reason documentNo recordedAt effectiveAt actor { sub } } }
        } } }`,
        { at },
      );
      return asOf.department.blame.find(({ path }: { path: string }) => path === '/name');
    };
    const registered = {
      path: '/name',
      value: before,
      change: {
        type: 'DepartmentRegistered',
        reason: null,
        documentNo: null,
        recordedAt: shanghai('2023-02-10 10:00'),
        effectiveAt: shanghai('2023-02-10 10:00'),
        actor: { sub: 'u-editor' },
      },
    };
    expect(await blamed({ knownAt: '2024-03-09' })).toEqual(registered);
    expect(await blamed({ effectiveAt: '2024-02-19' })).toEqual(registered);
    expect(await blamed({ effectiveAt: '2024-03-01' })).toEqual({
      path: '/name',
      value: after,
      change: {
        type: 'DepartmentRenamed',
        reason: '机构改革',
        documentNo: '惠市编〔2024〕3号',
        recordedAt: shanghai('2024-03-10 09:00'),
        effectiveAt: shanghai('2024-02-20 00:00'),
        actor: { sub: 'u-editor' },
      },
    });
  });

  describe('corrections', () => {
    const FIELDS = `eventId type corrects { eventId } corrections { eventId }`;

    test('a fact of a budget: what was said, what is said now, since when, by whom and why', async () => {
      const paid = await record('2023-07-01 09:00', 'recordExpenditure', {
        ...WAN,
        line: 'A',
        amount: '120.00',
        effectiveAt: '2023-06-20',
      });
      const first = await record('2023-07-10 09:00', 'correctBudgetFact', {
        ...WAN,
        change: paid.eventId,
        amount: '102.00',
        reason: '凭证所载为102万元',
      });
      const second = await record('2023-08-10 09:00', 'correctBudgetFact', {
        ...BUDGET,
        change: paid.eventId,
        correctEffectiveAt: '2023-06-25',
        reason: '付款日有误',
      });
      api.clock.set(shanghai('2023-12-01 09:00'));

      const entry = async (at: { knownAt?: string; effectiveAt?: string }) => {
        const { entries } = await budget(
          at,
          `entries(kinds: [EXPENDITURE]) { nodes {
            state amount(unit: WAN_YUAN) amountFirstRecorded(unit: WAN_YUAN) effectiveAt effectiveAtFirstRecorded
            corrections { eventId recordedAt reason actor { name } }
          } }`,
        );
        return entries.nodes[0];
      };
      const said = {
        amountFirstRecorded: '120.00',
        effectiveAt: shanghai('2023-06-20 00:00'),
        effectiveAtFirstRecorded: shanghai('2023-06-20 00:00'),
      };
      const by = { actor: { name: '张编辑' } };
      const firstTold = {
        eventId: first.eventId,
        recordedAt: shanghai('2023-07-10 09:00'),
        reason: '凭证所载为102万元',
        ...by,
      };
      const secondTold = {
        eventId: second.eventId,
        recordedAt: shanghai('2023-08-10 09:00'),
        reason: '付款日有误',
        ...by,
      };
      expect(await entry({ knownAt: '2023-07-09' })).toEqual({
        ...said,
        state: 'IN_FORCE',
        amount: '120.00',
        corrections: [],
      });
      expect(await entry({ knownAt: '2023-08-09', effectiveAt: '2023-06-20' })).toEqual({
        ...said,
        state: 'CORRECTED',
        amount: '102.00',
        corrections: [firstTold],
      });
      expect(await entry({})).toEqual({
        ...said,
        state: 'CORRECTED',
        amount: '102.00',
        effectiveAt: shanghai('2023-06-25 00:00'),
        corrections: [firstTold, secondTold],
      });
      expect(await entry({ effectiveAt: '2023-06-24' })).toBeUndefined();

      const history = async (at: { knownAt?: string }) =>
        (await budget(at, `history { nodes { ${FIELDS} } }`)).history.nodes;
      const payment = { eventId: paid.eventId, type: 'ExpenditureRecorded', corrects: null };
      const correction = { type: 'BudgetFactCorrected', corrects: { eventId: paid.eventId }, corrections: [] };
      expect((await history({ knownAt: '2023-07-09' })).slice(1)).toEqual([{ ...payment, corrections: [] }]);
      expect((await history({ knownAt: '2023-08-09' })).slice(1)).toEqual([
        { ...payment, corrections: [{ eventId: first.eventId }] },
        { ...correction, eventId: first.eventId },
      ]);
      expect((await history({})).slice(1)).toEqual([
        { ...payment, corrections: [{ eventId: first.eventId }, { eventId: second.eventId }] },
        { ...correction, eventId: first.eventId },
        { ...correction, eventId: second.eventId },
      ]);

      // Each correction did something else; the date alone moves nothing on record.
      const { changes } = await api.data(
        '{ changes(filter: { corrections: true }) { nodes { eventId fields { path before after } } } }',
      );
      expect(changes.nodes.map(({ eventId, fields }: any) => [eventId, told(fields)[0]])).toEqual([
        [first.eventId, '/executed: 1200000.00 -> 1020000.00'],
        [second.eventId, undefined],
      ]);
      const others = await api.data('{ changes(filter: { corrections: false }) { nodes { type } } }');
      expect(others.changes.nodes.map(({ type }: { type: string }) => type)).toEqual([
        'DepartmentRegistered',
        'BudgetApproved',
        'ExpenditureRecorded',
      ]);
    });

    test('an observation of an indicator, with a chain of its own', async () => {
      await record('2023-02-11 09:00', 'defineIndicator', {
        code: 'K08',
        ...BUDGET,
        name: '12345 热线接通率',
        level1: 'OUTPUT',
        level2: 'QUALITY',
        direction: 'AT_LEAST',
        target: '98',
      });
      const said = await record('2023-10-08 09:00', 'recordObservation', {
        code: 'K08',
        observedOn: '2023-09-30',
        value: '97.4',
      });
      const correct = { code: 'K08', observation: said.eventId };
      const first = await record('2023-11-02 09:00', 'correctObservation', {
        ...correct,
        value: '98.2',
        reason: '漏计',
      });
      const second = await record('2023-11-20 09:00', 'correctObservation', {
        ...correct,
        withdraw: true,
        reason: '误报',
      });
      api.clock.set(shanghai('2023-12-01 09:00'));

      const indicator = async (at: { knownAt?: string; effectiveAt?: string }) => {
        const { asOf } = await api.data(
          `query($at: AsOfInput!) { asOf(at: $at) { indicator(code: "K08") {
            latest { value change { corrections { eventId } } corrections { eventId reason corrects { eventId } } }
            history(last: 3) { nodes { ${FIELDS} } }
          } } }`,
          { at },
        );
        return asOf.indicator;
      };
      expect((await indicator({ knownAt: '2023-11-01' })).latest).toEqual({
        value: '97.4',
        change: { corrections: [] },
        corrections: [],
      });
      expect((await indicator({ knownAt: '2023-11-19', effectiveAt: '2023-09-30' })).latest).toEqual({
        value: '98.2',
        change: { corrections: [{ eventId: first.eventId }] },
        corrections: [{ eventId: first.eventId, reason: '漏计', corrects: { eventId: said.eventId } }],
      });
      // Withdrawn: it stays in history only, and there the whole chain hangs together.
      const { latest, history } = await indicator({});
      expect(latest).toBeNull();
      const corrected = { type: 'ObservationCorrected', corrects: { eventId: said.eventId }, corrections: [] };
      expect(history.nodes).toEqual([
        {
          eventId: said.eventId,
          type: 'ObservationRecorded',
          corrects: null,
          corrections: [{ eventId: first.eventId }, { eventId: second.eventId }],
        },
        { ...corrected, eventId: first.eventId },
        { ...corrected, eventId: second.eventId },
      ]);
    });
  });

  test('how much of the year was spent in December, by what is known now and by what was known at the end of each month', async () => {
    const spend = (when: string, line: string, amount: string, effectiveAt: string) =>
      record(when, 'recordExpenditure', { ...WAN, line, amount, effectiveAt });
    await spend('2023-06-20 09:00', 'A', '1000.00', '2023-06-20');
    await spend('2023-12-02 09:00', 'A', '500.00', '2023-11-28');
    await spend('2023-12-28 09:00', 'A', '3000.00', '2023-12-28');
    await spend('2024-01-08 09:00', 'B', '2000.00', '2023-12-31');
    api.clock.set(shanghai('2024-02-01 09:00'));

    const months = async (clock: string, at: { knownAt?: string; effectiveAt?: string }, to = '2023-12-31') => {
      const { series } = await budget(
        at,
        `series(from: "2023-01-01", to: "${to}", step: MONTH, clock: ${clock}) { at executed(unit: WAN_YUAN) }`,
      );
      return series.map((point: any) => `${point.at.slice(0, 10)} ${point.executed}`);
    };
    const quiet = ['06-30', '07-31', '08-31', '09-30', '10-31'].map((day) => `2023-${day} 1000.00`);
    const early = ['02-28', '03-31', '04-30', '05-31'].map((day) => `2023-${day} 0.00`);
    expect(await months('EFFECTIVE', {})).toEqual([
      '2023-01-31 0.00',
      ...early,
      ...quiet,
      '2023-11-30 1500.00',
      '2023-12-31 6500.00',
    ]);
    // Before it was approved the budget was not known at all.
    expect(await months('KNOWN', {})).toEqual([...early, ...quiet, '2023-11-30 1000.00', '2023-12-31 4500.00']);
    expect((await months('KNOWN', {}, '2024-01-31')).at(-1)).toBe('2024-01-31 6500.00');
    // No point lies beyond the snapshot's own bounds: on the clock that runs, the moments end there.
    expect((await months('EFFECTIVE', { knownAt: '2023-12-31' })).at(-1)).toBe('2023-12-31 4500.00');
    expect((await months('EFFECTIVE', { effectiveAt: '2023-11-30' })).at(-1)).toBe('2023-11-30 1500.00');
    expect((await months('KNOWN', { effectiveAt: '2023-11-30' })).slice(-2)).toEqual([
      '2023-11-30 1000.00',
      '2023-12-31 1500.00',
    ]);
  });

  describe('what differs between two moments', () => {
    const NOTHING = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
    let before: string;

    beforeEach(async () => {
      ({ position: before } = await record('2023-03-01 09:00', 'recordExpenditure', {
        ...WAN,
        line: 'A',
        amount: '100.00',
      }));
      await record('2023-04-01 09:00', 'registerDepartment', { code: '441300-JYJ', name: '市教育局' });
      await record('2023-04-02 09:00', 'planTask', { code: 'T1', ...BUDGET, title: '一网通办' });
      await record('2023-04-03 09:00', 'planTask', {
        code: 'T2',
        ...BUDGET,
        department: '441300-JYJ',
        title: '营养餐',
      });
      await record('2023-04-04 09:00', 'recordExpenditure', { ...WAN, line: 'A', amount: '10.00', memo: '四月' });
      api.clock.set(shanghai('2023-05-01 09:00'));
    });

    test('backwards, it leads back', async () => {
      const budgets = { entityTypes: ['BUDGET'] };
      const [there, back] = [
        await diff({ position: before }, null, budgets),
        await diff({}, { position: before }, budgets),
      ];
      expect(there['441300-DSJ.2023']).toContain('/executed: 1000000.00 -> 1100000.00');
      expect(back['441300-DSJ.2023']).toContain('/executed: 1100000.00 -> 1000000.00');
      expect(back['441300-DSJ.2023']).toHaveLength(there['441300-DSJ.2023']!.length);
      // On the effective clock, too.
      const [early, late] = [{ effectiveAt: '2023-02-09' }, { effectiveAt: '2023-02-10' }];
      expect((await diff(early, late, budgets))['441300-DSJ.2023']).toContain('/opening: 0.00 -> 96898800.00');
      expect((await diff(late, early, budgets))['441300-DSJ.2023']).toContain('/opening: 96898800.00 -> 0.00');
    });

    test('nothing between: an empty page', async () => {
      const ask = async (from: object, to: object) => {
        const { diff: page } = await api.data(
          `query($from: AsOfInput!, $to: AsOfInput) {
            diff(from: $from, to: $to) { nodes { entity } pageInfo { hasNextPage endCursor } }
          }`,
          { from, to },
        );
        return page;
      };
      expect(await ask({}, {})).toEqual(NOTHING);
      expect(await ask({ knownAt: '2023-03-02' }, { knownAt: '2023-03-31' })).toEqual(NOTHING);
      expect(await ask({ effectiveAt: '2023-02-11' }, { effectiveAt: '2023-02-28' })).toEqual(NOTHING);
      expect(await ask({ position: '0' }, { knownAt: '2022-12-31' })).toEqual(NOTHING);
    });

    test('an entity that was not there before is added with every field', async () => {
      const tasks = { entityTypes: ['TASK'], departments: ['441300-JYJ'] };
      const added = await diff({ position: before }, null, tasks);
      expect(added.T2).toEqual(
        expect.arrayContaining(['/title: null -> 营养餐', '/status: null -> PLANNED', '/fiscalYear: null -> 2023']),
      );
      expect(added.T2!.filter((line) => !line.includes(': null -> '))).toEqual([]);
      const taken = await diff({}, { position: before }, tasks);
      expect(taken.T2).toHaveLength(added.T2!.length);
      expect(taken.T2).toContain('/title: 营养餐 -> null');
    });

    test('page by page, by type and code', async () => {
      const page = async (after: string | null) => {
        const { diff: found } = await api.data(
          `query($from: AsOfInput!, $after: String) { diff(from: $from, first: 2, after: $after) {
            edges { cursor } nodes { entityType entity } pageInfo { hasNextPage hasPreviousPage endCursor }
          } }`,
          { from: { position: before }, after },
        );
        expect(found.nodes.map(({ entityType, entity }: any) => `${entityType}/${entity}`)).toEqual(
          found.edges.map(({ cursor }: { cursor: string }) => cursor),
        );
        return { ...found.pageInfo, cursors: found.edges.map(({ cursor }: { cursor: string }) => cursor) };
      };
      const whole: string[] = [];
      let after: string | null = null;
      for (let more = true; more;) {
        const { cursors, hasNextPage, hasPreviousPage, endCursor } = await page(after);
        expect(hasPreviousPage).toBe(after !== null);
        whole.push(...cursors);
        more = hasNextPage;
        after = endCursor;
      }
      expect(whole).toEqual(['DEPARTMENT/441300-JYJ', 'BUDGET/441300-DSJ.2023', 'TASK/T1', 'TASK/T2']);

      const { errors } = await api.ask('{ diff(from: {}, after: "T1") { nodes { entity } } }');
      expect(errors?.[0]?.extensions).toEqual({
        code: 'BAD_USER_INPUT',
        violations: [{ path: '/after', message: expect.any(String) }],
      });
    });

    test('filters are about the entities, or about the changes whose effect differs', async () => {
      const found = async (filter: object) => Object.keys(await diff({ position: before }, null, filter));
      expect(await found({ departments: ['441300-JYJ'] })).toEqual(['441300-JYJ', 'T2']);
      expect(await found({ fiscalYears: [2023] })).toEqual(['441300-DSJ.2023', 'T1', 'T2']);
      expect(await found({ entities: ['T1', '441300-JYJ', 'nowhere'] })).toEqual(['441300-JYJ', 'T1']);
      expect(await found({ entityTypes: [] })).toEqual([]);
      expect(await found({ types: ['TaskPlanned'] })).toEqual(['T1', 'T2']);
      expect(await found({ actors: ['u-editor'], recordedFrom: '2023-04-03' })).toEqual(['441300-DSJ.2023', 'T2']);
      expect(await found({ recordedTo: '2023-04-01' })).toEqual(['441300-JYJ']);
      expect(await found({ effectiveFrom: '2023-04-04', effectiveTo: '2023-04-04' })).toEqual(['441300-DSJ.2023']);
      expect(await found({ corrections: true })).toEqual([]);
      // The payment of March differs on neither side, so the budget is not found by it.
      expect(await found({ recordedTo: '2023-03-31' })).toEqual([]);
    });

    test('a moment to come is refused, on either side', async () => {
      for (const moments of ['from: { knownAt: "2023-05-02" }', 'from: {}, to: { knownAt: "2023-05-02" }']) {
        const { errors, data } = await api.ask(`{ diff(${moments}) { nodes { entity } } }`);
        expect(errors?.[0]?.extensions.code).toBe('AS_OF_IN_FUTURE');
        expect(data).toEqual({ diff: null });
      }
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
        'position budget(department: "441300-DSJ", fiscalYear: 2023) { revised executed lines { executed } lastChange { eventId } }';
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
}
