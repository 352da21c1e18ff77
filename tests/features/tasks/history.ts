import { Refusal } from '../../../src/kernel/refusal';
import { TaskCommand, taskDecider } from '../../../src/features/tasks/decider';
import { TaskEvent, TaskPlanned } from '../../../src/features/tasks/events';
import { taskFold, TaskRecord } from '../../../src/features/tasks/record';
import { calendar, day, logged } from '../../support/specification';

/** Histories of one task in the words of the rules: what was recorded, in this order, each with the day it is true from. */

export { calendar, day, logged };

export type Told = {
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

export const planned = (plan: Partial<TaskPlanned> = {}): Told => ({
  type: 'TaskPlanned',
  data: { ...PLAN, ...plan },
  on: '2023-01-01',
});
export const reported = (progress: string, on: string): Told => ({
  type: 'TaskProgressReported',
  data: { progress },
  on,
});
export const reached = (milestone: string, on: string, reachedOn = on): Told => ({
  type: 'TaskMilestoneReached',
  data: { milestone, reachedOn },
  on,
});
export const completed = (on: string, completedOn = on): Told => ({ type: 'TaskCompleted', data: { completedOn }, on });
export const cancelled = (on: string): Told => ({ type: 'TaskCancelled', data: {}, on });
export const reopened = (on: string): Told => ({ type: 'TaskReopened', data: {}, on });

/** The record with the facts added; to begin with, a plan. */
export const after = (record: TaskRecord | undefined, ...facts: Told[]): TaskRecord => {
  const told = logged(facts).reduce((before, event) => taskFold.evolve(before, event), record);
  if (told === undefined) throw new Error('A history has at least one fact');
  return told;
};

export const recordOf = (...facts: Told[]): TaskRecord => after(undefined, ...facts);

/** Given a history and a moment, what becomes of a command. */
export const given = (...facts: Told[]) => ({
  when: (command: TaskCommand, moment: { at?: number; reason?: string; existing?: readonly string[] } = {}) => {
    const { at = day('2023-06-30'), reason, existing = ['DEPARTMENT/D1'] } = moment;
    const result = taskDecider.decide(facts.length === 0 ? undefined : recordOf(...facts), command, {
      effectiveAt: at,
      now: at,
      reason,
      calendar,
      exists: ({ entityType, code }) => existing.includes(`${entityType}/${code}`),
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
