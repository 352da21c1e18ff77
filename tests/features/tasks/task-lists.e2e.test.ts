import { startApi, TestApi } from '../../support/api';

/** Which tasks a list holds, now and at earlier moments, and how its pages work. */

let api: TestApi;
let position: string;

beforeAll(async () => {
  api = await startApi({ now: '2023-10-01T02:00:00.000Z' });
  for (const code of ['L', 'D1', 'D2']) await api.write('registerDepartment', { code, name: `部门 ${code}` });
  for (const code of ['L-3', 'L-1', 'L-2', 'L-4']) await plan(code, { department: 'L', dueOn: '2023-09-30' });
  await plan('L-5', { department: 'L', fiscalYear: 2024, dueOn: '2024-09-30' });
  await api.write('reportTaskProgress', { code: 'L-2', progress: '5', effectiveAt: '2023-05-01' });
  await api.write('completeTask', { code: 'L-3', completedOn: '2023-06-01' });
  ({ position } = await api.write('cancelTask', { code: 'L-4', effectiveAt: '2023-07-01' }));
});
afterAll(() => api.close());

const plan = (code: string, input: object = {}) =>
  api.write('planTask', { code, department: 'D1', fiscalYear: 2023, title: `任务 ${code}`, ...input });

const list = async (args: string, at = '') => {
  const field = `tasks(department: "L" ${args}) { nodes { code } }`;
  const data = await api.data(at ? `{ asOf(at: { ${at} }) { ${field} } }` : `{ ${field} }`);
  return (at ? data.asOf : data).tasks.nodes.map(({ code }: { code: string }) => code);
};

test.each([
  ['', ['L-1', 'L-2', 'L-3', 'L-4', 'L-5']],
  ['fiscalYear: 2023', ['L-1', 'L-2', 'L-3', 'L-4']],
  ['fiscalYear: 2025', []],
  ['status: [COMPLETED, CANCELLED]', ['L-3', 'L-4']],
  ['status: PLANNED', ['L-1', 'L-5']],
  ['status: []', []],
  ['overdue: true', ['L-1', 'L-2']],
  ['overdue: false', ['L-3', 'L-4', 'L-5']],
  ['status: [PLANNED], overdue: true, fiscalYear: 2023', ['L-1']],
  ['status: null, overdue: null, fiscalYear: null', ['L-1', 'L-2', 'L-3', 'L-4', 'L-5']],
])('tasks(%s)', async (args, codes) => {
  expect(await list(args)).toEqual(codes);
});

test('without a department are those of all departments', async () => {
  await plan('A-2', { department: 'D1', fiscalYear: 2031 });
  await plan('A-1', { department: 'D2', fiscalYear: 2031 });
  const { tasks } = await api.data('{ tasks(fiscalYear: 2031) { nodes { code department { code } } } }');
  expect(tasks.nodes).toEqual([
    { code: 'A-1', department: { code: 'D2' } },
    { code: 'A-2', department: { code: 'D1' } },
  ]);
});

test('of an unknown department are empty', async () => {
  expect((await api.data('{ tasks(department: "NONE") { nodes { code } } }')).tasks.nodes).toEqual([]);
});

test.each([
  ['effectiveAt: "2023-05-31"', 'status: [PLANNED]', ['L-1', 'L-3', 'L-4', 'L-5']],
  ['effectiveAt: "2023-06-30"', 'status: [COMPLETED, CANCELLED]', ['L-3']],
  ['effectiveAt: "2023-09-30"', 'overdue: true', []],
  ['effectiveAt: "2024-10-01"', 'overdue: true', ['L-1', 'L-2', 'L-5']],
  ['effectiveAt: "1999-12-31"', '', ['L-1', 'L-2', 'L-3', 'L-4', 'L-5']],
  ['knownAt: "2023-09-30"', '', []],
])('asOf(%s) tasks(%s)', async (at, args, codes) => {
  expect(await list(args, at)).toEqual(codes);
});

test('come in pages; the cursors are the codes', async () => {
  const page = async (args: string) =>
    (
      await api.data(`{ asOf(at: { position: "${position}" }) { tasks(department: "L" fiscalYear: 2023 ${args}) {
        edges { cursor node { code } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      } } }`)
    ).asOf.tasks;
  expect(await page('first: 2')).toEqual({
    edges: [
      { cursor: 'L-1', node: { code: 'L-1' } },
      { cursor: 'L-2', node: { code: 'L-2' } },
    ],
    pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'L-1', endCursor: 'L-2' },
  });
  expect(await page('first: 2, after: "L-2"')).toMatchObject({
    edges: [{ cursor: 'L-3' }, { cursor: 'L-4' }],
    pageInfo: { hasNextPage: false, hasPreviousPage: true },
  });
  expect(await page('last: 1, before: "L-3"')).toMatchObject({
    edges: [{ cursor: 'L-2' }],
    pageInfo: { hasNextPage: true, hasPreviousPage: true },
  });
});

test('a department lists its own tasks', async () => {
  const { department, asOf } = await api.data(`
    fragment Lists on Department {
      all: tasks { nodes { code } }
      page: tasks(first: 1, after: "L-1") { nodes { code } pageInfo { hasNextPage } }
      filtered: tasks(fiscalYear: 2023, status: [PLANNED, IN_PROGRESS]) { nodes { code } }
    }
    { department(code: "L") { ...Lists }
      asOf(at: { effectiveAt: "2023-05-31" }) { department(code: "L") { ...Lists } } }`);
  const nodes = (...codes: string[]) => codes.map((code) => ({ code }));
  expect(department).toEqual({
    all: { nodes: nodes('L-1', 'L-2', 'L-3', 'L-4', 'L-5') },
    page: { nodes: nodes('L-2'), pageInfo: { hasNextPage: true } },
    filtered: { nodes: nodes('L-1', 'L-2') },
  });
  expect(asOf.department.filtered).toEqual({ nodes: nodes('L-1', 'L-2', 'L-3', 'L-4') });
});

test.each([
  ['tasks(first: -1) { nodes { code } }', '/first'],
  ['tasks(first: 1, last: 1) { nodes { code } }', '/last'],
])('%s is refused', async (field, path) => {
  const { data, errors } = await api.ask(`{ ${field} }`);
  expect(data).toEqual({ tasks: null });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', violations: [{ path }] } }]);
});

test('overdue(on:) of a day that does not exist is refused', async () => {
  const { errors } = await api.ask('{ task(code: "L-1") { overdue(on: "2023-02-30") } }');
  expect(errors).toMatchObject([
    { path: ['task', 'overdue'], extensions: { code: 'BAD_USER_INPUT', violations: [{ path: '/on' }] } },
  ]);
});
