import { startApi, TestApi } from '../../support/api';

/** The list of departments, and the fiscal years of a department. */

let api: TestApi;
let early: string;

beforeAll(async () => {
  api = await startApi({ now: '2023-01-10T02:00:00.000Z' });
  for (const code of ['D3', 'D1', 'd2']) await api.write('registerDepartment', { code, name: `部门 ${code}` });
  early = (await api.data('{ ledger { head } }')).ledger.head;
  api.clock.set('2023-02-10T02:00:00.000Z');
  await api.write('registerDepartment', { code: 'D2', name: '部门 D2' });
  await api.write('renameDepartment', { code: 'D3', name: '新部门 D3', effectiveAt: '2024-01-01' });
});
afterAll(() => api.close());

const codes = async (args: string, at = '{}'): Promise<string[]> =>
  (await api.data(`{ asOf(at: ${at}) { departments${args} { nodes { code } } } }`)).asOf.departments.nodes.map(
    ({ code }: { code: string }) => code,
  );

test.each([
  ['', ['D1', 'D2', 'D3', 'd2']],
  ['(first: 2)', ['D1', 'D2']],
  ['(first: 0)', []],
  ['(first: 9)', ['D1', 'D2', 'D3', 'd2']],
  ['(after: "D1")', ['D2', 'D3', 'd2']],
  ['(first: 2, after: "D1")', ['D2', 'D3']],
  ['(first: 2, after: "d2")', []],
  ['(before: "D3")', ['D1', 'D2']],
  ['(first: 1, before: "D3")', ['D1']],
  ['(last: 2)', ['D3', 'd2']],
  ['(last: 1, before: "D3")', ['D2']],
  ['(last: 9, after: "D1", before: "d2")', ['D2', 'D3']],
  ['(first: null, after: null, last: null, before: null)', ['D1', 'D2', 'D3', 'd2']],
])('departments%s', async (args, expected) => {
  expect(await codes(args)).toEqual(expected);
});

test('a list has what was known then, whatever is in force', async () => {
  expect(await codes('', '{ knownAt: "2023-01-31" }')).toEqual(['D1', 'D3', 'd2']);
  expect(await codes('(first: 1, after: "D1")', `{ position: "${early}" }`)).toEqual(['D3']);
  expect(await codes('', '{ effectiveAt: "1999-01-01" }')).toEqual(['D1', 'D2', 'D3', 'd2']);
  expect(await codes('', '{ position: "0" }')).toEqual([]);
});

test('the departments of a list are as they are at the moment', async () => {
  const names = async (at: string) =>
    (await api.data(`{ asOf(at: ${at}) { departments(last: 1, before: "d2") { nodes { name } } } }`)).asOf.departments
      .nodes;
  expect(await names('{ effectiveAt: "2023-12-31" }')).toEqual([{ name: '部门 D3' }]);
  expect(await names('{ effectiveAt: "2024-01-01" }')).toEqual([{ name: '新部门 D3' }]);
});

test('pages say whether there are others around them; the cursors are the codes', async () => {
  const page = async (args: string) =>
    (
      await api.data(`{ departments(${args}) {
        edges { cursor node { code } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      } }`)
    ).departments;
  expect(await page('first: 2, after: "D1"')).toEqual({
    edges: [
      { cursor: 'D2', node: { code: 'D2' } },
      { cursor: 'D3', node: { code: 'D3' } },
    ],
    pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: 'D2', endCursor: 'D3' },
  });
  expect(await page('last: 1')).toMatchObject({ pageInfo: { hasNextPage: false, hasPreviousPage: true } });
  expect(await page('first: 0')).toEqual({
    edges: [],
    pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test.each([
  ['first: -1', { code: 'BAD_USER_INPUT', violations: [{ path: '/first' }] }],
  ['last: -1', { code: 'BAD_USER_INPUT', violations: [{ path: '/last' }] }],
  ['first: 1, last: 1', { code: 'BAD_USER_INPUT', violations: [{ path: '/last' }] }],
  ['first: 201', { code: 'LIMIT_EXCEEDED', limit: 'maxPageSize' }],
  ['last: 201', { code: 'LIMIT_EXCEEDED', limit: 'maxPageSize' }],
])('departments(%s) is refused', async (args, extensions) => {
  const { data, errors } = await api.ask(`{ departments(${args}) { nodes { code } } }`);
  expect(data).toEqual({ departments: null });
  expect(errors).toMatchObject([{ path: ['departments'], extensions }]);
});

test('an empty department has no fiscal years; each year is listed once, however much is in it', async () => {
  await api.write('planTask', { code: 'T1', department: 'D2', fiscalYear: 2031, title: '任务' });
  await api.write('openEvaluation', { department: 'D2', fiscalYear: 2030 });
  await api.write('openEvaluation', { department: 'D2', fiscalYear: 2031 });
  const { departments } = await api.data('{ departments(first: 2) { nodes { code fiscalYears } } }');
  expect(departments.nodes).toEqual([
    { code: 'D1', fiscalYears: [] },
    { code: 'D2', fiscalYears: [2030, 2031] },
  ]);
});
