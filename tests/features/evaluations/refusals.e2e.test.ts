import { startApi, TestApi } from '../../support/api';

/** Refused commands on evaluations. Each refusal has its code and path, and nothing is recorded. */

let api: TestApi;
let head: string;

beforeAll(async () => {
  api = await startApi({ now: '2024-03-10T02:00:00.000Z' });
  for (const code of ['D1', 'D2', 'D3', 'D4']) await api.write('registerDepartment', { code, name: `部门 ${code}` });
  await api.write('openEvaluation', of('D1'));
  await api.write('openEvaluation', of('D2'));
  await api.write('submitEvaluation', { ...of('D2'), selfScore: '70' });
  const reviewer = await api.token({ sub: 'u-reviewer' });
  await api.write('confirmEvaluation', of('D2'), undefined, reviewer);
  await api.write('openEvaluation', of('D4'));
  await api.write('submitEvaluation', { ...of('D4'), selfScore: '70' });
  head = await currentHead();
});
afterAll(() => api.close());
afterEach(async () => {
  expect(await currentHead()).toBe(head);
});

const of = (department: string, fiscalYear = 2023) => ({ department, fiscalYear });
const currentHead = async (): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;

const OWN = { code: 'RULE_VIOLATION', rule: 'OWN_SUBMISSION' };
const LONG = 'x'.repeat(20_001);

test.each<[string, string, object, string[]]>([
  ['a department that is no code', 'openEvaluation', { department: 'a.b' }, ['/input/department']],
  ['a year of two digits', 'openEvaluation', { fiscalYear: 99 }, ['/input/fiscalYear']],
  ['a score above 100', 'submitEvaluation', { selfScore: '100.01' }, ['/input/selfScore']],
  ['a score below 0', 'submitEvaluation', { selfScore: '-0.01' }, ['/input/selfScore']],
  ['a score in words', 'submitEvaluation', { selfScore: 'many' }, ['/input/selfScore']],
  ['a score with an exponent', 'submitEvaluation', { selfScore: '1e1' }, ['/input/selfScore']],
  ['a score of 11 decimals', 'submitEvaluation', { selfScore: '1.00000000001' }, ['/input/selfScore']],
  ['a conclusion too long', 'submitEvaluation', { selfScore: '1', conclusion: LONG }, ['/input/conclusion']],
  ['a problem too long', 'submitEvaluation', { selfScore: '1', problems: ['x', LONG] }, ['/input/problems/1']],
  ['101 problems', 'submitEvaluation', { selfScore: '1', problems: Array(101).fill('x') }, ['/input/problems']],
  [
    '101 improvements',
    'submitEvaluation',
    { selfScore: '1', improvements: Array(101).fill('x') },
    ['/input/improvements'],
  ],
  ['two at once', 'submitEvaluation', { selfScore: '', conclusion: LONG }, ['/input/selfScore', '/input/conclusion']],
  ['a score of the review above 100', 'confirmEvaluation', { reviewScore: '101' }, ['/input/reviewScore']],
  ['an effective date that is none', 'returnEvaluation', { effectiveAt: '2024-02-30' }, ['/input/effectiveAt']],
  ['no department', 'publishEvaluation', { department: '' }, ['/input/department']],
])('BAD_USER_INPUT: %s', async (_what, mutation, input, paths) => {
  const { extensions, path } = await api.refusal(mutation, { ...of('D1'), ...input });
  expect(path).toEqual([mutation]);
  expect(extensions.code).toBe('BAD_USER_INPUT');
  expect(extensions.violations.map((violation: any) => violation.path)).toEqual(paths);
});

const STATE = { code: 'RULE_VIOLATION', rule: 'EVALUATION_STATE' };

test.each<[string, string, object, object]>([
  ['opened twice', 'openEvaluation', of('D1'), { code: 'CONFLICT' }],
  ['of a department that is none', 'openEvaluation', of('D9'), { code: 'NOT_FOUND' }],
  ['submitted, but never opened', 'submitEvaluation', { ...of('D3'), selfScore: '1' }, { code: 'NOT_FOUND' }],
  ['returned in a year without one', 'returnEvaluation', of('D1', 2022), { code: 'NOT_FOUND' }],
  ['confirmed, but never opened', 'confirmEvaluation', of('D3'), { code: 'NOT_FOUND' }],
  ['published, but never opened', 'publishEvaluation', of('D9'), { code: 'NOT_FOUND' }],
  ['submitted when confirmed', 'submitEvaluation', { ...of('D2'), selfScore: '1' }, STATE],
  ['returned as a draft', 'returnEvaluation', of('D1'), STATE],
  ['returned when confirmed', 'returnEvaluation', of('D2'), STATE],
  ['confirmed as a draft', 'confirmEvaluation', of('D1'), STATE],
  ['confirmed twice', 'confirmEvaluation', of('D2'), STATE],
  ['published as a draft', 'publishEvaluation', of('D1'), STATE],
  ['confirmed by the person that submitted it', 'confirmEvaluation', of('D4'), OWN],
  ['published by the person that submitted it', 'publishEvaluation', of('D2'), OWN],
  [
    'of another revision',
    'publishEvaluation',
    { ...of('D2'), expectedRevision: 2 },
    { code: 'CONFLICT', currentRevision: 3 },
  ],
  ['not to exist', 'openEvaluation', { ...of('D2'), expectedRevision: 0 }, { code: 'CONFLICT', currentRevision: 3 }],
])('an evaluation %s', async (_what, mutation, input, extensions) => {
  expect(await api.refusal(mutation, input)).toMatchObject({ path: [mutation], extensions });
});

test.each([
  ['openEvaluation', 'D3'],
  ['publishEvaluation', 'D3'],
  ['publishEvaluation', 'D2'],
])('FORBIDDEN: %s of %s, which the token does not name, whether it is there or not', async (mutation, department) => {
  const token = await api.token({ departments: ['D1'] });
  const { errors } = await api.ask(
    `mutation { ${mutation}(input: { department: "${department}", fiscalYear: 2023 }) { position } }`,
    {},
    token,
  );
  expect(errors).toMatchObject([{ path: [mutation], extensions: { code: 'FORBIDDEN' } }]);
});
