import { startApi, TestApi } from '../../support/api';

/** Evaluations that are scored by a template. Each test has a department of its own; the clock only goes forward. */

let api: TestApi;
let reviewer: string;

beforeAll(async () => {
  api = await startApi({ now: '2024-01-15T02:00:00.000Z' });
  reviewer = await api.token({ sub: 'u-reviewer', roles: ['finance', 'admin'] });
  await api.write('registerDepartment', { code: 'D0', name: '财政局' });
  await publishTemplate(['output', 'own', 'honesty']);
});
afterAll(() => api.close());

const EXECUTION = { code: 'execution', name: '预算执行率', points: '20', rule: 'EXECUTION_RATE' };
const LINES: Readonly<Record<string, object>> = {
  output: { code: 'output', name: '产出', points: '40', rule: 'RATIO', parameters: { level1: 'OUTPUT' } },
  own: { code: 'own', name: '满意度', points: '20', rule: 'RATIO', reasonBelowFull: true },
  honesty: {
    code: 'honesty',
    name: '公开',
    points: '20',
    rule: 'CHECKLIST',
    parameters: {
      items: [
        { code: 'budget', name: '预算公开', points: '15' },
        { code: 'accounts', name: '决算公开', points: '5' },
      ],
    },
  },
  manual: { code: 'manual', name: '综合', points: '60', rule: 'MANUAL' },
  band: {
    code: 'band',
    name: '效果',
    points: '20',
    rule: 'BAND',
    parameters: { bands: [{ code: 'met', name: '达成', from: '80', to: '100' }] },
  },
};

const publishTemplate = async (codes: readonly string[], denominator = 'REVISED') =>
  (
    await api.write('publishScoringTemplate', {
      code: 'T',
      department: 'D0',
      name: '模板',
      lines: [{ ...EXECUTION, parameters: { denominator } }, ...codes.map((code) => LINES[code])],
    })
  ).position;

const of = (department: string) => ({ department, fiscalYear: 2023 });

/** A department with 90 of 100 spent, one output indicator at 80 of 100, and the satisfaction at 95 of 100. */
async function prepare(department: string): Promise<void> {
  await api.write('registerDepartment', { code: department, name: `部门 ${department}` });
  const lines = [{ code: 'A', name: '明细', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '80' }];
  await api.write('approveBudget', { ...of(department), lines, effectiveAt: '2023-02-01' });
  await api.write('supplementBudget', { ...of(department), line: 'A', amount: '20', effectiveAt: '2023-06-01' });
  await api.write('recordExpenditure', { ...of(department), line: 'A', amount: '90', effectiveAt: '2023-12-01' });
  const indicator = { ...of(department), level2: 'QUALITY', direction: 'AT_LEAST', target: '100' };
  await api.write('defineIndicator', { ...indicator, code: `${department}-OUT`, name: '产出', level1: 'OUTPUT' });
  await api.write('defineIndicator', { ...indicator, code: `${department}-SAT`, name: '满意', level1: 'SATISFACTION' });
  await observe(`${department}-OUT`, '80');
  await observe(`${department}-SAT`, '95');
}

const observe = (code: string, value: string, observedOn = '2023-12-31') =>
  api.write('recordObservation', { code, observedOn, value });

const open = (department: string, more: object = {}) =>
  api.write('openEvaluation', {
    ...of(department),
    template: 'T',
    templateVersion: 1,
    indicators: [{ line: 'own', indicator: `${department}-SAT` }],
    ...more,
  });

const score = (department: string, ...scores: object[]) => api.write('scoreEvaluation', { ...of(department), scores });
const submit = (department: string, more: object = {}) =>
  api.write('submitEvaluation', { ...of(department), selfScore: '88', ...more });
const refused = async (mutation: string, department: string, more: object = {}) =>
  (await api.refusal(mutation, { ...of(department), ...more })).extensions;

const SCORES = 'scores { line { code } score applicable scoredBy reason deviationReason improvement inputs }';
const read = async (department: string, fields: string, at = '{}') =>
  (await api.data(`{ asOf(at: ${at}) { evaluation(department: "${department}", fiscalYear: 2023) { ${fields} } } }`))
    .asOf.evaluation;
const scoresOf = async (department: string, at?: string): Promise<Record<string, string | null>> => {
  const { scores } = await read(department, SCORES, at);
  return Object.fromEntries(scores.map(({ line, score: found }: any) => [line.code, found]));
};

const EXPLAINED = { line: 'own', deviationReason: '样本偏少', improvement: '扩大样本' };
const CHECKED = { line: 'honesty', met: ['budget', 'accounts'] };

test('a draft shows what is computed at the snapshot, on both clocks', async () => {
  await prepare('D1');
  const { position } = await open('D1');
  expect(await read('D1', 'template { code version unofficial } scoredAt scoredEffectiveAt computedScore')).toEqual({
    template: { code: 'T', version: 1, unofficial: true },
    scoredAt: null,
    scoredEffectiveAt: null,
    computedScore: null,
  });
  expect(await scoresOf('D1')).toEqual({ execution: '18.00', output: '32.00', own: '19.00', honesty: null });
  // Before the supplement and the payment; before the observations.
  expect(await scoresOf('D1', '{ effectiveAt: "2023-05-31" }')).toEqual({
    execution: '0.00',
    output: null,
    own: null,
    honesty: null,
  });
  await score('D1', CHECKED);
  expect(await read('D1', 'computedScore wouldBe')).toEqual({ computedScore: '89.00', wouldBe: '89.00' });
  expect((await scoresOf('D1', `{ position: "${position}" }`)).honesty).toBeNull();
});

test('a submission freezes the scores, and later facts and templates change only what would be', async () => {
  await prepare('D2');
  await open('D2');
  await score('D2', CHECKED, EXPLAINED);
  const { position } = await submit('D2', { effectiveAt: '2024-01-10' });
  const submitted = await read('D2', `${SCORES} computedScore wouldBe scoredAt scoredEffectiveAt selfScore`);
  expect(submitted).toMatchObject({ computedScore: '89.00', wouldBe: '89.00', selfScore: '88' });
  expect(submitted.scoredEffectiveAt).toBe('2024-01-09T16:00:00.000Z');
  expect(BigInt(submitted.scoredAt)).toBe(BigInt(position) - 1n);
  expect(submitted.scores).toMatchObject([
    {
      line: { code: 'execution' },
      score: '18.00',
      scoredBy: 'COMPUTED',
      inputs: { denominator: 'REVISED', opening: '80.00', revised: '100.00', executed: '90.00' },
    },
    { line: { code: 'output' }, score: '32.00', inputs: { indicators: [{ code: 'D2-OUT', value: '80' }] } },
    { line: { code: 'own' }, score: '19.00', deviationReason: '样本偏少', improvement: '扩大样本' },
    { line: { code: 'honesty' }, score: '20.00', scoredBy: 'PERSON', inputs: { met: ['budget', 'accounts'] } },
  ]);

  await observe('D2-OUT', '100');
  await api.write('recordExpenditure', { ...of('D2'), line: 'A', amount: '10', effectiveAt: '2023-12-20' });
  const later = await read('D2', `${SCORES} computedScore wouldBe scoredAt scoredEffectiveAt selfScore`);
  expect(later).toEqual({ ...submitted, wouldBe: '99.00' });
  expect(await read('D2', 'wouldBe', `{ position: "${position}" }`)).toEqual({ wouldBe: '89.00' });
  expect(await read('D2', 'status computedScore', '{ effectiveAt: "2024-01-01" }')).toMatchObject({ status: 'DRAFT' });
});

test('a writer that may not read the department submits the scores of its figures', async () => {
  await prepare('D-BLIND');
  const blind = await api.token({ roles: ['editor'], departments: ['D-BLIND'], readDepartments: ['D0'] });
  const year = of('D-BLIND');
  const indicators = [{ line: 'own', indicator: 'D-BLIND-SAT' }];
  await api.write('openEvaluation', { ...year, template: 'T', templateVersion: 1, indicators }, 'position', blind);
  await api.write('scoreEvaluation', { ...year, scores: [CHECKED, EXPLAINED] }, 'position', blind);
  await api.write('submitEvaluation', { ...year, selfScore: '88' }, 'position', blind);
  expect(await read('D-BLIND', 'status computedScore')).toEqual({ status: 'SUBMITTED', computedScore: '89.00' });
});

test('the changes behind each score are named, as they were when it was submitted', async () => {
  await prepare('D3');
  await api.write('supplementBudget', { ...of('D3'), line: 'A', amount: '5', effectiveAt: '2024-03-01' });
  await open('D3');
  await score('D3', CHECKED, EXPLAINED);
  await submit('D3');
  await observe('D3-OUT', '90', '2024-01-01');
  await api.write('supplementBudget', { ...of('D3'), line: 'A', amount: '1', effectiveAt: '2023-06-02' });
  const changesOf = async (): Promise<any> => {
    const { scores } = await read('D3', 'scores { line { code } changes { nodes { type entity } } }');
    return Object.fromEntries(
      scores.map(({ line, changes }: any) => [
        line.code,
        changes.nodes.map(({ type, entity }: any) => `${type} ${entity}`),
      ]),
    );
  };
  const expected = {
    execution: ['BudgetApproved D3.2023', 'BudgetSupplemented D3.2023', 'ExpenditureRecorded D3.2023'],
    output: ['IndicatorDefined D3-OUT', 'ObservationRecorded D3-OUT'],
    own: ['IndicatorDefined D3-SAT', 'ObservationRecorded D3-SAT', 'EvaluationScored D3.2023'],
    honesty: ['EvaluationScored D3.2023'],
  };
  expect(await changesOf()).toEqual(expected);
  const { scores } = await read(
    'D3',
    'scores { changes(first: 1) { nodes { type } pageInfo { hasNextPage endCursor } } }',
  );
  expect(scores[0].changes).toMatchObject({ nodes: [{ type: 'BudgetApproved' }], pageInfo: { hasNextPage: true } });

  await api.write('returnEvaluation', of('D3'), 'position', reviewer);
  await score('D3', { ...CHECKED, met: ['budget'] });
  expect((await changesOf()).honesty).toEqual(['EvaluationScored D3.2023']);
});

test('a returned evaluation is scored again at the next submission, as the next round', async () => {
  await prepare('D4');
  await open('D4');
  await score('D4', CHECKED, EXPLAINED);
  await submit('D4');
  await api.write('returnEvaluation', of('D4'), 'position', reviewer);
  await observe('D4-OUT', '100');
  expect(await read('D4', 'status round computedScore scoredAt')).toEqual({
    status: 'RETURNED',
    round: 1,
    computedScore: '97.00',
    scoredAt: null,
  });
  await score('D4', { ...CHECKED, met: ['budget'] });
  await submit('D4');
  expect(await read('D4', 'status round computedScore')).toEqual({
    status: 'SUBMITTED',
    round: 2,
    computedScore: '92.00',
  });
});

test('a publication stays as it was while the evaluation is revised, until another is published', async () => {
  await prepare('D5');
  await open('D5');
  await score('D5', CHECKED, EXPLAINED);
  await submit('D5', { conclusion: '初稿' });
  const by = (mutation: string, more: object = {}) =>
    api.write(mutation, { ...of('D5'), ...more }, 'position', reviewer);
  await by('confirmEvaluation', { reviewScore: '91' });
  await by('publishEvaluation');

  const PUBLISHED =
    'published { round selfScore reviewScore computedScore grade conclusion change { type } scores { line { code } score changes { nodes { type } } } }';
  const { published } = await read('D5', PUBLISHED);
  expect(published).toMatchObject({
    round: 1,
    selfScore: '88',
    reviewScore: '91',
    computedScore: '89.00',
    grade: 'EXCELLENT',
    conclusion: '初稿',
    change: { type: 'EvaluationPublished' },
  });
  expect(published.scores.map((each: any) => each.score)).toEqual(['18.00', '32.00', '19.00', '20.00']);

  expect(await refused('reviseEvaluation', 'D5', { reason: ' ' })).toMatchObject({
    violations: [{ path: '/input/reason' }],
  });
  await by('reviseEvaluation', { reason: '审计更正' });
  await observe('D5-OUT', '100');
  const { indicator } = await api.data('{ indicator(code: "D5-SAT") { latest { change { eventId } } } }');
  const observation = indicator.latest.change.eventId;
  await api.write('correctObservation', { code: 'D5-SAT', observation, value: '100', reason: '更正' });
  expect(await read('D5', `status round revises reviewScore computedScore ${PUBLISHED}`)).toEqual({
    status: 'RETURNED',
    round: 1,
    revises: 1,
    reviewScore: null,
    computedScore: '98.00',
    published,
  });
  await submit('D5', { selfScore: '97', conclusion: '修订' });
  expect(await read('D5', `round revises ${PUBLISHED}`)).toEqual({ round: 2, revises: 1, published });
  await by('confirmEvaluation');
  await by('publishEvaluation');
  expect((await read('D5', PUBLISHED)).published).toMatchObject({
    round: 2,
    selfScore: '97',
    reviewScore: null,
    computedScore: '98.00',
    grade: 'EXCELLENT',
  });
});

test('a line that does not apply drops out, and the rest counts as 100', async () => {
  await prepare('D6');
  await open('D6');
  await score('D6', { line: 'honesty', notApplicable: true }, { line: 'output', notApplicable: true }, EXPLAINED);
  await submit('D6');
  expect(await read('D6', 'computedScore')).toEqual({ computedScore: '92.50' });
  expect(await scoresOf('D6')).toEqual({ execution: '18.00', output: null, own: '19.00', honesty: null });
});

test('a retired indicator drops out of its class, and what a rule cannot score waits for a person', async () => {
  await prepare('D7');
  await open('D7', { indicators: undefined });
  expect((await read('D7', SCORES)).scores[2]).toMatchObject({
    score: null,
    scoredBy: 'PERSON',
    inputs: { notComputed: 'NO_INDICATOR' },
    reason: expect.stringContaining('No indicator'),
  });
  await api.write('retireIndicator', { code: 'D7-OUT' });
  expect((await scoresOf('D7')).output).toBeNull();
  await score(
    'D7',
    CHECKED,
    { line: 'output', score: '30', reason: '指标已停用' },
    { ...EXPLAINED, score: '15', reason: '访谈' },
  );
  await submit('D7');
  expect(await read('D7', 'computedScore')).toEqual({ computedScore: '83.00' });
});

describe('refused', () => {
  beforeAll(async () => {
    await publishTemplate(['manual', 'band']);
    await prepare('D8');
    await prepare('D9');
    await open('D9');
  });

  test.each<[string, object, object]>([
    ['a template that is not there', { template: 'none' }, { code: 'NOT_FOUND' }],
    ['a version that is not there', { template: 'T', templateVersion: 9 }, { code: 'NOT_FOUND' }],
    ['a version without a template', { templateVersion: 1 }, { code: 'BAD_USER_INPUT' }],
    [
      'an indicator of no line',
      { template: 'T', templateVersion: 1, indicators: [{ line: 'x', indicator: 'D8-SAT' }] },
      { code: 'NOT_FOUND' },
    ],
    [
      'an indicator of a line with a class',
      { template: 'T', templateVersion: 1, indicators: [{ line: 'output', indicator: 'D8-OUT' }] },
      { rule: 'KIND_MISMATCH' },
    ],
    [
      'an indicator of another department',
      { template: 'T', templateVersion: 1, indicators: [{ line: 'own', indicator: 'D9-SAT' }] },
      { code: 'NOT_FOUND' },
    ],
  ])('to open with %s', async (_what, input, extensions) => {
    expect(await refused('openEvaluation', 'D8', input)).toMatchObject(extensions);
    expect(await read('D8', 'status')).toBeNull();
  });

  test.each<[string, object, object]>([
    ['no line', { line: 'x', score: '1' }, { code: 'NOT_FOUND', item: 0 }],
    ['a line that is computed', { line: 'own', score: '1', reason: 'x' }, { rule: 'KIND_MISMATCH', item: 0 }],
    ['a score of a checklist', { line: 'honesty', score: '1' }, { rule: 'KIND_MISMATCH' }],
    ['an item that is not there', { line: 'honesty', met: ['x'] }, { code: 'NOT_FOUND' }],
    ['items of another rule', { line: 'own', met: ['x'] }, { rule: 'KIND_MISMATCH' }],
    ['a score that does not apply', { line: 'own', score: '1', notApplicable: true }, { code: 'BAD_USER_INPUT' }],
  ])('to score %s', async (_what, line, extensions) => {
    expect(await refused('scoreEvaluation', 'D9', { scores: [line] })).toMatchObject(extensions);
  });

  test('to score a line twice, or lines of no template', async () => {
    expect(await refused('scoreEvaluation', 'D9', { scores: [CHECKED, CHECKED] })).toMatchObject({
      violations: [{ path: '/input/scores/1/line' }],
    });
    await api.write('openEvaluation', of('D0'));
    expect(await refused('scoreEvaluation', 'D0', { scores: [CHECKED] })).toMatchObject({ rule: 'KIND_MISMATCH' });
  });

  test('to submit without scores, then without reasons', async () => {
    expect(await refused('submitEvaluation', 'D9', { selfScore: '1' })).toMatchObject({ rule: 'SCORE_INCOMPLETE' });
    await score('D9', CHECKED);
    expect(await refused('submitEvaluation', 'D9', { selfScore: '1' })).toMatchObject({ rule: 'REASON_REQUIRED' });
    await score('D9', { ...EXPLAINED, improvement: ' ' });
    expect(await refused('submitEvaluation', 'D9', { selfScore: '1' })).toMatchObject({ rule: 'REASON_REQUIRED' });
    await score('D9', EXPLAINED);
    await submit('D9');
    expect(await refused('scoreEvaluation', 'D9', { scores: [CHECKED] })).toMatchObject({ rule: 'EVALUATION_STATE' });
    expect(await refused('reviseEvaluation', 'D9', { reason: '早' })).toMatchObject({ rule: 'EVALUATION_STATE' });
  });

  test('to score by hand without a reason, over the points or outside the bands', async () => {
    await open('D8', { templateVersion: undefined, indicators: undefined });
    expect((await read('D8', 'template { version }')).template).toEqual({ version: 2 });
    const by = (line: object) => refused('scoreEvaluation', 'D8', { scores: [line] });
    expect(await by({ line: 'manual', score: '10' })).toMatchObject({ rule: 'REASON_REQUIRED' });
    expect(await by({ line: 'manual', score: '60.01', reason: 'x' })).toMatchObject({ rule: 'KIND_MISMATCH' });
    expect(await by({ line: 'band', score: '15.99', reason: 'x' })).toMatchObject({ rule: 'KIND_MISMATCH' });
    await score(
      'D8',
      { line: 'manual', score: '50.005', reason: '现场' },
      { line: 'band', score: '16', reason: '达成' },
    );
    await submit('D8');
    expect(await read('D8', 'computedScore')).toEqual({ computedScore: '84.01' });
  });
});

test('a newer version of the template changes only what would be', async () => {
  expect(await read('D2', 'computedScore wouldBe template { version }')).toEqual({
    computedScore: '89.00',
    wouldBe: null,
    template: { version: 1 },
  });
  await publishTemplate(['output', 'own', 'honesty'], 'OPENING');
  expect(await read('D2', 'computedScore wouldBe')).toEqual({ computedScore: '89.00', wouldBe: '99.00' });
});

test('a dry run shows the scores that a submission would freeze, and records nothing', async () => {
  await prepare('DA');
  await open('DA');
  await score('DA', CHECKED, EXPLAINED);
  const query = `mutation($input: SubmitEvaluationInput!) { submitEvaluation(input: $input, dryRun: true) {
    evaluation { status computedScore scores { score changes { nodes { type } } } } } }`;
  const { submitEvaluation } = await api.data(query, { input: { ...of('DA'), selfScore: '88' } });
  expect(submitEvaluation.evaluation).toMatchObject({ status: 'SUBMITTED', computedScore: '89.00' });
  expect(submitEvaluation.evaluation.scores[3].changes.nodes).toEqual([{ type: 'EvaluationScored' }]);
  expect(await read('DA', 'status')).toEqual({ status: 'DRAFT' });
});

test('history, blame and a difference name what was said and submitted', async () => {
  const { history, blame } = await read('D2', 'history { nodes { type } } blame { path change { type } }');
  expect(history.nodes.map(({ type }: any) => type)).toEqual([
    'EvaluationOpened',
    'EvaluationScored',
    'EvaluationSubmitted',
  ]);
  const origins = Object.fromEntries(blame.map(({ path, change }: any) => [path, change.type]));
  expect(origins).toMatchObject({
    '/template/version': 'EvaluationOpened',
    '/computedScore': 'EvaluationSubmitted',
    '/scores/0/score': 'EvaluationSubmitted',
  });
  const { diff } =
    await api.data(`{ diff(from: { effectiveAt: "2024-01-01" }, to: {}, filter: { entities: ["D2.2023"] }) {
    nodes { entityType fields { path after } } } }`);
  const evaluation = diff.nodes.find(({ entityType }: any) => entityType === 'EVALUATION');
  expect(evaluation.fields).toContainEqual({ path: '/computedScore', after: '89.00' });
});
