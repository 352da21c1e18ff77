import { startApi, TestApi } from '../../support/api';

/** Lists of indicators: of all, of a department, of a task. */

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2023-01-10T02:00:00.000Z' });
  for (const code of ['D1', 'D2', 'D3']) await api.write('registerDepartment', { code, name: `部门 ${code}` });
  for (const code of ['T1', 'T2']) {
    await api.write('planTask', { code, department: 'D1', fiscalYear: 2023, title: `任务 ${code}` });
  }
  const define = (code: string, department: string, fiscalYear: number, input: object) =>
    api.write('defineIndicator', { code, department, fiscalYear, name: code, direction: 'AT_LEAST', ...input });
  await define('K4', 'D2', 2023, { level1: 'OUTPUT', level2: 'QUANTITY' });
  await define('K3', 'D1', 2022, { level1: 'COST', level2: 'COST', task: 'T1' });
  await define('K2', 'D1', 2023, { level1: 'OUTPUT', level2: 'QUALITY', task: 'T1' });
  api.clock.set('2023-02-10T02:00:00.000Z');
  await define('K1', 'D1', 2023, { level1: 'BENEFIT', level2: 'SOCIAL' });
});
afterAll(() => api.close());

const codesOf = ({ nodes }: any): string[] => nodes.map(({ code }: any) => code);
const codes = async (args: string, at = '{}') =>
  codesOf((await api.data(`{ asOf(at: ${at}) { indicators${args} { nodes { code } } } }`)).asOf.indicators);

test.each([
  ['', ['K1', 'K2', 'K3', 'K4']],
  ['(department: "D1")', ['K1', 'K2', 'K3']],
  ['(department: "D3")', []],
  ['(department: "D9")', []],
  ['(fiscalYear: 2022)', ['K3']],
  ['(task: "T1")', ['K2', 'K3']],
  ['(task: "T2")', []],
  ['(task: "T1", department: "D1")', ['K2', 'K3']],
  ['(task: "T1", department: "D2")', []],
  ['(task: "T1", fiscalYear: 2022)', ['K3']],
  ['(task: "T1", fiscalYear: 2021)', []],
  ['(level1: [OUTPUT])', ['K2', 'K4']],
  ['(level1: [OUTPUT, COST], level2: [QUALITY, COST])', ['K2', 'K3']],
  ['(level1: [])', []],
  ['(level2: [])', []],
  ['(department: "D1", fiscalYear: 2023, level2: [SOCIAL])', ['K1']],
  ['(department: null, fiscalYear: null, task: null, level1: null, level2: null)', ['K1', 'K2', 'K3', 'K4']],
  ['(level1: [OUTPUT], first: 1)', ['K2']],
  ['(level1: [OUTPUT], first: 1, after: "K2")', ['K4']],
  ['(department: "D1", last: 2)', ['K2', 'K3']],
  ['(department: "D1", last: 1, before: "K3")', ['K2']],
])('indicators%s', async (args, expected) => {
  expect(await codes(args)).toEqual(expected);
});

test('a list has what was known then, whatever is in force', async () => {
  expect(await codes('(department: "D1")', '{ knownAt: "2023-01-31" }')).toEqual(['K2', 'K3']);
  expect(await codes('(department: "D1")', '{ effectiveAt: "1999-01-01" }')).toEqual(['K1', 'K2', 'K3']);
  expect(await codes('', '{ position: "0" }')).toEqual([]);
});

test('pages say whether there are others around them', async () => {
  const { indicators } = await api.data(
    '{ indicators(first: 2, after: "K1") { edges { cursor } pageInfo { hasNextPage hasPreviousPage } } }',
  );
  expect(indicators).toEqual({
    edges: [{ cursor: 'K2' }, { cursor: 'K3' }],
    pageInfo: { hasNextPage: true, hasPreviousPage: true },
  });
});

test('a department lists its own indicators, and the years of these', async () => {
  const { department } = await api.data(`{
    department(code: "D1") {
      fiscalYears
      indicators { nodes { code } }
      year: indicators(fiscalYear: 2023) { nodes { code department { name } } }
      page: indicators(first: 1, after: "K1") { nodes { code } pageInfo { hasNextPage } }
    }
  }`);
  expect(department.fiscalYears).toEqual([2022, 2023]);
  expect(codesOf(department.indicators)).toEqual(['K1', 'K2', 'K3']);
  expect(department.year.nodes).toEqual([
    { code: 'K1', department: { name: '部门 D1' } },
    { code: 'K2', department: { name: '部门 D1' } },
  ]);
  expect(department.page).toEqual({ nodes: [{ code: 'K2' }], pageInfo: { hasNextPage: true } });
});

test('a task lists the indicators that measure it', async () => {
  const { task, none } = await api.data(`{
    task(code: "T1") { indicators { code task { code } } }
    none: task(code: "T2") { indicators { code } }
  }`);
  expect(task.indicators).toEqual([
    { code: 'K2', task: { code: 'T1' } },
    { code: 'K3', task: { code: 'T1' } },
  ]);
  expect(none.indicators).toEqual([]);
});

test('a page above the limit is refused', async () => {
  const { errors } = await api.ask('{ indicators(first: 201) { nodes { code } } }');
  expect(errors).toMatchObject([{ path: ['indicators'], extensions: { code: 'LIMIT_EXCEEDED' } }]);
});
