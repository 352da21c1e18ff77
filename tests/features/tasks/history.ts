import { Refusal } from '../../../src/kernel/refusal';
import { TaskCommand, taskDecider } from '../../../src/features/tasks/decider';
import { TaskEvent, TaskPlanned } from '../../../src/features/tasks/events';
import { taskFold, TaskRecord } from '../../../src/features/tasks/record';
import { calendar, day, logged } from '../../support/specification';

/** Histories of one task: the recorded facts in order, each with its effective date. */

export { calendar, day, logged };

export type TaskFact = {
  [E in TaskEvent as E['type']]: { readonly type: E['type']; readonly data: E['data']; readonly on: string };
}[TaskEvent['type']];

export const PLAN: TaskPlanned = {
  code: 'T1',
  department: 'D1',
  fiscalYear: 2023,
  title: '数字政府建设',
  milestones: [
    { code: 'M1', title: '立项', dueOn: '2023-03-31' },
    { code: 'M2', title: '验收' },
  ],
};

export const planned = (plan: Partial<TaskPlanned> = {}): TaskFact => ({
  type: 'TaskPlanned',
  data: { ...PLAN, ...plan },
  on: '2023-01-01',
});
export const reported = (progress: string, on: string): TaskFact => ({
  type: 'TaskProgressReported',
  data: { progress },
  on,
});
export const reached = (milestone: string, on: string, reachedOn = on): TaskFact => ({
  type: 'TaskMilestoneReached',
  data: { milestone, reachedOn },
  on,
});
export const completed = (on: string, completedOn = on): TaskFact => ({
  type: 'TaskCompleted',
  data: { completedOn },
  on,
});
export const cancelled = (on: string): TaskFact => ({ type: 'TaskCancelled', data: {}, on });
export const reopened = (on: string): TaskFact => ({ type: 'TaskReopened', data: {}, on });

/** The record with the facts added. The first fact of a history is the plan. */
export const after = (record: TaskRecord | undefined, ...facts: TaskFact[]): TaskRecord => {
  const result = logged(facts).reduce((before, event) => taskFold.evolve(before, event), record);
  if (result === undefined) throw new Error('A history has at least one fact');
  return result;
};

export const recordOf = (...facts: TaskFact[]): TaskRecord => after(undefined, ...facts);

/** What a command does, given a history and a moment. */
export const given = (...facts: TaskFact[]) => ({
  when: (command: TaskCommand, moment: { at?: number; reason?: string; existing?: readonly string[] } = {}) => {
    const { at = day('2023-06-30'), reason, existing = ['DEPARTMENT/D1'] } = moment;
    const result = taskDecider.decide(facts.length === 0 ? undefined : recordOf(...facts), command, {
      effectiveAt: at,
      now: at,
      reason,
      actor: 'u-1',
      calendar,
      exists: ({ entityType, code }) => existing.includes(`${entityType}/${code}`),
      recordOf: () => undefined,
    });
    return {
      then: (type: TaskEvent['type'], data: object) => {
        expect(result).toEqual({ ok: true, value: [{ type, data }] });
      },
      thenRefused: (refusal: Partial<Refusal>) => {
        expect(result).toMatchObject({ ok: false, refusal });
      },
    };
  },
});
