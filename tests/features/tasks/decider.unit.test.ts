import { taskDecider } from '../../../src/features/tasks/decider';
import { cancelled, completed, day, given, PLAN, planned, reached, recordOf, reopened, reported } from './history';

const report = (progress: string, note?: string) => ({ kind: 'report', code: 'T1', progress, note }) as const;
const reach = (milestone: string, reachedOn?: string) => ({ kind: 'reach', code: 'T1', milestone, reachedOn }) as const;
const complete = (completedOn?: string) => ({ kind: 'complete', code: 'T1', completedOn }) as const;
const cancel = { kind: 'cancel', code: 'T1' } as const;
const reopen = { kind: 'reopen', code: 'T1' } as const;

describe('planning', () => {
  const plan = { kind: 'plan', plan: PLAN } as const;
  const subtask = { kind: 'plan', plan: { ...PLAN, code: 'T2', parent: 'T1' } } as const;

  test('records the whole plan', () => {
    given().when(plan).then('TaskPlanned', PLAN);
  });

  test('a task is planned once', () => {
    given(planned()).when(plan).thenRefused({ kind: 'CONFLICT' });
  });

  test('the department has to exist', () => {
    given().when(plan, { existing: [] }).thenRefused({ kind: 'NOT_FOUND', message: 'There is no department D1' });
  });

  test('the parent has to exist', () => {
    given().when(subtask).thenRefused({ kind: 'NOT_FOUND', message: 'There is no task T1' });
    given()
      .when(subtask, { existing: ['DEPARTMENT/D1', 'TASK/T1'] })
      .then('TaskPlanned', subtask.plan);
  });

  test('a task that exists already is refused before its references are checked', () => {
    given(planned()).when(plan, { existing: [] }).thenRefused({ kind: 'CONFLICT' });
  });

  test('a plan refers to the department and the parent', () => {
    expect(taskDecider.references(plan)).toEqual([{ entityType: 'DEPARTMENT', code: 'D1' }]);
    expect(taskDecider.references(subtask)).toEqual([
      { entityType: 'DEPARTMENT', code: 'D1' },
      { entityType: 'TASK', code: 'T1' },
    ]);
    expect(taskDecider.references(cancel)).toEqual([]);
  });
});

describe('the department that a command writes to', () => {
  test('is the one that a plan names', () => {
    expect(taskDecider.departmentOf(undefined, { kind: 'plan', plan: PLAN })).toBe('D1');
    const elsewhere = { kind: 'plan', plan: { ...PLAN, department: 'D2' } } as const;
    expect(taskDecider.departmentOf(recordOf(planned()), elsewhere)).toBe('D2');
  });

  test('is otherwise that of the task, which may not exist', () => {
    expect(taskDecider.departmentOf(recordOf(planned()), cancel)).toBe('D1');
    expect(taskDecider.departmentOf(undefined, cancel)).toBeUndefined();
  });
});

describe.each([
  ['report', report('10')],
  ['reach', reach('M1')],
  ['complete', complete()],
  ['cancel', cancel],
  ['reopen', reopen],
] as const)('a task that was never planned', (name, command) => {
  test(`has nothing to ${name}`, () => {
    given().when(command).thenRefused({ kind: 'NOT_FOUND', message: 'There is no task T1' });
  });
});

describe('reporting progress', () => {
  test('records the number as it was written, and the note', () => {
    given(planned())
      .when(report('37.50', '已招标'))
      .then('TaskProgressReported', { progress: '37.50', note: '已招标' });
  });

  test('the progress on record can be reported again without a reason, however it is written', () => {
    given(planned(), reported('40.0', '2023-03-01'))
      .when(report('40'))
      .then('TaskProgressReported', { progress: '40' });
  });

  test.each([[undefined], [''], [' \u3000\n']])('less progress needs a reason, and %j is none', (reason) => {
    given(planned(), reported('40', '2023-03-01'))
      .when(report('39.99'), { reason })
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'PROGRESS_DECREASE_NEEDS_REASON' });
  });

  test('less progress with a reason is recorded', () => {
    given(planned(), reported('40', '2023-03-01'))
      .when(report('35'), { reason: '口径调整' })
      .then('TaskProgressReported', { progress: '35' });
  });

  test('less progress means less than that with the latest effective date, not than that recorded last', () => {
    const history = [planned(), reported('60', '2023-05-01'), reported('30', '2023-03-01')];
    given(...history)
      .when(report('50'))
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'PROGRESS_DECREASE_NEEDS_REASON' });
    given(...history)
      .when(report('60'))
      .then('TaskProgressReported', { progress: '60' });
  });

  test('less progress means less than that on record, also for a day before the last report', () => {
    given(planned(), reported('60', '2023-05-01'))
      .when(report('10'), { at: day('2023-02-01') })
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'PROGRESS_DECREASE_NEEDS_REASON' });
  });

  test('100 is on record after a completed task was reopened', () => {
    const history = [planned(), reported('40', '2023-03-01'), completed('2023-04-01'), reopened('2023-05-01')];
    given(...history)
      .when(report('80'))
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'PROGRESS_DECREASE_NEEDS_REASON' });
    given(...history)
      .when(report('80'), { reason: '返工' })
      .then('TaskProgressReported', { progress: '80' });
  });

  test('a task that is not active is refused before a missing reason', () => {
    given(planned(), completed('2023-04-01'))
      .when(report('10'))
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'TASK_NOT_ACTIVE' });
  });
});

describe('reaching a milestone', () => {
  test('records the day that is given', () => {
    given(planned())
      .when(reach('M1', '2023-03-30'), { at: day('2023-03-31') })
      .then('TaskMilestoneReached', { milestone: 'M1', reachedOn: '2023-03-30' });
  });

  test("takes the day of the effective time in the ledger's time zone if none is given", () => {
    given(planned())
      .when(reach('M1'), { at: day('2023-03-31') })
      .then('TaskMilestoneReached', { milestone: 'M1', reachedOn: '2023-03-31' });
    given(planned())
      .when(reach('M1'), { at: day('2023-03-31') - 1 })
      .then('TaskMilestoneReached', { milestone: 'M1', reachedOn: '2023-03-30' });
  });

  test('happens once, whatever the dates', () => {
    given(planned(), reached('M1', '2023-12-31'))
      .when(reach('M1', '2023-03-01'), { at: day('2023-03-01') })
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'MILESTONE_REACHED' });
    given(planned(), reached('M1', '2023-03-01'))
      .when(reach('M2', '2023-03-01'))
      .then('TaskMilestoneReached', { milestone: 'M2', reachedOn: '2023-03-01' });
  });

  test('a milestone that is not in the plan is not found, also if the task is finished', () => {
    given(planned()).when(reach('M9')).thenRefused({ kind: 'NOT_FOUND', message: 'The task has no milestone M9' });
    given(planned(), cancelled('2023-04-01')).when(reach('M9')).thenRefused({ kind: 'NOT_FOUND' });
  });

  test('a task that is not active is refused before a milestone that was reached already', () => {
    given(planned(), reached('M1', '2023-03-01'), cancelled('2023-04-01'))
      .when(reach('M1'))
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'TASK_NOT_ACTIVE' });
  });
});

describe('completing, cancelling and reopening', () => {
  test('a completion records the day that is given, or that of the effective time', () => {
    const at = day('2023-07-01') - 1;
    given(planned()).when(complete('2023-06-15'), { at }).then('TaskCompleted', { completedOn: '2023-06-15' });
    given(planned()).when(complete(), { at }).then('TaskCompleted', { completedOn: '2023-06-30' });
  });

  test('a planned task may be cancelled', () => {
    given(planned()).when(cancel).then('TaskCancelled', {});
  });

  test('a report of 100 leaves the task active', () => {
    given(planned(), reported('100', '2023-03-01')).when(complete('2023-04-01')).then('TaskCompleted', {
      completedOn: '2023-04-01',
    });
  });

  test.each([
    ['completed', completed('2023-04-01')],
    ['cancelled', cancelled('2023-04-01')],
    ['completed as of a day to come', completed('2023-06-30')],
  ])('a task that is %s takes only a reopening', (_name, fact) => {
    for (const command of [report('100'), reach('M1'), complete(), cancel]) {
      given(planned(), fact).when(command).thenRefused({ kind: 'RULE_VIOLATION', rule: 'TASK_NOT_ACTIVE' });
    }
    given(planned(), fact).when(reopen).then('TaskReopened', {});
  });

  test.each([
    ['planned', [planned()]],
    ['in progress', [planned(), reported('100', '2023-03-01')]],
    ['reopened', [planned(), completed('2023-03-01'), reopened('2023-04-01')]],
  ])('a task that is %s cannot be reopened', (_name, history) => {
    given(...history)
      .when(reopen)
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'TASK_STILL_ACTIVE' });
  });

  test('a reopened task takes facts again', () => {
    const history = [planned(), cancelled('2023-03-01'), reopened('2023-04-01')];
    given(...history)
      .when(report('10'))
      .then('TaskProgressReported', { progress: '10' });
    given(...history)
      .when(reach('M1'))
      .then('TaskMilestoneReached', { milestone: 'M1', reachedOn: '2023-06-30' });
    given(...history)
      .when(complete())
      .then('TaskCompleted', { completedOn: '2023-06-30' });
    given(...history)
      .when(cancel)
      .then('TaskCancelled', {});
  });

  test.each([
    ['reopening', [planned(), completed('2023-05-01')], reopen, 'TaskReopened', {}],
    [
      'completion',
      [planned(), cancelled('2023-03-01'), reopened('2023-05-01')],
      complete('2023-04-30'),
      'TaskCompleted',
      {
        completedOn: '2023-04-30',
      },
    ],
    ['cancellation', [planned(), cancelled('2023-03-01'), reopened('2023-05-01')], cancel, 'TaskCancelled', {}],
  ] as const)('a %s is dated no earlier than the status fact before it', (_name, history, command, type, data) => {
    given(...history)
      .when(command, { at: day('2023-05-01') - 1 })
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'STATUS_ORDER' });
    given(...history)
      .when(command, { at: day('2023-05-01') })
      .then(type, data);
  });

  test('other facts may be dated before or after a status fact', () => {
    const history = [planned(), reported('40', '2023-06-01'), reached('M1', '2023-06-01')];
    given(...history)
      .when(complete(), { at: day('2023-05-01') })
      .then('TaskCompleted', { completedOn: '2023-05-01' });
    given(planned(), completed('2023-04-01'), reopened('2023-05-01'))
      .when(reach('M1', '2023-03-01'), { at: day('2023-03-01') })
      .then('TaskMilestoneReached', { milestone: 'M1', reachedOn: '2023-03-01' });
  });

  test('a task that is not active is refused before a wrong order of dates', () => {
    given(planned(), completed('2023-05-01'))
      .when(cancel, { at: day('2023-04-01') })
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'TASK_NOT_ACTIVE' });
    given(planned(), completed('2023-03-01'), reopened('2023-05-01'))
      .when(reopen, { at: day('2023-04-01') })
      .thenRefused({ kind: 'RULE_VIOLATION', rule: 'TASK_STILL_ACTIVE' });
  });
});
