import { startApi, TestApi } from '../../support/api';

/** Refused commands on indicators. Each refusal has its code and path, and nothing is recorded. */

let api: TestApi;
let head: string;
/** The ids of a change of another kind than asked for, and of another indicator's observation. */
let strange: Readonly<Record<'revision' | 'correction' | 'elsewhere' | 'department', string>>;

const INDICATOR = {
  department: 'D1',
  fiscalYear: 2023,
  name: '热线接通率',
  level1: 'OUTPUT',
  level2: 'QUALITY',
  direction: 'AT_LEAST',
};
const RANGE = { ...INDICATOR, direction: 'RANGE', target: '10', targetUpper: '20' };
const QUALITATIVE = { ...INDICATOR, direction: 'QUALITATIVE' };

beforeAll(async () => {
  // In the ledger's time zone it is 1 July already.
  api = await startApi({ now: '2023-06-30T16:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  await api.write('registerDepartment', { code: 'D2', name: '市统计局' });
  await api.write('defineIndicator', { ...INDICATOR, code: 'K1' });
  await api.write('defineIndicator', { ...QUALITATIVE, code: 'K2' });
  await api.write('defineIndicator', { ...RANGE, code: 'K3' });
  await api.write('defineIndicator', { ...INDICATOR, code: 'OLD' });
  const observe = async (code: string, input: object): Promise<string> => {
    const recorded = await api.write(
      'recordObservation',
      { code, observedOn: '2023-06-30', ...input },
      'indicator { latest { id } }',
    );
    return recorded.indicator.latest.id;
  };
  const changeOf = async (mutation: string, input: object): Promise<string> =>
    (await api.write(mutation, input)).changes[0].id;
  k1 = await observe('K1', { value: '97.4' });
  k2 = await observe('K2', { text: '达成预期' });
  await observe('OLD', { value: '1' });
  await api.write('retireIndicator', { code: 'OLD' });
  const { department } = await api.data('{ department(code: "D1") { id } }');
  strange = {
    revision: await changeOf('reviseIndicatorTarget', { code: 'K1', target: '98' }),
    correction: await changeOf('correctObservation', { code: 'K1', observation: k1, value: '98.2' }),
    elsewhere: k2,
    department: department.id,
  };
  head = await currentHead();
});
afterAll(() => api.close());
afterEach(async () => {
  expect(await currentHead()).toBe(head);
});

/** The observations of K1 and K2. */
let k1: string;
let k2: string;

const currentHead = async (): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;
const pathsOf = async (mutation: string, input: object): Promise<string[]> => {
  const { extensions, path } = await api.refusal(mutation, input);
  expect(path).toEqual([mutation]);
  expect(extensions.code).toBe('BAD_USER_INPUT');
  return extensions.violations.map((violation: any) => violation.path);
};

describe('BAD_USER_INPUT: an indicator defined with', () => {
  const TARGET = '/input/target';
  const UPPER = '/input/targetUpper';

  test.each<[string, object, string[]]>([
    ['a code that is none', { code: 'K.1' }, ['/input/code']],
    ['a department that is none', { department: '' }, ['/input/department']],
    ['a year of five digits', { fiscalYear: 12023 }, ['/input/fiscalYear']],
    ['a blank name', { name: ' ' }, ['/input/name']],
    ['a long unit', { unit: '万'.repeat(51) }, ['/input/unit']],
    ['a baseline in words', { baseline: '一' }, ['/input/baseline']],
    ['a target with an exponent', { target: '1e3' }, [TARGET]],
    ['a target of 11 decimals', { target: '0.00000000001' }, [TARGET]],
    ['a target of 19 digits', { target: '1000000000000000000' }, [TARGET]],
    ['negative points', { points: '-0.01' }, ['/input/points']],
    ['a task that is none', { task: 'T 1' }, ['/input/task']],
    ['an upper target without a range', { target: '1', targetUpper: '2' }, [UPPER]],
    ['a range without ends', { direction: 'RANGE' }, [TARGET, UPPER]],
    ['a range without an upper end', { direction: 'RANGE', target: '1' }, [UPPER]],
    ['a range without a lower end', { direction: 'RANGE', target: null, targetUpper: '1' }, [TARGET]],
    ['a range upside down', { direction: 'RANGE', target: '10', targetUpper: '9.99' }, [UPPER]],
    ['a qualitative target', { direction: 'QUALITATIVE', target: '1' }, [TARGET]],
    ['a qualitative range', { direction: 'QUALITATIVE', target: '1', targetUpper: '2' }, [TARGET, UPPER]],
  ])('%s', async (_what, input, paths) => {
    expect(await pathsOf('defineIndicator', { ...INDICATOR, code: 'NEW', ...input })).toEqual(paths);
  });
});

test.each<[string, string, object, string[]]>([
  ['a revision of nothing', 'reviseIndicatorTarget', { code: 'K1' }, ['/input']],
  ['a revision of nulls', 'reviseIndicatorTarget', { code: 'K1', target: null, points: null }, ['/input']],
  ['a target in words', 'reviseIndicatorTarget', { code: 'K1', target: 'x' }, ['/input/target']],
  ['negative points', 'reviseIndicatorTarget', { code: 'K1', points: '-1' }, ['/input/points']],
  [
    'a range upside down',
    'reviseIndicatorTarget',
    { code: 'K3', target: '2', targetUpper: '1' },
    ['/input/targetUpper'],
  ],
  [
    'a lower end above the upper end of an indicator that is no range',
    'reviseIndicatorTarget',
    { code: 'K1', target: '2', targetUpper: '1' },
    ['/input/targetUpper'],
  ],
  ['a retirement of no code', 'retireIndicator', { code: '' }, ['/input/code']],
])('BAD_USER_INPUT: %s', async (_what, mutation, input, paths) => {
  expect(await pathsOf(mutation, input)).toEqual(paths);
});

describe('BAD_USER_INPUT: an observation with', () => {
  test.each<[string, object, string[]]>([
    ['neither value nor text', {}, ['/input']],
    ['nulls', { value: null, text: null }, ['/input']],
    ['a date that does not exist', { value: '1', observedOn: '2023-02-29' }, ['/input/observedOn']],
    [
      'no date, but an effective one',
      { value: '1', observedOn: 'x', effectiveAt: '2023-06-30' },
      ['/input/observedOn'],
    ],
    ['a value in words', { value: 'x' }, ['/input/value']],
    ['a blank text', { text: ' ' }, ['/input/text']],
    ['a text too long', { text: 'x'.repeat(20_001) }, ['/input/text']],
    ['a long source', { value: '1', source: 'x'.repeat(501) }, ['/input/source']],
    ['another effective date', { value: '1', effectiveAt: '2023-06-29' }, ['/input/effectiveAt']],
    ['another instant', { value: '1', effectiveAt: '2023-06-30T00:00:00.001+08:00' }, ['/input/effectiveAt']],
    ['another time zone', { value: '1', effectiveAt: '2023-06-30T00:00:00Z' }, ['/input/effectiveAt']],
  ])('%s', async (_what, input, paths) => {
    expect(await pathsOf('recordObservation', { code: 'K1', observedOn: '2023-06-30', ...input })).toEqual(paths);
  });
});

describe('BAD_USER_INPUT: a correction with', () => {
  test.each<[string, object, string[]]>([
    ['nothing', {}, ['/input']],
    ['nulls', { value: null, text: null, qualifier: null, observedOn: null, withdraw: null }, ['/input']],
    ['no withdrawal', { withdraw: false }, ['/input']],
    ['a value and a withdrawal', { value: '1', withdraw: true }, ['/input/withdraw']],
    ['a date and a withdrawal', { observedOn: '2023-06-29', withdraw: true }, ['/input/withdraw']],
    ['a value in words', { value: 'x' }, ['/input/value']],
    ['a blank text', { text: '' }, ['/input/text']],
    ['a date that does not exist', { observedOn: '2023-06-31' }, ['/input/observedOn']],
    ['an id that is too long', { value: '1', observation: 'x'.repeat(513) }, ['/input/observation']],
  ])('%s', async (_what, input, paths) => {
    expect(await pathsOf('correctObservation', { code: 'K1', observation: k1, ...input })).toEqual(paths);
  });
});

const rule = (name: string) => ({ code: 'RULE_VIOLATION', rule: name });
const NOT_FOUND = { code: 'NOT_FOUND' };

test.each<[string, string, object, object]>([
  ['defined twice', 'defineIndicator', { ...INDICATOR, code: 'K1' }, { code: 'CONFLICT' }],
  ['of no department', 'defineIndicator', { ...INDICATOR, code: 'NEW', department: 'D9' }, NOT_FOUND],
  ['of no task', 'defineIndicator', { ...INDICATOR, code: 'NEW', task: 'T9' }, NOT_FOUND],
  ['that is none, revised', 'reviseIndicatorTarget', { code: 'K9', target: '1' }, NOT_FOUND],
  ['that is none, observed', 'recordObservation', { code: 'K9', observedOn: '2023-06-30', value: '1' }, NOT_FOUND],
  ['that is none, corrected', 'correctObservation', { code: 'K9', observation: 'x', value: '1' }, NOT_FOUND],
  ['that is none, retired', 'retireIndicator', { code: 'K9' }, NOT_FOUND],
  [
    'of another revision',
    'retireIndicator',
    { code: 'K1', expectedRevision: 3 },
    { code: 'CONFLICT', currentRevision: 4 },
  ],
  ['retired, revised', 'reviseIndicatorTarget', { code: 'OLD', points: '1' }, rule('INDICATOR_RETIRED')],
  [
    'retired, observed',
    'recordObservation',
    { code: 'OLD', observedOn: '2023-06-30', value: '1' },
    rule('INDICATOR_RETIRED'),
  ],
  ['retired twice', 'retireIndicator', { code: 'OLD' }, rule('INDICATOR_RETIRED')],
  ['qualitative, with a target', 'reviseIndicatorTarget', { code: 'K2', target: '1' }, rule('KIND_MISMATCH')],
  [
    'without a range, with an upper target',
    'reviseIndicatorTarget',
    { code: 'K1', targetUpper: '1' },
    rule('KIND_MISMATCH'),
  ],
  ['with an empty range from below', 'reviseIndicatorTarget', { code: 'K3', target: '20.5' }, rule('TARGET_RANGE')],
  ['with an empty range from above', 'reviseIndicatorTarget', { code: 'K3', targetUpper: '9' }, rule('TARGET_RANGE')],
  [
    'qualitative, observed as a value',
    'recordObservation',
    { code: 'K2', observedOn: '2023-06-30', value: '1' },
    rule('KIND_MISMATCH'),
  ],
  [
    'observed as a text',
    'recordObservation',
    { code: 'K1', observedOn: '2023-06-30', text: '好' },
    rule('KIND_MISMATCH'),
  ],
  [
    'observed tomorrow',
    'recordObservation',
    { code: 'K1', observedOn: '2023-07-02', value: '1' },
    rule('OBSERVED_IN_FUTURE'),
  ],
])('an indicator %s', async (_what, mutation, input, extensions) => {
  expect(await api.refusal(mutation, input)).toMatchObject({ path: [mutation], extensions });
});

describe('a correction of', () => {
  const refusal = (observation: string, input: object, code = 'K1') =>
    api.refusal('correctObservation', { code, observation, ...input });

  test.each([['revision'], ['correction']] as const)('a %s: NOT_CORRECTABLE', async (kind) => {
    const { extensions } = await refusal(strange[kind], { value: '1' });
    expect(extensions).toMatchObject(rule('NOT_CORRECTABLE'));
  });

  test.each([['elsewhere'], ['department']] as const)('what belongs to another, %s: NOT_FOUND', async (kind) => {
    expect((await refusal(strange[kind], { value: '1' })).extensions).toMatchObject(NOT_FOUND);
  });

  test.each([[''], ['x'], ['00000000-0000-0000-0000-000000000000']])('the unknown id "%s": NOT_FOUND', async (id) => {
    expect((await refusal(id, { value: '1' })).extensions).toMatchObject(NOT_FOUND);
  });

  test('a qualitative observation to a value: KIND_MISMATCH', async () => {
    expect((await refusal(k2, { value: '1' }, 'K2')).extensions).toMatchObject(rule('KIND_MISMATCH'));
  });

  test('a date to tomorrow: OBSERVED_IN_FUTURE', async () => {
    const { extensions } = await refusal(k1, { observedOn: '2023-07-02' });
    expect(extensions).toMatchObject(rule('OBSERVED_IN_FUTURE'));
  });
});

test.each([
  ['defineIndicator', 'DefineIndicatorInput', { ...INDICATOR, code: 'NEW', department: 'D1' }],
  ['retireIndicator', 'RetireIndicatorInput', { code: 'K1' }],
])('FORBIDDEN: %s in a department that the token does not name', async (mutation, type, input) => {
  const token = await api.token({ departments: ['D2'], readDepartments: '*' });
  const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { position } }`;
  const { errors } = await api.ask(query, { input }, token);
  expect(errors).toMatchObject([{ path: [mutation], extensions: { code: 'FORBIDDEN' } }]);
});
