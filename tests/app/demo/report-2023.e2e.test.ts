import { ServedDemo, serveDemo } from './support';

/** These figures were copied from the report a second time, not from the demo's steps. */

const BUDGET = 'budget(department: "441300-DSJ", fiscalYear: 2023)';
const AMOUNTS = 'opening(unit: WAN_YUAN) revised(unit: WAN_YUAN) executed(unit: WAN_YUAN)';
const SOURCE = '部门整体支出绩效自评报告(2023年度)';

let demo: ServedDemo;
beforeAll(async () => {
  demo = await serveDemo();
});
afterAll(() => demo.close());

const asOf = async (at: string, fields: string) => (await demo.ask(`{ asOf(at: { ${at} }) { ${fields} } }`)).asOf;
const amountsAsOf = async (at: string) => (await asOf(at, `${BUDGET} { ${AMOUNTS} }`)).budget;

describe('the totals are the report’s, to the fen', () => {
  it('opening, revised and executed', async () => {
    const fields = `${BUDGET} { ${AMOUNTS} adjustment(unit: WAN_YUAN) remaining executionRate closed }`;
    const { budget } = await demo.ask(`{ ${fields} }`);
    expect(budget).toEqual({
      opening: '9689.88',
      revised: '11604.08',
      executed: '11604.08',
      adjustment: '1914.20',
      remaining: '0.00',
      executionRate: '100.00',
      closed: true,
    });
    expect((await asOf('', fields)).budget).toEqual(budget);
  });

  it('the general public budget, line by line, and what the report does not attribute', async () => {
    const lines = `lines { code fundSource ${AMOUNTS} }`;
    const { budget } = await demo.ask(`{ ${BUDGET} { ${lines} } }`);
    const byCode = Object.fromEntries(budget.lines.map(({ code, ...line }: { code: string }) => [code, line]));

    const { UNATTRIBUTED, ...general } = byCode;
    expect(UNATTRIBUTED).toEqual({
      fundSource: 'UNATTRIBUTED',
      opening: '0.00',
      revised: '365.29',
      executed: '365.29',
    });
    const sources = Object.values<any>(general).map(({ fundSource }) => fundSource);
    expect(sources).toEqual(Array(7).fill('GENERAL_PUBLIC_BUDGET'));
    const total = (amount: string) => sum(Object.values<any>(general).map((line) => line[amount]));
    expect([total('opening'), total('revised'), total('executed')]).toEqual(['9689.88', '11238.79', '11238.79']);
  });

  it('the steps from opening to revised, including the withdrawn and the negative ones', async () => {
    const { budget } = await demo.ask(
      `{ ${BUDGET} { entries(kinds: [SUPPLEMENT, REDUCTION, TRANSFER]) {
        nodes { kind line toLine amount(unit: WAN_YUAN) amountFirstRecorded(unit: WAN_YUAN) effectiveAt state }
      } } }`,
    );
    const actual = budget.entries.nodes.map((entry: any) => [
      entry.effectiveAt,
      entry.kind,
      entry.toLine ? `${entry.line} > ${entry.toLine}` : entry.line,
      entry.amountFirstRecorded,
      entry.amount,
      entry.state,
    ]);
    expect(actual).toEqual([
      ['2023-05-14T16:00:00.000Z', 'TRANSFER', 'CLOUD > NETWORK', '300.00', '350.00', 'CORRECTED'],
      ['2023-06-27T16:00:00.000Z', 'SUPPLEMENT', 'CLOUD', '1000.00', '1000.00', 'IN_FORCE'],
      ['2023-07-09T16:00:00.000Z', 'SUPPLEMENT', 'SECURITY', '80.00', '0.00', 'WITHDRAWN'],
      ['2023-08-20T16:00:00.000Z', 'SUPPLEMENT', 'HOTLINE', '250.00', '250.00', 'IN_FORCE'],
      ['2023-09-14T16:00:00.000Z', 'REDUCTION', 'OPERATING', '60.00', '60.00', 'IN_FORCE'],
      ['2023-10-15T16:00:00.000Z', 'SUPPLEMENT', 'SECURITY', '190.00', '190.00', 'IN_FORCE'],
      ['2023-11-19T16:00:00.000Z', 'SUPPLEMENT', 'DATA', '168.91', '168.91', 'IN_FORCE'],
      ['2023-12-07T16:00:00.000Z', 'SUPPLEMENT', 'UNATTRIBUTED', '365.29', '365.29', 'IN_FORCE'],
    ]);
  });
});

describe('the year on both clocks', () => {
  it.each([
    // up to the end of …      true by then            on record by then
    ['2023-01-31', ['0.00', '0.00', '375.00'], ['0.00', '0.00', '0.00']],
    ['2023-04-30', ['9689.88', '9689.88', '2653.80'], ['9689.88', '9689.88', '2515.60']],
    ['2023-06-30', ['9689.88', '10689.88', '4617.17'], ['9689.88', '9689.88', '4294.87']],
    ['2023-07-31', ['9689.88', '10689.88', '5415.97'], ['9689.88', '10689.88', '5045.17']],
    ['2023-09-30', ['9689.88', '10879.88', '7578.52'], ['9689.88', '10879.88', '7415.82']],
    ['2023-10-31', ['9689.88', '11069.88', '8663.98'], ['9689.88', '11069.88', '8357.08']],
    ['2023-11-30', ['9689.88', '11238.79', '9845.40'], ['9689.88', '11238.79', '9674.20']],
    ['2023-12-31', ['9689.88', '11604.08', '11604.08'], ['9689.88', '11604.08', '11033.87']],
    ['2024-01-31', ['9689.88', '11604.08', '11604.08'], ['9689.88', '11604.08', '11603.45']],
    ['2024-02-29', ['9689.88', '11604.08', '11604.08'], ['9689.88', '11604.08', '11604.08']],
  ])('up to %s', async (day, effective, known) => {
    const nothingYet = { budget: null };
    const actual = ({ budget }: any) => budget && [budget.opening, budget.revised, budget.executed];
    const fields = `${BUDGET} { ${AMOUNTS} }`;
    expect(actual(await asOf(`effectiveAt: "${day}"`, fields))).toEqual(effective);

    const onRecord = await asOf(`knownAt: "${day}"`, fields);
    if (day < '2023-02-10') expect(onRecord).toEqual(nothingYet);
    else expect(actual(onRecord)).toEqual(known);
  });

  it('a payment in the last millisecond belongs to 2023; one recorded a millisecond later is known in 2024', async () => {
    const executed = async (at: string) => (await amountsAsOf(at)).executed;
    expect(await executed('knownAt: "2023-12-31T15:59:59.998Z"')).toBe('10968.58');
    expect(await executed('knownAt: "2023-12-31"')).toBe('11033.87');
    expect(await executed('knownAt: "2023-12-31T16:00:00Z"')).toBe('11093.87');
    expect(await executed('effectiveAt: "2023-12-31T15:59:59.998Z"')).toBe('11538.79');
    expect(await executed('effectiveAt: "2023-12-31"')).toBe('11604.08');
  });

  it('the monitoring form of July as it was then, and as it is known now', async () => {
    expect((await amountsAsOf('knownAt: "2023-07-31", effectiveAt: "2023-07-31"')).executed).toBe('5045.17');
    expect((await amountsAsOf('knownAt: "2023-08-01", effectiveAt: "2023-07-31"')).executed).toBe('4999.17');
    expect((await amountsAsOf('knownAt: "2023-08-03", effectiveAt: "2023-07-31"')).executed).toBe('5415.97');
  });

  it('a transfer and its correction move both lines at once', async () => {
    const lines = async (known: string) => {
      const { budget } = await asOf(
        `knownAt: "${known}", effectiveAt: "2023-05-31"`,
        `${BUDGET} { revised(unit: WAN_YUAN) lines { code revised(unit: WAN_YUAN) } }`,
      );
      const of = (code: string) => budget.lines.find((line: any) => line.code === code).revised;
      return [of('CLOUD'), of('NETWORK'), budget.revised];
    };
    expect(await lines('2023-05-15')).toEqual(['2680.00', '780.00', '9689.88']);
    expect(await lines('2023-05-16')).toEqual(['2380.00', '1080.00', '9689.88']);
    expect(await lines('2023-06-12')).toEqual(['2330.00', '1130.00', '9689.88']);
  });
});

describe('an overrun, a reversal of a part and a refund', () => {
  const remainingOnRecord = async (known: string) => {
    const { budget } = await asOf(`knownAt: "${known}"`, `${BUDGET} { lines { code remaining(unit: WAN_YUAN) } }`);
    return budget.lines.find(({ code }: any) => code === 'OPERATING').remaining;
  };

  it('leave the line as it was, and each says that it is illustrative', async () => {
    const remaining = await Promise.all(
      ['2023-12-18', '2023-12-19', '2023-12-20', '2023-12-21'].map(remainingOnRecord),
    );
    expect(remaining).toEqual(['35.03', '-4.97', '7.03', '35.03']);
    const { budget } = await demo.ask(`{ ${BUDGET} {
      entries(line: "OPERATING", effectiveFrom: "2023-12-18", effectiveTo: "2023-12-20") { nodes {
        kind amount(unit: WAN_YUAN) state overrun remainingAmount(unit: WAN_YUAN) change { reason }
      } }
    } }`);
    const [spent, reversed, refunded] = budget.entries.nodes;
    const common = { overrun: false, remainingAmount: null, change: { reason: expect.stringContaining('示意') } };
    expect(spent).toEqual({
      ...common,
      kind: 'EXPENDITURE',
      amount: '40.00',
      state: 'PARTLY_REVERSED',
      overrun: true,
      remainingAmount: '28.00',
    });
    expect(reversed).toEqual({ ...common, kind: 'REVERSAL', amount: '12.00', state: 'IN_FORCE' });
    expect(refunded).toEqual({ ...common, kind: 'REFUND', amount: '28.00', state: 'IN_FORCE' });
  });
});

describe('the indicators are the report’s', () => {
  it('each with its value, unit and qualifier, and none with a target', async () => {
    const { indicators } = await demo.ask(
      '{ indicators(first: 100) { nodes { code unit target latest { value qualifier source } } } }',
    );
    const actual = indicators.nodes.map(({ code, unit, latest }: any) => [code, latest.value, unit, latest.qualifier]);
    expect(actual).toEqual([
      ['K01', '42.3', '万宗', 'GT'],
      ['K02', '7.8', '万名', 'EQ'],
      ['K03', '23', '期', 'EQ'],
      ['K04', '980', '宗', 'EQ'],
      ['K05', '466', '家', 'EQ'],
      ['K06', '21', '%', 'EQ'],
      ['K07', '116', '万宗', 'EQ'],
      ['K08', '98', '%', 'GT'],
      ['K09', '98', '%', 'GT'],
      ['K10', '137', '条', 'EQ'],
      ['K11', '324', '条', 'EQ'],
      ['K12', '119', '条', 'EQ'],
      ['K13', '371', '万人次', 'EQ'],
      ['K14', '99', '%', 'EQ'],
      ['K15', '231', '个', 'EQ'],
      ['K16', '15', '场', 'EQ'],
      ['K17', '17', '个', 'EQ'],
      ['K18', '2', '个', 'EQ'],
      ['K19', '3', '家', 'EQ'],
      ['K20', '52', '家', 'EQ'],
      ['K21', '1338', '台', 'EQ'],
      ['K22', '70', '个', 'EQ'],
      ['K23', '248', '个', 'EQ'],
      ['K24', '7694', '类', 'EQ'],
      ['K25', '29.87', '亿条', 'APPROX'],
      ['K26', '4327', '个', 'EQ'],
      ['K27', '0', '起', 'EQ'],
      ['K28', '7', '个', 'EQ'],
      ['K29', '25', '个', 'EQ'],
      ['K30', '5838', '项', 'EQ'],
      ['K31', '1030', '项', 'EQ'],
      ['K32', '97.63', '分', 'EQ'],
      ['K33', '3', '位', 'EQ'],
      ['K34', '3', '位', 'EQ'],
      ['K35', '1', '个', 'EQ'],
      ['M4', '11238.79', '万元', 'EQ'],
      ['M6', '13585.52', '万元', 'EQ'],
      ['M7', '11712.45', '万元', 'EQ'],
      ['M8', '1873.07', '万元', 'EQ'],
    ]);
    for (const { target, latest } of indicators.nodes) {
      expect(target).toBeNull();
      expect(latest.source).toBe(SOURCE);
    }
  });

  it('the reading of September, before and after its correction', async () => {
    const reading = async (known: string) =>
      (
        await asOf(
          `knownAt: "${known}", effectiveAt: "2023-09-30"`,
          'indicator(code: "K08") { latest { observedOn value qualifier corrected } }',
        )
      ).indicator.latest;
    const september = { observedOn: '2023-09-30', qualifier: 'GT' };
    expect(await reading('2023-10-07')).toMatchObject({ observedOn: '2023-06-30', value: '97.1', qualifier: 'EQ' });
    expect(await reading('2023-10-10')).toEqual({ ...september, value: '97.4', corrected: false });
    expect(await reading('2023-11-02')).toEqual({ ...september, value: '98.2', corrected: true });
  });

  it('a reading that is recorded late does not become the latest', async () => {
    const { indicator } = await asOf(
      'knownAt: "2023-10-31"',
      'indicator(code: "K01") { latest { observedOn value } observations { observedOn value } }',
    );
    expect(indicator.latest).toEqual({ observedOn: '2023-09-30', value: '31.5' });
    expect(indicator.observations).toContainEqual({ observedOn: '2023-08-31', value: '27.9' });
  });

  it('a reading that was never observed is withdrawn', async () => {
    const known = async (day: string) =>
      (await asOf(`knownAt: "${day}"`, 'indicator(code: "K12") { latest { value } }')).indicator.latest;
    expect(await known('2023-09-05')).toEqual({ value: '99' });
    expect(await known('2023-09-12')).toBeNull();
  });
});

describe('the tasks are the report’s', () => {
  it('seven with their parts, all completed', async () => {
    const { tasks } = await demo.ask(
      '{ tasks(first: 100) { nodes { code status parent { code } subtasks { code } } } }',
    );
    const parts = Object.fromEntries(
      tasks.nodes
        .filter(({ parent }: any) => parent === null)
        .map(({ code, subtasks }: any) => [code, subtasks.length]),
    );
    expect(parts).toEqual({ T1: 3, T2: 5, T3: 4, T4: 4, T5: 3, T6: 4, T7: 4 });
    expect(new Set(tasks.nodes.map(({ status }: any) => status))).toEqual(new Set(['COMPLETED']));
  });

  it('a report of August that comes in October does not override September’s', async () => {
    const progress = async (at: string) => (await asOf(at, 'task(code: "T1") { progress }')).task.progress;
    expect(await progress('knownAt: "2023-10-20"')).toBe('70');
    expect(await progress('knownAt: "2023-10-20", effectiveAt: "2023-09-15"')).toBe('62');
    expect(await progress('knownAt: "2023-10-19", effectiveAt: "2023-09-15"')).toBe('45');
  });

  it('the base opened in July: recorded for the last day of the month, known from 1 August', async () => {
    const reached = async (at: string) =>
      (await asOf(at, 'task(code: "T4-1") { milestones { reachedOn } }')).task.milestones[0].reachedOn;
    expect(await reached('effectiveAt: "2023-07-31"')).toBe('2023-07-31');
    expect(await reached('effectiveAt: "2023-07-30"')).toBeNull();
    expect(await reached('knownAt: "2023-07-31"')).toBeNull();
  });

  it('what was overdue in mid-November', async () => {
    const { tasks } = await asOf('knownAt: "2023-11-15"', 'tasks(overdue: true) { nodes { code dueOn } }');
    expect(tasks.nodes).toEqual([{ code: 'T3-2', dueOn: '2023-10-31' }]);
  });
});

describe('the department and its evaluation', () => {
  it('six goals, twelve duties, two problems, the score, and no improvement', async () => {
    const { budget, department, evaluation } = await demo.ask(
      `{ ${BUDGET} { goals } department(code: "441300-DSJ") { level functions }
         evaluation(department: "441300-DSJ", fiscalYear: 2023) {
           status round selfScore reviewScore grade problems improvements } }`,
    );
    expect(budget.goals).toHaveLength(6);
    expect(department.level).toBe('正处级');
    expect(department.functions).toHaveLength(12);
    expect(evaluation).toEqual({
      status: 'PUBLISHED',
      round: 2,
      selfScore: '97.63',
      reviewScore: null,
      grade: 'EXCELLENT',
      problems: [expect.stringContaining('一次办'), expect.stringContaining('数据要素')],
      improvements: [],
    });
  });

  it('had another name until 1 March 2024', async () => {
    const name = async (at: string) => (await asOf(at, 'department(code: "441300-DSJ") { name }')).department.name;
    expect(await name('effectiveAt: "2024-02-29"')).toBe('惠州市政务服务数据管理局');
    expect(await name('effectiveAt: "2024-03-01"')).toBe('惠州市政务和数据局');
  });
});

describe('the scores of the year', () => {
  const SCORES =
    'computedScore scores { line { code points } score applicable scoredBy reason changes { nodes { type } } }';
  const trial = async (template: string) => {
    const { department } = await demo.ask(
      `{ department(code: "441300-DSJ") { trialScores(fiscalYear: 2023, template: "${template}") { ${SCORES} } } }`,
    );
    return department.trialScores;
  };
  const scored = ({ scores }: any) => scores.filter(({ score }: any) => score !== null);

  it('by the template of the department: three lines by facts of the ledger, and nothing for the others', async () => {
    const { evaluation } = await demo.ask(
      `{ evaluation(department: "441300-DSJ", fiscalYear: 2023) { selfScore template { code unofficial } ${SCORES} } }`,
    );
    expect(evaluation).toMatchObject({
      selfScore: '97.63',
      computedScore: '100.00',
      template: { code: 'demo-gd-A', unofficial: true },
    });
    const brief = scored(evaluation).map(({ line, score, scoredBy }: any) => [line.code, score, scoredBy]);
    expect(brief).toEqual([
      ['spending-rate', '6.00', 'COMPUTED'],
      ['carry-over-rate', '3.00', 'PERSON'],
      ['key-tasks', '8.00', 'PERSON'],
    ]);
    const others = evaluation.scores.filter(({ score }: any) => score === null);
    expect(others).toHaveLength(21);
    for (const { applicable, reason } of others) {
      expect(applicable).toBe(false);
      expect(reason).toMatch(/报告|示意/);
    }
    for (const { changes } of scored(evaluation)) expect(changes.nodes.length).toBeGreaterThan(0);
  });

  it('by the national template: the execution rate, because no indicator has a target', async () => {
    const found = await trial('national-project');
    expect(found.computedScore).toBeNull();
    expect(found.scores.map(({ line, score, applicable }: any) => [line.code, score, applicable])).toEqual([
      ['execution', '10.00', true],
      ['output', null, true],
      ['benefit', null, true],
      ['satisfaction', null, true],
    ]);
    const [execution, ...others] = found.scores;
    expect(execution.changes.nodes.length).toBeGreaterThan(0);
    for (const { reason } of others) expect(reason).toContain('没有指标值');
  });

  it('by a template without what a person said, and by none that is not on record', async () => {
    expect(scored(await trial('demo-gd-A')).map(({ line }: any) => line.code)).toEqual(['spending-rate']);
    expect(await trial('another')).toBeNull();
  });
});

describe('the log of the demo', () => {
  it('says at its start what is illustrative, and is known as a demo', async () => {
    const { changes, ledger } = await demo.ask('{ changes(first: 1) { nodes { reason } } ledger { demo } }');
    expect(changes.nodes[0].reason).toContain('日期、分项与过程均为示意');
    expect(ledger.demo).toBe(true);
  });

  it('is the work of four people, with late facts, corrections, a transfer and a reversal', async () => {
    const changes = await allChanges();
    const count = (type: string) => changes.filter((change) => change.type === type).length;

    expect(new Set(changes.map(({ actor }) => actor.sub))).toEqual(
      new Set(['demo-admin', 'demo-editor', 'demo-finance', 'demo-reviewer']),
    );
    expect(count('ExpenditureRecorded')).toBe(76);
    expect(count('ExpenditureReversed')).toBe(2);
    expect(count('RefundRecorded')).toBe(1);
    expect(count('BudgetTransferred')).toBe(1);
    expect(count('BudgetFactCorrected')).toBe(5);
    expect(count('ObservationCorrected')).toBe(3);

    const late = changes.filter(({ type, recordedAt, effectiveAt }) => {
      const days = (Date.parse(recordedAt) - Date.parse(effectiveAt)) / 86_400_000;
      return type === 'ExpenditureRecorded' && days > 7;
    });
    expect(late.map(({ effectiveAt }) => effectiveAt.slice(0, 7))).toEqual([
      '2023-01',
      '2023-01',
      '2023-01',
      '2023-07',
      '2023-09',
      '2023-12',
      '2023-12',
      '2023-12',
    ]);
  });

  it('has nothing after 2023 except the closing, corrections, the evaluation with its templates, the new name and what waits for 2024', async () => {
    const after = (await allChanges()).filter(({ effectiveAt }) => effectiveAt >= '2023-12-31T16:00:00.000Z');
    expect([...new Set(after.map(({ type }) => type))].sort()).toEqual([
      'BudgetApproved',
      'BudgetClosed',
      'BudgetFactCorrected',
      'DepartmentRenamed',
      'EvaluationConfirmed',
      'EvaluationOpened',
      'EvaluationPublished',
      'EvaluationReturned',
      'EvaluationScored',
      'EvaluationSubmitted',
      'ObservationCorrected',
      'ProposalMade',
      'ScoringTemplatePublished',
    ]);
  });
});

describe('four eyes', () => {
  const PERSON = 'sub name';
  const proposals = async (status: string) =>
    (
      await demo.ask(`{ proposals(status: [${status}]) { nodes {
        command fiscalYear reason proposedBy { ${PERSON} } decidedBy { ${PERSON} } decidedAt
        change { type recordedAt effectiveAt actor { sub } confirmedBy { sub } }
        preview { fields { path before after } rule }
      } } }`)
    ).proposals.nodes;
  const finance = { sub: 'demo-finance', name: '李财务' };
  const reviewer = { sub: 'demo-reviewer', name: '周复核' };

  it('confirmed the reduction of September', async () => {
    expect(await proposals('CONFIRMED')).toEqual([
      {
        command: 'reduceBudget',
        fiscalYear: 2023,
        reason: expect.stringContaining('示意'),
        proposedBy: finance,
        decidedBy: reviewer,
        decidedAt: '2023-09-18T03:00:00.000Z',
        change: {
          type: 'BudgetReduced',
          recordedAt: '2023-09-18T03:00:00.000Z',
          effectiveAt: '2023-09-14T16:00:00.000Z',
          actor: { sub: finance.sub },
          confirmedBy: { sub: reviewer.sub },
        },
        preview: null,
      },
    ]);
  });

  it('rejected another one, for a reason', async () => {
    expect(await proposals('REJECTED')).toEqual([
      {
        command: 'reduceBudget',
        fiscalYear: 2023,
        reason: expect.stringContaining('示意'),
        proposedBy: finance,
        decidedBy: reviewer,
        decidedAt: '2023-10-27T01:15:00.000Z',
        change: null,
        preview: null,
      },
    ]);
  });

  it('waits for a second person with a third one, which could be confirmed now', async () => {
    const [waiting, ...others] = await proposals('WAITING');
    expect(others).toEqual([]);
    expect(waiting).toMatchObject({ fiscalYear: 2024, proposedBy: finance, decidedBy: null, change: null });
    expect(waiting.preview).toMatchObject({
      fields: expect.arrayContaining([{ path: '/revised', before: '22000000.00', after: '21800000.00' }]),
      rule: null,
    });
  });
});

async function allChanges(): Promise<any[]> {
  const all: any[] = [];
  let after = '0';
  for (;;) {
    const { changes } = await demo.ask(
      `{ changes(after: "${after}", first: 200) {
        nodes { type recordedAt effectiveAt actor { sub } } position pageInfo { hasNextPage }
      } }`,
    );
    all.push(...changes.nodes);
    if (!changes.pageInfo.hasNextPage) return all;
    after = changes.position;
  }
}

/** For amounts in 万元 with two decimals. */
function sum(amounts: readonly string[]): string {
  const hundredths = amounts.reduce((total, amount) => total + BigInt(amount.replace('.', '')), 0n).toString();
  return `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}`;
}
