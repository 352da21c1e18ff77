import { ActionsOf, actionsOn } from '../../actions/action';
import { commandInput } from '../../actions/command-fields';
import { code as codeNamed, date, decimal, optional, text } from '../../input/fields';
import { partOf } from '../shared/part-of';
import { TaskCommand, taskDecider } from './decider';
import { PLAN_FIELDS, PlanTaskInput } from './plan-input';
import { taskProjection } from './projection';
import { taskReading } from './readings';

const action = actionsOn({
  decider: taskDecider,
  reading: taskReading,
  projection: taskProjection,
  codeOf: ({ code }: { readonly code: string }) => code,
});

const { code } = PLAN_FIELDS;

export const taskActions = {
  plan: action({
    name: 'planTask',
    description:
      '下达任务，包括里程碑；内容自始成立。代码已用：CONFLICT。Plans a task with its milestones; what it says is true from the beginning. If the code is in use: CONFLICT.',
    input: PlanTaskInput,
    toCommand: (input) => ({
      kind: 'plan',
      plan: { ...partOf(PLAN_FIELDS, input), milestones: input.milestones ?? [] },
    }),
  }),
  report: action({
    name: 'reportTaskProgress',
    description:
      '填报进度；填报 100 不等于完成任务。已完成或已取消：TASK_NOT_ACTIVE。Reports the progress of a task; a report of 100 does not complete it. If the task is completed or cancelled: TASK_NOT_ACTIVE.',
    input: commandInput('ReportTaskProgressInput', '进度填报。A report of the progress of a task.', {
      code,
      progress: decimal(
        '进度，百分比，0 至 100；低于已记录的进度时必须填写 reason，否则 PROGRESS_DECREASE_NEEDS_REASON。The progress in percent, 0 to 100. If it is below the progress on record, reason is required: else PROGRESS_DECREASE_NEEDS_REASON.',
        { min: '0', max: '100' },
      ),
      note: optional(
        text('说明，随变更保存，最多 20000 个字符。A note that is kept with the change; at most 20,000 characters.'),
      ),
    }),
    toCommand: ({ code, progress, note }) => ({ kind: 'report', code, progress, note }),
  }),
  reach: action({
    name: 'reachMilestone',
    description:
      '达成里程碑，每个一次，再次为 MILESTONE_REACHED。已完成或已取消：TASK_NOT_ACTIVE。Records that a milestone was reached. If it has been reached already: MILESTONE_REACHED. If the task is completed or cancelled: TASK_NOT_ACTIVE.',
    input: commandInput('ReachMilestoneInput', '里程碑达成。A milestone that was reached.', {
      code,
      milestone: codeNamed(
        '里程碑代码；任务没有该里程碑为 NOT_FOUND。The code of a milestone of the task; if the task has no such milestone: NOT_FOUND.',
      ),
      reachedOn: optional(
        date(
          '达成日期，账本时区；默认为 effectiveAt 当日。未填 effectiveAt 时，该日 00:00 即生效时间。The day on which it was reached, in the time zone of the ledger. Default: the day of effectiveAt. If effectiveAt is left out, the fact is effective from 00:00 of this day.',
        ),
      ),
    }),
    toCommand: ({ code, milestone, reachedOn }) => ({ kind: 'reach', code, milestone, reachedOn }),
    dayOf: ({ reachedOn }) => reachedOn,
  }),
  complete: action({
    name: 'completeTask',
    description:
      '完成任务，视同填报进度 100。已完成或已取消：TASK_NOT_ACTIVE；生效时间早于上一次完成、取消或重新开启：STATUS_ORDER。Completes a task; counts as a progress report of 100. If the task is completed or cancelled: TASK_NOT_ACTIVE. If its effective date is before the last completion, cancellation or reopening: STATUS_ORDER.',
    input: commandInput('CompleteTaskInput', '任务完成。The completion of a task.', {
      code,
      completedOn: optional(
        date(
          '完成日期，账本时区；默认为 effectiveAt 当日。未填 effectiveAt 时，该日 00:00 即生效时间。The day on which it was completed, in the time zone of the ledger. Default: the day of effectiveAt. If effectiveAt is left out, the fact is effective from 00:00 of this day.',
        ),
      ),
    }),
    toCommand: ({ code, completedOn }) => ({ kind: 'complete', code, completedOn }),
    dayOf: ({ completedOn }) => completedOn,
  }),
  cancel: action({
    name: 'cancelTask',
    description:
      '取消任务。已完成或已取消：TASK_NOT_ACTIVE；生效时间早于上一次完成、取消或重新开启：STATUS_ORDER。Cancels a task. If the task is completed or cancelled: TASK_NOT_ACTIVE. If its effective date is before the last completion, cancellation or reopening: STATUS_ORDER.',
    input: commandInput('CancelTaskInput', '任务取消。The cancellation of a task.', { code }),
    toCommand: ({ code }) => ({ kind: 'cancel', code }),
  }),
  reopen: action({
    name: 'reopenTask',
    description:
      '重新开启已完成或已取消的任务，进度不变。任务未结束：TASK_STILL_ACTIVE；生效时间早于上一次完成、取消或重新开启：STATUS_ORDER。Reopens a completed or cancelled task; its progress stays as it is. If the task is neither: TASK_STILL_ACTIVE. If its effective date is before the last completion, cancellation or reopening: STATUS_ORDER.',
    input: commandInput('ReopenTaskInput', '任务重新开启。The reopening of a completed or cancelled task.', { code }),
    toCommand: ({ code }) => ({ kind: 'reopen', code }),
  }),
} satisfies ActionsOf<TaskCommand>;
