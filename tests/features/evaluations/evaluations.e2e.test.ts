import { startApi, TestApi } from '../../support/api';

/** Evaluations as a client sees them. Each test has a department of its own; the clock only goes forward. */

let api: TestApi;
/** The token of the person that reviews what others submit. */
let reviewer: string;

const REVIEWS = new Set(['returnEvaluation', 'confirmEvaluation', 'publishEvaluation']);
const tokenFor = (mutation: string) => (REVIEWS.has(mutation) ? reviewer : undefined);

beforeAll(async () => {
  api = await startApi({ now: '2024-01-15T02:00:00.000Z' });
  reviewer = await api.token({ sub: 'u-reviewer' });
  for (const code of ['D0', 'D1', 'D2', 'D3', 'D4']) {
    await api.write('registerDepartment', { code, name: `部门 ${code}` });
  }
});
afterAll(() => api.close());

const of = (department: string, fiscalYear = 2023) => ({ department, fiscalYear });
const STATE = 'status round selfScore reviewScore grade conclusion problems improvements';

const read = async (department: string, fields = STATE) =>
  (
    await api.data(`query($of: ID!) { evaluation(department: $of, fiscalYear: 2023) { ${fields} } }`, {
      of: department,
    })
  ).evaluation;
const readAt = async (at: object, department: string, fields = STATE) =>
  (
    await api.data(
      `query($at: AsOfInput!, $of: ID!) { asOf(at: $at) { evaluation(department: $of, fiscalYear: 2023) { ${fields} } } }`,
      { at, of: department },
    )
  ).asOf.evaluation;
const step = async (mutation: string, department: string, input: object = {}) =>
  (await api.write(mutation, { ...of(department), ...input }, `evaluation { ${STATE} }`, tokenFor(mutation)))
    .evaluation;

const NOTHING = {
  selfScore: null,
  reviewScore: null,
  grade: null,
  conclusion: null,
  problems: [],
  improvements: [],
};

test('an evaluation goes from a draft to its publication', async () => {
  const opened = await api.write(
    'openEvaluation',
    of('D1'),
    `projected changes { type entityType entity department fiscalYear revision }
     evaluation { fiscalYear ${STATE} revision department { code name } lastChange { type } history { nodes { type } } }`,
  );
  expect(opened).toEqual({
    projected: true,
    changes: [
      {
        type: 'EvaluationOpened',
        entityType: 'EVALUATION',
        entity: 'D1.2023',
        department: 'D1',
        fiscalYear: 2023,
        revision: 1,
      },
    ],
    evaluation: {
      fiscalYear: 2023,
      status: 'DRAFT',
      round: 1,
      ...NOTHING,
      revision: 1,
      department: { code: 'D1', name: '部门 D1' },
      lastChange: { type: 'EvaluationOpened' },
      history: { nodes: [{ type: 'EvaluationOpened' }] },
    },
  });

  const first = {
    selfScore: '89.995',
    conclusion: '完成年度目标',
    problems: ['跨层级数据共享不足'],
    improvements: ['推动省级回流'],
  };
  const submitted = { status: 'SUBMITTED', round: 1, ...first, reviewScore: null, grade: 'EXCELLENT' };
  expect(await step('submitEvaluation', 'D1', first)).toEqual(submitted);
  expect(await step('returnEvaluation', 'D1', { reason: '补充依据' })).toEqual({ ...submitted, status: 'RETURNED' });
  expect(await step('submitEvaluation', 'D1', { selfScore: '89.994', conclusion: null, problems: null })).toEqual({
    ...NOTHING,
    status: 'SUBMITTED',
    round: 2,
    selfScore: '89.994',
    grade: 'GOOD',
  });
  const confirmed = {
    ...NOTHING,
    status: 'CONFIRMED',
    round: 2,
    selfScore: '89.994',
    reviewScore: '59.99',
    grade: 'POOR',
  };
  expect(await step('confirmEvaluation', 'D1', { reviewScore: '59.99' })).toEqual(confirmed);
  expect(await step('publishEvaluation', 'D1')).toEqual({ ...confirmed, status: 'PUBLISHED' });
  expect(await read('D1', 'status revision history { nodes { type reason } }')).toEqual({
    status: 'PUBLISHED',
    revision: 6,
    history: {
      nodes: [
        { type: 'EvaluationOpened', reason: null },
        { type: 'EvaluationSubmitted', reason: null },
        { type: 'EvaluationReturned', reason: '补充依据' },
        { type: 'EvaluationSubmitted', reason: null },
        { type: 'EvaluationConfirmed', reason: null },
        { type: 'EvaluationPublished', reason: null },
      ],
    },
  });
});

test('scores are kept as they were written; without a score of the review, the own score decides the grade', async () => {
  await api.write('openEvaluation', of('D2'));
  expect(await step('submitEvaluation', 'D2', { selfScore: '+080.0000000000' })).toMatchObject({
    selfScore: '80.0000000000',
    grade: 'GOOD',
  });
  expect(await step('confirmEvaluation', 'D2')).toMatchObject({
    status: 'CONFIRMED',
    selfScore: '80.0000000000',
    reviewScore: null,
    grade: 'GOOD',
  });
});

describe('on both clocks', () => {
  let recorded: readonly { readonly position: string }[];

  beforeAll(async () => {
    const at = async (now: string, mutation: string, input: object) => {
      api.clock.set(now);
      return api.write(mutation, { ...of('D3'), ...input }, undefined, tokenFor(mutation));
    };
    recorded = [
      await at('2024-02-01T02:00:00.000Z', 'openEvaluation', { effectiveAt: '2024-01-20' }),
      await at('2024-02-20T02:00:00.000Z', 'submitEvaluation', { selfScore: '97.63', effectiveAt: '2024-02-10' }),
      await at('2024-03-01T02:00:00.000Z', 'confirmEvaluation', { reviewScore: '94', effectiveAt: '2024-02-26' }),
      await at('2024-03-05T02:00:00.000Z', 'publishEvaluation', { effectiveAt: '2024-04-01' }),
    ];
    api.clock.set('2024-03-10T02:00:00.000Z');
  });

  test.each([
    ['before it was opened, on the effective clock', { effectiveAt: '2024-01-01' }, ['DRAFT', null, null]],
    ['the day before the submission', { effectiveAt: '2024-02-09' }, ['DRAFT', null, null]],
    ['the day of the submission', { effectiveAt: '2024-02-10' }, ['SUBMITTED', '97.63', null]],
    ['before the confirmation', { effectiveAt: '2024-02-25T23:59:59.999+08:00' }, ['SUBMITTED', '97.63', null]],
    ['the day of the confirmation', { effectiveAt: '2024-02-26' }, ['CONFIRMED', '97.63', '94']],
    ['before the publication', { effectiveAt: '2024-03-31' }, ['CONFIRMED', '97.63', '94']],
    ['in the future', { effectiveAt: '2024-04-01' }, ['PUBLISHED', '97.63', '94']],
    ['on record', {}, ['PUBLISHED', '97.63', '94']],
    ['known before the submission', { knownAt: '2024-02-19' }, ['DRAFT', null, null]],
    ['known on the day of the submission', { knownAt: '2024-02-20' }, ['SUBMITTED', '97.63', null]],
    ['known and effective', { knownAt: '2024-02-29', effectiveAt: '2024-03-01' }, ['SUBMITTED', '97.63', null]],
  ])('%s', async (_when, at, [status, selfScore, reviewScore]) => {
    expect(await readAt(at, 'D3', 'status selfScore reviewScore')).toEqual({ status, selfScore, reviewScore });
  });

  test('it does not exist before it was recorded, nor at position zero', async () => {
    expect(await readAt({ knownAt: '2024-01-31' }, 'D3')).toBeNull();
    expect(await readAt({ position: '0' }, 'D3')).toBeNull();
  });

  test('a position always shows the state after its write', async () => {
    const states = await Promise.all(recorded.map(({ position }) => readAt({ position }, 'D3', 'status revision')));
    expect(states).toEqual([
      { status: 'DRAFT', revision: 1 },
      { status: 'SUBMITTED', revision: 2 },
      { status: 'CONFIRMED', revision: 3 },
      { status: 'PUBLISHED', revision: 4 },
    ]);
  });

  test('revision and history follow the record, whatever is in force', async () => {
    const seen = await readAt({ effectiveAt: '2024-01-01' }, 'D3', 'status revision history { nodes { type } }');
    expect(seen).toMatchObject({ status: 'DRAFT', revision: 4, history: { nodes: { length: 4 } } });
  });

  test('an id answers at the snapshot that it was read in', async () => {
    const node = async (id: string) =>
      (await api.data('query($id: ID!) { node(id: $id) { id ... on Evaluation { status } } }', { id })).node;
    const { id: past } = await readAt({ effectiveAt: '2024-02-10' }, 'D3', 'id');
    const { id: present } = await read('D3', 'id');
    expect(past).not.toBe(present);
    expect(await node(past)).toEqual({ id: past, status: 'SUBMITTED' });
    expect(await node(present)).toEqual({ id: present, status: 'PUBLISHED' });
  });

  test('a step recorded late does not override one with a later effective date', async () => {
    await api.write('openEvaluation', of('D4'));
    await step('submitEvaluation', 'D4', { selfScore: '70', effectiveAt: '2024-03-01' });
    expect(await step('returnEvaluation', 'D4', { effectiveAt: '2024-02-01' })).toMatchObject({
      status: 'SUBMITTED',
      round: 2,
    });
    expect(await readAt({ effectiveAt: '2024-02-15' }, 'D4')).toEqual({ ...NOTHING, status: 'RETURNED', round: 1 });
  });
});

test('the same command sent twice under one key is recorded once', async () => {
  const input = { ...of('D0'), idempotencyKey: 'open-1' };
  const fields = 'position changes { eventId }';
  const first = await api.write('openEvaluation', input, fields);
  expect(await api.write('openEvaluation', input, fields)).toEqual(first);
  expect(await read('D0', 'revision')).toEqual({ revision: 1 });
  expect((await api.refusal('submitEvaluation', { ...input, selfScore: '1' })).extensions.code).toBe('CONFLICT');
});

test.each([
  ['the least that it has to say', 2011, {}],
  ['nulls', 2012, { conclusion: null, problems: null, improvements: null }],
])('a submission with %s', async (_what, fiscalYear, input) => {
  const evaluation = of('D0', fiscalYear);
  await api.write('openEvaluation', evaluation);
  const submission = { ...evaluation, selfScore: '60', ...input };
  const fields = 'evaluation { conclusion problems improvements } changes { data }';
  const written = await api.write('submitEvaluation', submission, fields);
  expect(written.evaluation).toEqual({ conclusion: null, problems: [], improvements: [] });
  expect(written.changes).toEqual([{ data: { selfScore: '60', problems: [], improvements: [] } }]);
});
