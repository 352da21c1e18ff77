import { startApi, TestApi } from '../../support/api';

/** Tasks as a client meets them. Each test has tasks of its own; the clock only goes forward. */

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T02:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  await api.write('registerDepartment', { code: 'D2', name: '市统计局' });
});
afterAll(() => api.close());

const plan = (code: string, input: object = {}) =>
  api.write('planTask', { code, department: 'D1', fiscalYear: 2023, title: `任务 ${code}`, ...input });

const STATE = 'status progress completedOn milestones { code reachedOn }';
const state = async (code: string, fields = STATE) =>
  (await api.data(`query($code: ID!) { task(code: $code) { ${fields} } }`, { code })).task;
const stateAt = async (at: object, code: string, fields = STATE) =>
  (
    await api.data(`query($at: AsOfInput!, $code: ID!) { asOf(at: $at) { task(code: $code) { ${fields} } } }`, {
      at,
      code,
    })
  ).asOf.task;

const DATED = 'task { completedOn milestones { reachedOn } } changes { effectiveAt }';

describe('planning a task', () => {
  test('answers the task as planned', async () => {
    const payload = await api.write(
      'planTask',
      {
        code: 'P-1',
        department: 'D1',
        fiscalYear: 2023,
        title: '数字政府建设',
        goal: '一网通办',
        weight: '0.30',
        startOn: '2023-02-01',
        dueOn: '2023-11-30',
        milestones: [
          { code: 'M2', title: '立项', dueOn: '2023-03-31' },
          { code: 'M1', title: '验收' },
        ],
      },
      `projected changes { type entityType entity department fiscalYear revision }
       task {
         code fiscalYear title goal weight status progress startOn dueOn completedOn revision
         department { code name } parent { code } subtasks { code } milestones { code title dueOn reachedOn }
         lastChange { type } history { nodes { type } }
       }`,
    );
    expect(payload).toEqual({
      projected: true,
      changes: [
        { type: 'TaskPlanned', entityType: 'TASK', entity: 'P-1', department: 'D1', fiscalYear: 2023, revision: 1 },
      ],
      task: {
        code: 'P-1',
        fiscalYear: 2023,
        title: '数字政府建设',
        goal: '一网通办',
        weight: '0.30',
        status: 'PLANNED',
        progress: '0',
        startOn: '2023-02-01',
        dueOn: '2023-11-30',
        completedOn: null,
        revision: 1,
        department: { code: 'D1', name: '市政数局' },
        parent: null,
        subtasks: [],
        milestones: [
          { code: 'M2', title: '立项', dueOn: '2023-03-31', reachedOn: null },
          { code: 'M1', title: '验收', dueOn: null, reachedOn: null },
        ],
        lastChange: { type: 'TaskPlanned' },
        history: { nodes: [{ type: 'TaskPlanned' }] },
      },
    });
  });

  test('what is left out, or null, is not there', async () => {
    await plan('P-2', {
      goal: null,
      parent: null,
      weight: null,
      startOn: null,
      dueOn: null,
      milestones: null,
    });
    const fields = 'goal parent { code } weight startOn dueOn milestones { code } overdue(on: "2999-12-31")';
    expect(await state('P-2', fields)).toEqual({
      goal: null,
      parent: null,
      weight: null,
      startOn: null,
      dueOn: null,
      milestones: [],
      overdue: false,
    });
  });

  test('is true from the beginning, whatever its effective date', async () => {
    await plan('P-3', { effectiveAt: '2023-06-01' });
    expect(await stateAt({ effectiveAt: '1999-12-31' }, 'P-3', 'title status revision')).toEqual({
      title: '任务 P-3',
      status: 'PLANNED',
      revision: 1,
    });
  });

  test('is not known before it was recorded', async () => {
    const { position } = await api.write('registerDepartment', { code: 'D3', name: '市档案局' });
    await plan('P-4');
    expect(await stateAt({ position }, 'P-4')).toBeNull();
  });

  test('makes its year one of the department', async () => {
    await plan('P-5', { department: 'D2', fiscalYear: 2019 });
    const { department } = await api.data('{ department(code: "D2") { fiscalYears } }');
    expect(department.fiscalYears).toEqual([2019]);
  });
});

test('subtasks come by code, and know their parent', async () => {
  await plan('S');
  await plan('S-2', { parent: 'S' });
  const { position } = await plan('S-1', { parent: 'S', department: 'D2' });
  await plan('S-1-1', { parent: 'S-1' });
  const fields = 'parent { code } subtasks { code parent { code } subtasks { code } }';
  expect(await state('S', fields)).toEqual({
    parent: null,
    subtasks: [
      { code: 'S-1', parent: { code: 'S' }, subtasks: [{ code: 'S-1-1' }] },
      { code: 'S-2', parent: { code: 'S' }, subtasks: [] },
    ],
  });
  expect(await stateAt({ position }, 'S', 'subtasks { code subtasks { code } }')).toEqual({
    subtasks: [
      { code: 'S-1', subtasks: [] },
      { code: 'S-2', subtasks: [] },
    ],
  });
});

describe('the course of a task', () => {
  test('goes through progress, milestones, completion and reopening', async () => {
    await plan('C-1', { milestones: [{ code: 'M1', title: '立项' }] });
    const steps = [
      ['reportTaskProgress', { progress: '37.50', note: '已招标', effectiveAt: '2023-06-10' }],
      ['reachMilestone', { milestone: 'M1', reachedOn: '2023-06-15' }],
      ['completeTask', { completedOn: '2023-06-20' }],
      ['reopenTask', { reason: '返工' }],
      ['cancelTask', {}],
    ] as const;
    const seen = [];
    for (const [mutation, input] of steps) {
      const { task, changes } = await api.write(
        mutation,
        { code: 'C-1', ...input },
        `task { revision ${STATE} } changes { type data }`,
      );
      seen.push([task, changes]);
    }
    const reached = [{ code: 'M1', reachedOn: '2023-06-15' }];
    expect(seen).toEqual([
      [
        {
          revision: 2,
          status: 'IN_PROGRESS',
          progress: '37.50',
          completedOn: null,
          milestones: [{ code: 'M1', reachedOn: null }],
        },
        [{ type: 'TaskProgressReported', data: { progress: '37.50', note: '已招标' } }],
      ],
      [
        { revision: 3, status: 'IN_PROGRESS', progress: '37.50', completedOn: null, milestones: reached },
        [{ type: 'TaskMilestoneReached', data: { milestone: 'M1', reachedOn: '2023-06-15' } }],
      ],
      [
        { revision: 4, status: 'COMPLETED', progress: '100', completedOn: '2023-06-20', milestones: reached },
        [{ type: 'TaskCompleted', data: { completedOn: '2023-06-20' } }],
      ],
      [
        { revision: 5, status: 'IN_PROGRESS', progress: '100', completedOn: null, milestones: reached },
        [{ type: 'TaskReopened', data: {} }],
      ],
      [
        { revision: 6, status: 'CANCELLED', progress: '100', completedOn: null, milestones: reached },
        [{ type: 'TaskCancelled', data: {} }],
      ],
    ]);
  });

  test('a report of 100 completes nothing; a completion is a report of 100', async () => {
    await plan('C-2');
    await api.write('reportTaskProgress', { code: 'C-2', progress: '100.00' });
    expect(await state('C-2', 'status progress')).toEqual({ status: 'IN_PROGRESS', progress: '100.00' });
    await plan('C-3');
    await api.write('completeTask', { code: 'C-3' });
    expect(await state('C-3', 'status progress')).toEqual({ status: 'COMPLETED', progress: '100' });
  });

  test('progress may fall with a reason', async () => {
    await plan('C-4');
    await api.write('reportTaskProgress', { code: 'C-4', progress: '60' });
    await api.write('reportTaskProgress', { code: 'C-4', progress: '+055.0', reason: '口径调整' });
    expect(await state('C-4', 'progress lastChange { reason }')).toEqual({
      progress: '55.0',
      lastChange: { reason: '口径调整' },
    });
  });
});

describe('the dates of a fact', () => {
  const MILESTONES = { milestones: [{ code: 'M1', title: '立项' }] };
  const dated = async (mutation: string, input: object) => {
    const { task, changes } = await api.write(mutation, input, DATED);
    return { ...task, effectiveAt: changes[0].effectiveAt };
  };

  test('a completion without any is of now, and of the day that now is in the ledger', async () => {
    api.clock.set('2023-06-30T16:30:00.000Z');
    await plan('F-1');
    expect(await dated('completeTask', { code: 'F-1' })).toEqual({
      completedOn: '2023-07-01',
      milestones: [],
      effectiveAt: '2023-06-30T16:30:00.000Z',
    });
  });

  test.each([
    ['its day', { completedOn: '2023-06-15' }, '2023-06-15', '2023-06-14T16:00:00.000Z'],
    ['its day, and null', { completedOn: '2023-06-15', effectiveAt: null }, '2023-06-15', '2023-06-14T16:00:00.000Z'],
    ['its time', { effectiveAt: '2023-06-20T17:00:00Z' }, '2023-06-21', '2023-06-20T17:00:00.000Z'],
    ['both', { completedOn: '2023-06-15', effectiveAt: '2023-06-20' }, '2023-06-15', '2023-06-19T16:00:00.000Z'],
  ])('with %s', async (name, given, on, effectiveAt) => {
    const code = `F-2-${name.replace(/\W/g, '')}`;
    await plan(code, MILESTONES);
    const { completedOn, ...others } = given as { completedOn?: string };
    const reaching = { code, milestone: 'M1', reachedOn: completedOn, ...others };
    expect(await dated('reachMilestone', reaching)).toEqual({
      completedOn: null,
      milestones: [{ reachedOn: on }],
      effectiveAt,
    });
    expect(await dated('completeTask', { code, ...given })).toEqual({
      completedOn: on,
      milestones: [{ reachedOn: on }],
      effectiveAt,
    });
  });
});

describe('the two clocks', () => {
  /** Where the log stood after each step. */
  const at = {} as Record<'planned' | 'reported' | 'backdated' | 'reached' | 'completed' | 'reopened', string>;

  beforeAll(async () => {
    const write = async (mutation: string, input: object) =>
      (await api.write(mutation, { code: 'T-1', ...input })).position;
    at.planned = (await plan('T-1', { milestones: [{ code: 'M1', title: '立项' }] })).position;
    at.reported = await write('reportTaskProgress', { progress: '60', effectiveAt: '2023-05-10' });
    at.backdated = await write('reportTaskProgress', { progress: '20', effectiveAt: '2023-03-10', reason: '补报' });
    at.reached = await write('reachMilestone', { milestone: 'M1', reachedOn: '2023-04-10' });
    at.completed = await write('completeTask', { completedOn: '2023-06-10' });
    at.reopened = await write('reopenTask', { effectiveAt: '2023-07-10' });
  });

  test.each([
    ['planned', undefined, 'PLANNED', '0', null, null],
    ['reported', undefined, 'IN_PROGRESS', '60', null, null],
    ['reported', '2023-05-09', 'PLANNED', '0', null, null],
    ['reported', '2023-05-10', 'IN_PROGRESS', '60', null, null],
    ['reported', '2023-04-30', 'PLANNED', '0', null, null],
    ['backdated', undefined, 'IN_PROGRESS', '60', null, null],
    ['backdated', '2023-04-30', 'IN_PROGRESS', '20', null, null],
    ['backdated', '2023-03-09', 'PLANNED', '0', null, null],
    ['reached', '2023-04-09', 'IN_PROGRESS', '20', null, null],
    ['reached', '2023-04-10', 'IN_PROGRESS', '20', null, '2023-04-10'],
    ['completed', '2023-06-09', 'IN_PROGRESS', '60', null, '2023-04-10'],
    ['completed', '2023-06-10', 'COMPLETED', '100', '2023-06-10', '2023-04-10'],
    ['completed', undefined, 'COMPLETED', '100', '2023-06-10', '2023-04-10'],
    ['reopened', '2023-07-09', 'COMPLETED', '100', '2023-06-10', '2023-04-10'],
    ['reopened', '2099-12-31', 'IN_PROGRESS', '100', null, '2023-04-10'],
    ['reopened', undefined, 'IN_PROGRESS', '100', null, '2023-04-10'],
  ] as const)(
    'known when %s, effective up to %s',
    async (known, effectiveAt, status, progress, completedOn, reachedOn) => {
      expect(await stateAt({ position: at[known], effectiveAt }, 'T-1')).toEqual({
        status,
        progress,
        completedOn,
        milestones: [{ code: 'M1', reachedOn }],
      });
    },
  );

  test('revision and history follow the record, whatever is in force', async () => {
    const fields = 'revision lastChange { type } history(last: 2) { nodes { type revision } }';
    expect(await stateAt({ position: at.completed, effectiveAt: '2023-01-01' }, 'T-1', fields)).toEqual({
      revision: 5,
      lastChange: { type: 'TaskCompleted' },
      history: {
        nodes: [
          { type: 'TaskMilestoneReached', revision: 4 },
          { type: 'TaskCompleted', revision: 5 },
        ],
      },
    });
  });

  test('an id answers at the snapshot that it was read in', async () => {
    const snapshot = { position: at.completed, effectiveAt: '2023-05-31' };
    const { id } = await stateAt(snapshot, 'T-1', 'id');
    const present = await state('T-1', 'id');
    expect(id).not.toBe(present.id);
    const node = `query($id: ID!) { node(id: $id) { id ... on Task { status progress } } }`;
    expect(await api.data(node, { id })).toEqual({ node: { id, status: 'IN_PROGRESS', progress: '60' } });
    expect(await api.data(node, { id: present.id })).toEqual({
      node: { id: present.id, status: 'IN_PROGRESS', progress: '100' },
    });
  });
});

describe('overdue', () => {
  test('is judged on the day that is given', async () => {
    await plan('O-1', { dueOn: '2023-05-31' });
    const fields = 'before: overdue(on: "2023-05-31") after: overdue(on: "2023-06-01")';
    expect(await state('O-1', fields)).toEqual({ before: false, after: true });
    await api.write('completeTask', { code: 'O-1', completedOn: '2023-06-15' });
    expect(await state('O-1', fields)).toEqual({ before: false, after: false });
    expect(await stateAt({ effectiveAt: '2023-06-14' }, 'O-1', fields)).toEqual({ before: false, after: true });
  });

  test('is else judged on the day of the effective moment, of the known one, of the position, or on today', async () => {
    api.clock.set('2023-08-01T02:00:00.000Z');
    const { position } = await plan('O-2', { dueOn: '2023-08-31' });
    expect(await state('O-2', 'overdue')).toEqual({ overdue: false });
    api.clock.set('2023-08-31T15:59:59.999Z');
    expect(await state('O-2', 'overdue')).toEqual({ overdue: false });
    api.clock.set('2023-08-31T16:00:00.000Z');
    expect(await state('O-2', 'overdue')).toEqual({ overdue: true });
    expect(await state('O-2', 'overdue(on: null)')).toEqual({ overdue: true });
    expect(await stateAt({}, 'O-2', 'overdue')).toEqual({ overdue: true });
    expect(await stateAt({ knownAt: '2023-08-31' }, 'O-2', 'overdue')).toEqual({ overdue: false });
    expect(await stateAt({ position }, 'O-2', 'overdue')).toEqual({ overdue: false });
    expect(await stateAt({ position, effectiveAt: '2023-09-01' }, 'O-2', 'overdue')).toEqual({ overdue: true });
    expect(await stateAt({ effectiveAt: '2023-08-31' }, 'O-2', 'overdue')).toEqual({ overdue: false });
  });
});

describe('lists of tasks', () => {
  let position: string;

  beforeAll(async () => {
    api.clock.set('2023-10-01T02:00:00.000Z');
    await api.write('registerDepartment', { code: 'L', name: '市审计局' });
    for (const code of ['L-3', 'L-1', 'L-2', 'L-4']) await plan(code, { department: 'L', dueOn: '2023-09-30' });
    await plan('L-5', { department: 'L', fiscalYear: 2024, dueOn: '2024-09-30' });
    await api.write('reportTaskProgress', { code: 'L-2', progress: '5', effectiveAt: '2023-05-01' });
    await api.write('completeTask', { code: 'L-3', completedOn: '2023-06-01' });
    ({ position } = await api.write('cancelTask', { code: 'L-4', effectiveAt: '2023-07-01' }));
  });

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

  test('without a department are those of all', async () => {
    await plan('A-2', { department: 'D1', fiscalYear: 2031 });
    await plan('A-1', { department: 'D2', fiscalYear: 2031 });
    const { tasks } = await api.data('{ tasks(fiscalYear: 2031) { nodes { code department { code } } } }');
    expect(tasks.nodes).toEqual([
      { code: 'A-1', department: { code: 'D2' } },
      { code: 'A-2', department: { code: 'D1' } },
    ]);
  });

  test('of a department that is none are empty', async () => {
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

  test('come in pages, the cursors being the codes', async () => {
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

  test('a department has those of its own', async () => {
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
});

test('a task that is none is null', async () => {
  expect(await api.data('{ task(code: "NONE") { code } asOf(at: {}) { task(code: "NONE") { code } } }')).toEqual({
    task: null,
    asOf: { task: null },
  });
});

describe('what is refused', () => {
  beforeAll(async () => {
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
      { ...PLAN, milestones: [...milestones(2), { code: 'M0', title: '立项', dueOn: '2023-1-1' }] },
      '/input/milestones/2/dueOn',
    ],
    [
      'planTask',
      { ...PLAN, milestones: [...milestones(2), { code: 'M1', title: '验收' }] },
      '/input/milestones/2/code',
    ],
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

  test('all that is wrong with a plan is told at once', async () => {
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
  ])('%s where the task is there already: %j', async (mutation, input) => {
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

  test('a revision that is not the present one', async () => {
    expect(await api.refusal('reportTaskProgress', { code: 'R-1', progress: '41', expectedRevision: 4 })).toMatchObject(
      {
        extensions: { code: 'CONFLICT', expectedRevision: 4, currentRevision: 5 },
      },
    );
  });

  test('a write into a department that the token does not name: by the plan, and else by the task', async () => {
    const token = await api.token({ departments: ['D2'] });
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

  test('none of it has been recorded', async () => {
    const fields =
      'task(code: "R-1") { revision } second: task(code: "R-2") { revision } third: task(code: "R-9") { code }';
    expect(await api.data(`{ ${fields} }`)).toEqual({
      task: { revision: 5 },
      second: { revision: 2 },
      third: null,
    });
  });
});

describe('sending a command twice', () => {
  test('under one key, records it once and answers as the first time', async () => {
    await plan('K-1');
    const report = { code: 'K-1', progress: '10', idempotencyKey: 'k-1' };
    const first = await api.write('reportTaskProgress', report, 'position task { progress }');
    await api.write('reportTaskProgress', { code: 'K-1', progress: '20' });
    expect(await api.write('reportTaskProgress', report, 'position task { progress }')).toEqual(first);
    expect(await state('K-1', 'revision progress')).toEqual({ revision: 3, progress: '20' });
  });

  test('answers the first result also where the rules would refuse it by now', async () => {
    await plan('K-2');
    const complete = { code: 'K-2', idempotencyKey: 'k-2' };
    const first = await api.write('completeTask', complete, 'position task { completedOn }');
    expect(await api.write('completeTask', complete, 'position task { completedOn }')).toEqual(first);
    expect(await api.refusal('cancelTask', complete)).toMatchObject({ extensions: { code: 'CONFLICT' } });
  });
});
