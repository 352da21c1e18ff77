import { startApi, TestApi } from '../../support/api';

/** Tasks as a client sees them. Each test has tasks of its own; the clock only goes forward. */

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

  test('a field that is left out or null is null', async () => {
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

  test('may be due on the day that it starts', async () => {
    await plan('P-6', { startOn: '2023-05-01', dueOn: '2023-05-01' });
    expect(await state('P-6', 'startOn dueOn')).toEqual({ startOn: '2023-05-01', dueOn: '2023-05-01' });
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

  test('adds its year to the fiscal years of the department', async () => {
    await plan('P-5', { department: 'D2', fiscalYear: 2019 });
    const { department } = await api.data('{ department(code: "D2") { fiscalYears } }');
    expect(department.fiscalYears).toEqual([2019]);
  });
});

test('subtasks are listed by code, and have their parent', async () => {
  await plan('S');
  await plan('S-2', { parent: 'S' });
  const { position } = await plan('S-1', { parent: 'S' });
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

  test('a report of 100 does not complete a task; a completion counts as a report of 100', async () => {
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

  test('a completion without a date is effective now, and its day is today in the time zone of the ledger', async () => {
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
  /** The end of the log after each step. */
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

  test('is otherwise judged on the day of the effective moment, of the known moment, of the position, or today', async () => {
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

test('an unknown task is null', async () => {
  expect(await api.data('{ task(code: "NONE") { code } asOf(at: {}) { task(code: "NONE") { code } } }')).toEqual({
    task: null,
    asOf: { task: null },
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

  test('answers the first result even if the rules would refuse the command by now', async () => {
    await plan('K-2');
    const complete = { code: 'K-2', idempotencyKey: 'k-2' };
    const first = await api.write('completeTask', complete, 'position task { completedOn }');
    expect(await api.write('completeTask', complete, 'position task { completedOn }')).toEqual(first);
    expect(await api.refusal('cancelTask', complete)).toMatchObject({ extensions: { code: 'CONFLICT' } });
  });
});
