import {
  TaskCompleted,
  TaskEvent,
  TaskMilestoneReached,
  TaskPlanned,
  TaskProgressReported,
} from '../../src/features/tasks/events';
import { RECORDED_FIELDS, recordedOf } from './changes';
import { inForce, lastInForce, LoggedEvent } from './log';
import { rounded } from './numbers';

/** A day on which some tasks are overdue and others are not. */
export const OVERDUE_ON = '2023-07-01';

export const TASK_FIELDS = `
  code department { code name } fiscalYear title goal parent { code } subtasks { code } indicators { code } weight
  status progress milestones { code title dueOn reachedOn } startOn dueOn completedOn
  overdue overdueThen: overdue(on: "${OVERDUE_ON}")
  ${RECORDED_FIELDS}`;

const STATUS_FACTS: readonly string[] = [
  'TaskCompleted',
  'TaskCancelled',
  'TaskReopened',
] satisfies TaskEvent['type'][];

/** `today`: the day of "overdue" if the question names none. */
export function taskOf(
  code: string,
  known: readonly LoggedEvent[],
  effectiveAt: number | undefined,
  today: string,
  department: { readonly code: string; readonly name: string } | null,
) {
  const own = known.filter((event) => event.category === 'task' && event.code === code);
  const [planned] = own;
  if (planned === undefined) return null;
  const plan = planned.data as unknown as TaskPlanned;
  const facts = inForce(own, effectiveAt);

  // "Completion counts as a report of 100."
  const reports = facts.filter(({ type }) => type === 'TaskProgressReported' || type === 'TaskCompleted');
  const report = lastInForce(reports, effectiveAt);
  const progress =
    report === undefined
      ? '0'
      : report.type === 'TaskCompleted'
        ? '100'
        : (report.data as unknown as TaskProgressReported).progress;

  const reached = facts
    .filter(({ type }) => type === 'TaskMilestoneReached')
    .map(({ data }) => data as unknown as TaskMilestoneReached);

  const statusFact = lastInForce(
    facts.filter(({ type }) => STATUS_FACTS.includes(type)),
    effectiveAt,
  );
  const isBegun = rounded(progress) !== '0.00' || reached.length > 0;
  const status =
    statusFact?.type === 'TaskCompleted'
      ? 'COMPLETED'
      : statusFact?.type === 'TaskCancelled'
        ? 'CANCELLED'
        : isBegun
          ? 'IN_PROGRESS'
          : 'PLANNED';
  const isOpen = status === 'PLANNED' || status === 'IN_PROGRESS';
  const { dueOn } = plan;

  return {
    code,
    department: department && { code: department.code, name: department.name },
    fiscalYear: plan.fiscalYear,
    title: plan.title,
    goal: plan.goal ?? null,
    parent: plan.parent === undefined ? null : { code: plan.parent },
    subtasks: foundedWith('TaskPlanned', 'parent', code, known),
    indicators: foundedWith('IndicatorDefined', 'task', code, known),
    weight: plan.weight ?? null,
    status,
    progress,
    milestones: plan.milestones.map((milestone) => ({
      code: milestone.code,
      title: milestone.title,
      dueOn: milestone.dueOn ?? null,
      reachedOn: reached.find((fact) => fact.milestone === milestone.code)?.reachedOn ?? null,
    })),
    startOn: plan.startOn ?? null,
    dueOn: dueOn ?? null,
    completedOn: status === 'COMPLETED' ? (statusFact?.data as unknown as TaskCompleted).completedOn : null,
    overdue: isOpen && dueOn !== undefined && dueOn < today,
    overdueThen: isOpen && dueOn !== undefined && dueOn < OVERDUE_ON,
    ...recordedOf(own),
  };
}

/** The entities whose founding input names the task, by code. */
function foundedWith(type: string, part: 'parent' | 'task', task: string, known: readonly LoggedEvent[]) {
  return known
    .filter((event) => event.type === type && event.data[part] === task)
    .map(({ code }) => ({ code }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
