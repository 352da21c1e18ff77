import { startApi, TestApi } from '../../support/api';

/** Refused commands on tasks. Each refusal has its code and path, and nothing is recorded. */

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T02:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  await plan('R-1', {
    milestones: [
      { code: 'M1', title: '立项' },
      { code: 'M2', title: '验收' },
    ],
  });
  await api.write('reportTaskProgress', { code: 'R-1', progress: '40', effectiveAt: '2023-03-01' });
  await api.write('reachMilestone', { code: 'R-1', milestone: 'M1', reachedOn: '2023-03-01' });
  await api.write('cancelTask', { code: 'R-1', effectiveAt: '2023-04-01' });
  await api.write('reopenTask', { code: 'R-1', effectiveAt: '2023-05-01' });
  await plan('R-2');
  await api.write('completeTask', { code: 'R-2', completedOn: '2023-06-01' });
});
afterAll(() => api.close());

const plan = (code: string, input: object = {}) =>
  api.write('planTask', { code, department: 'D1', fiscalYear: 2023, title: `任务 ${code}`, ...input });
const PLAN = { code: 'R-9', department: 'D1', fiscalYear: 2023, title: '任务' };
const milestones = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ code: `M${index}`, title: '里程碑' }));

test.each([
  ['planTask', { ...PLAN, code: '.' }, '/input/code'],
  ['planTask', { ...PLAN, department: 'D.1' }, '/input/department'],
  ['planTask', { ...PLAN, fiscalYear: 23 }, '/input/fiscalYear'],
  ['planTask', { ...PLAN, title: ' ' }, '/input/title'],
  ['planTask', { ...PLAN, goal: 'x'.repeat(20_001) }, '/input/goal'],
  ['planTask', { ...PLAN, parent: '' }, '/input/parent'],
  ['planTask', { ...PLAN, parent: 'R-9' }, '/input/parent'],
  ['planTask', { ...PLAN, weight: '-0.1' }, '/input/weight'],
  ['planTask', { ...PLAN, weight: '1e2' }, '/input/weight'],
  ['planTask', { ...PLAN, startOn: '2023-02-29' }, '/input/startOn'],
  ['planTask', { ...PLAN, dueOn: '2023-13-01' }, '/input/dueOn'],
  ['planTask', { ...PLAN, startOn: '2023-05-02', dueOn: '2023-05-01' }, '/input/dueOn'],
  ['planTask', { ...PLAN, milestones: milestones(101) }, '/input/milestones'],
  ['planTask', { ...PLAN, milestones: [{ code: 'M 1', title: '立项' }] }, '/input/milestones/0/code'],
  ['planTask', { ...PLAN, milestones: [{ code: 'M1', title: '' }] }, '/input/milestones/0/title'],
  [
    'planTask',
    { ...PLAN, milestones: [...milestones(2), { code: 'M2', title: '立项', dueOn: '2023-1-1' }] },
    '/input/milestones/2/dueOn',
  ],
  ['planTask', { ...PLAN, milestones: [...milestones(2), { code: 'M1', title: '验收' }] }, '/input/milestones/2/code'],
  ['planTask', { ...PLAN, effectiveAt: '2023-06-30T00:00:00' }, '/input/effectiveAt'],
  ['reportTaskProgress', { code: 'R-1', progress: '100.01' }, '/input/progress'],
  ['reportTaskProgress', { code: 'R-1', progress: '-1' }, '/input/progress'],
  ['reportTaskProgress', { code: 'R-1', progress: '一半' }, '/input/progress'],
  ['reportTaskProgress', { code: 'R-1', progress: '50', note: 'x'.repeat(20_001) }, '/input/note'],
  ['reachMilestone', { code: 'R-1', milestone: 'M2', reachedOn: '2023-06-31' }, '/input/reachedOn'],
  ['reachMilestone', { code: 'R-1', milestone: 'M.2' }, '/input/milestone'],
  ['completeTask', { code: 'R-1', completedOn: '昨天' }, '/input/completedOn'],
  ['cancelTask', { code: '-' }, '/input/code'],
  ['reopenTask', { code: 'R-2', effectiveAt: 'never' }, '/input/effectiveAt'],
])('%s with wrong input: %j', async (mutation, input, path) => {
  const { extensions } = await api.refusal(mutation, input);
  expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', violations: [{ path }] });
  expect(extensions.violations).toHaveLength(1);
});

test('a refused plan names all that is wrong with it', async () => {
  const { extensions } = await api.refusal('planTask', {
    ...PLAN,
    parent: 'R-9',
    startOn: '2023-05-02',
    dueOn: '2023-05-01',
    milestones: [...milestones(2), ...milestones(2)],
  });
  expect(extensions.violations.map(({ path }: { path: string }) => path)).toEqual([
    '/input/parent',
    '/input/dueOn',
    '/input/milestones/2/code',
    '/input/milestones/3/code',
  ]);
});

test.each([
  ['planTask', { ...PLAN, department: 'NONE' }],
  ['planTask', { ...PLAN, parent: 'NONE' }],
  ['reportTaskProgress', { code: 'NONE', progress: '1' }],
  ['reachMilestone', { code: 'NONE', milestone: 'M1' }],
  ['reachMilestone', { code: 'R-1', milestone: 'M3' }],
  ['reachMilestone', { code: 'R-2', milestone: 'M1' }],
  ['completeTask', { code: 'NONE' }],
  ['cancelTask', { code: 'NONE' }],
  ['reopenTask', { code: 'NONE' }],
])('%s on what is not there: %j', async (mutation, input) => {
  expect(await api.refusal(mutation, input)).toMatchObject({ path: [mutation], extensions: { code: 'NOT_FOUND' } });
});

test.each([
  ['planTask', { ...PLAN, code: 'R-1' }],
  ['planTask', { ...PLAN, code: 'R-1', department: 'NONE' }],
])('%s if the task exists already: %j', async (mutation, input) => {
  expect(await api.refusal(mutation, input)).toMatchObject({ path: [mutation], extensions: { code: 'CONFLICT' } });
});

test.each([
  ['reportTaskProgress', { code: 'R-1', progress: '39.9' }, 'PROGRESS_DECREASE_NEEDS_REASON'],
  ['reportTaskProgress', { code: 'R-1', progress: '39.9', reason: '  ' }, 'PROGRESS_DECREASE_NEEDS_REASON'],
  ['reportTaskProgress', { code: 'R-2', progress: '100' }, 'TASK_NOT_ACTIVE'],
  ['reachMilestone', { code: 'R-1', milestone: 'M1' }, 'MILESTONE_REACHED'],
  ['completeTask', { code: 'R-1', completedOn: '2023-04-30' }, 'STATUS_ORDER'],
  ['completeTask', { code: 'R-2' }, 'TASK_NOT_ACTIVE'],
  ['cancelTask', { code: 'R-1', effectiveAt: '2023-04-30' }, 'STATUS_ORDER'],
  ['cancelTask', { code: 'R-2' }, 'TASK_NOT_ACTIVE'],
  ['reopenTask', { code: 'R-1' }, 'TASK_STILL_ACTIVE'],
  ['reopenTask', { code: 'R-2', effectiveAt: '2023-05-31' }, 'STATUS_ORDER'],
])('%s against the rules: %j', async (mutation, input, rule) => {
  expect(await api.refusal(mutation, input)).toMatchObject({
    path: [mutation],
    extensions: { code: 'RULE_VIOLATION', rule },
  });
});

test('a revision that is not the current one', async () => {
  expect(await api.refusal('reportTaskProgress', { code: 'R-1', progress: '41', expectedRevision: 4 })).toMatchObject({
    extensions: { code: 'CONFLICT', expectedRevision: 4, currentRevision: 5 },
  });
});

test('a write into a department that the token does not name; a plan names the department, other commands name the task', async () => {
  const token = await api.token({ departments: ['D2'], readDepartments: '*' });
  const mutations = [
    'planTask(input: { code: "R-9", department: "D1", fiscalYear: 2023, title: "x" }) { position }',
    'reportTaskProgress(input: { code: "R-1", progress: "50" }) { position }',
    'reachMilestone(input: { code: "R-1", milestone: "M2" }) { position }',
    'completeTask(input: { code: "R-1" }) { position }',
    'cancelTask(input: { code: "R-1" }) { position }',
    'reopenTask(input: { code: "R-2" }) { position }',
  ];
  for (const mutation of mutations) {
    const { errors } = await api.ask(`mutation { ${mutation} }`, {}, token);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});

test('nothing has been recorded', async () => {
  const fields =
    'task(code: "R-1") { revision } second: task(code: "R-2") { revision } third: task(code: "R-9") { code }';
  expect(await api.data(`{ ${fields} }`)).toEqual({
    task: { revision: 5 },
    second: { revision: 2 },
    third: null,
  });
});
