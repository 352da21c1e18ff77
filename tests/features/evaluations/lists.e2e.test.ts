import { startApi, TestApi } from '../../support/api';

/** Lists of evaluations, of two departments and three years in different statuses. */

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2024-03-10T02:00:00.000Z' });
  for (const code of ['D1', 'D2']) {
    await api.write('registerDepartment', { code, name: `部门 ${code}` });
    for (const fiscalYear of [2023, 2022]) await api.write('openEvaluation', { department: code, fiscalYear });
  }
  const submitted = { selfScore: '60', effectiveAt: '2024-03-01' };
  await api.write('submitEvaluation', { department: 'D1', fiscalYear: 2022, ...submitted });
  await api.write('submitEvaluation', { department: 'D2', fiscalYear: 2023, ...submitted });
  await api.write('returnEvaluation', { department: 'D2', fiscalYear: 2023 });
});
afterAll(() => api.close());

const codes = async (args: string, at = '{}') =>
  (
    await api.data(`{ asOf(at: ${at}) { evaluations${args} { nodes { department { code } fiscalYear } } } }`)
  ).asOf.evaluations.nodes.map((node: any) => `${node.department.code}.${node.fiscalYear}`);

test.each([
  ['', ['D1.2022', 'D1.2023', 'D2.2022', 'D2.2023']],
  ['(fiscalYear: 2022)', ['D1.2022', 'D2.2022']],
  ['(fiscalYear: 2021)', []],
  ['(status: [DRAFT])', ['D1.2023', 'D2.2022']],
  ['(status: [SUBMITTED, RETURNED])', ['D1.2022', 'D2.2023']],
  ['(fiscalYear: 2023, status: [RETURNED, CONFIRMED])', ['D2.2023']],
  ['(status: [])', []],
  ['(fiscalYear: null, status: null)', ['D1.2022', 'D1.2023', 'D2.2022', 'D2.2023']],
  ['(status: [DRAFT], first: 1)', ['D1.2023']],
  ['(status: [DRAFT], first: 1, after: "D1.2023")', ['D2.2022']],
  ['(status: [DRAFT], last: 1)', ['D2.2022']],
  ['(status: [DRAFT], last: 5, before: "D2.2022")', ['D1.2023']],
])('evaluations%s', async (args, expected) => {
  expect(await codes(args)).toEqual(expected);
});

test('a filter compares the state in force', async () => {
  expect(await codes('(status: [DRAFT])', '{ effectiveAt: "2024-02-29" }')).toHaveLength(4);
  expect(await codes('(status: [SUBMITTED])', '{ effectiveAt: "2024-03-01" }')).toEqual(['D1.2022', 'D2.2023']);
});

test('a list has what was known then', async () => {
  expect(await codes('', '{ position: "0" }')).toEqual([]);
  expect(await codes('', '{ knownAt: "2024-03-09" }')).toEqual([]);
});

test('pages say whether there are others around them', async () => {
  const { evaluations } = await api.data(
    '{ evaluations(first: 2, after: "D1.2022") { edges { cursor } pageInfo { hasNextPage hasPreviousPage } } }',
  );
  expect(evaluations).toEqual({
    edges: [{ cursor: 'D1.2023' }, { cursor: 'D2.2022' }],
    pageInfo: { hasNextPage: true, hasPreviousPage: true },
  });
});

test('a department has one evaluation a year, and lists the years of these', async () => {
  const { department } = await api.data(`{
    department(code: "D1") {
      fiscalYears
      past: evaluation(fiscalYear: 2022) { status }
      none: evaluation(fiscalYear: 2021) { status }
    }
  }`);
  expect(department).toEqual({ fiscalYears: [2022, 2023], past: { status: 'SUBMITTED' }, none: null });
});
