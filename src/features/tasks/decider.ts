import { Decider, DecisionContext, DecisionOf } from '../../command-handling/decider';
import { isBlank } from '../../kernel/blank';
import { compareDecimals, Decimal } from '../../kernel/decimal';
import { conflict, notFound, ok } from '../../kernel/refusal';
import { LocalDate } from '../../kernel/time';
import { TaskEvent, TaskPlanned } from './events';
import { taskFold, TaskRecord } from './record';
import { ruleViolation } from './rules';
import { isActive, viewTask } from './views';

export type TaskCommand =
  | { readonly kind: 'plan'; readonly plan: TaskPlanned }
  | { readonly kind: 'report'; readonly code: string; readonly progress: Decimal; readonly note?: string }
  | { readonly kind: 'reach'; readonly code: string; readonly milestone: string; readonly reachedOn?: LocalDate }
  | { readonly kind: 'complete'; readonly code: string; readonly completedOn?: LocalDate }
  | { readonly kind: 'cancel'; readonly code: string }
  | { readonly kind: 'reopen'; readonly code: string };
type Of<Kind extends TaskCommand['kind']> = Extract<TaskCommand, { readonly kind: Kind }>;

type Decision = DecisionOf<TaskEvent>;

export const taskDecider: Decider<TaskRecord, TaskCommand> = {
  ...taskFold,
  departmentOf: (record, command) => (command.kind === 'plan' ? command.plan.department : record?.founding.department),
  references: (command) => {
    if (command.kind !== 'plan') return [];
    const { department, parent } = command.plan;
    return [
      { entityType: 'DEPARTMENT', code: department },
      ...(parent === undefined ? [] : [{ entityType: 'TASK' as const, code: parent }]),
    ];
  },
  decide(record, command, context): Decision {
    if (command.kind === 'plan') return plan(record, command, context);
    if (record === undefined) return notFound(`There is no task ${command.code}`);
    switch (command.kind) {
      case 'report':
        return report(record, command, context);
      case 'reach':
        return reach(record, command, context);
      case 'complete':
        return (
          finished(record) ??
          outOfOrder(record, context) ??
          ok([{ type: 'TaskCompleted', data: { completedOn: command.completedOn ?? effectiveOn(context) } }])
        );
      case 'cancel':
        return finished(record) ?? outOfOrder(record, context) ?? ok([{ type: 'TaskCancelled', data: {} }]);
      case 'reopen':
        return stillActive(record) ?? outOfOrder(record, context) ?? ok([{ type: 'TaskReopened', data: {} }]);
    }
  },
};

function plan(record: TaskRecord | undefined, { plan }: Of<'plan'>, context: DecisionContext): Decision {
  const { code, department, parent } = plan;
  if (record !== undefined) return conflict(`Task ${code} is planned already`);
  if (!context.exists({ entityType: 'DEPARTMENT', code: department })) {
    return notFound(`There is no department ${department}`);
  }
  if (parent !== undefined && !context.exists({ entityType: 'TASK', code: parent })) {
    return notFound(`There is no task ${parent}`);
  }
  return ok([{ type: 'TaskPlanned', data: plan }]);
}

function report(record: TaskRecord, { progress, note }: Of<'report'>, { reason }: DecisionContext): Decision {
  const refusal = finished(record);
  if (refusal) return refusal;
  const { progress: onRecord } = viewTask(record);
  if (compareDecimals(progress, onRecord) < 0 && isBlank(reason ?? '')) {
    const message = `The progress on record is ${onRecord}; a lower one takes a reason`;
    return ruleViolation('PROGRESS_DECREASE_NEEDS_REASON', message);
  }
  return ok([{ type: 'TaskProgressReported', data: { progress, note } }]);
}

function reach(record: TaskRecord, { milestone, reachedOn }: Of<'reach'>, context: DecisionContext): Decision {
  if (!record.founding.milestones.some(({ code }) => code === milestone)) {
    return notFound(`The task has no milestone ${milestone}`);
  }
  const refusal = finished(record);
  if (refusal) return refusal;
  if (record.reached.has(milestone)) {
    return ruleViolation('MILESTONE_REACHED', `Milestone ${milestone} has been reached already`);
  }
  return ok([{ type: 'TaskMilestoneReached', data: { milestone, reachedOn: reachedOn ?? effectiveOn(context) } }]);
}

const finished = (record: TaskRecord): Decision | undefined =>
  isActive(viewTask(record))
    ? undefined
    : ruleViolation('TASK_NOT_ACTIVE', 'A completed or cancelled task takes nothing but a reopening');

const stillActive = (record: TaskRecord): Decision | undefined =>
  isActive(viewTask(record))
    ? ruleViolation('TASK_STILL_ACTIVE', 'Only a completed or cancelled task can be reopened')
    : undefined;

/** Because of this rule, the status fact that was recorded last is also the last in effective order. */
function outOfOrder({ statusFacts }: TaskRecord, { effectiveAt }: DecisionContext): Decision | undefined {
  const previous = statusFacts.last();
  if (previous === undefined || previous.effectiveAt <= effectiveAt) return undefined;
  return ruleViolation('STATUS_ORDER', 'The last completion, cancellation or reopening on record has a later date');
}

/** The day of a fact if its command names none. */
const effectiveOn = ({ calendar, effectiveAt }: DecisionContext): LocalDate => calendar.dateOf(effectiveAt);
