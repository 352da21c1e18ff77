import { RuleViolation, ruleViolation as violationOf } from '../../kernel/refusal';

/** The rules of tasks: 中文。English. */
export const TASK_RULES = {
  PROGRESS_DECREASE_NEEDS_REASON: '进度下调须说明理由。A progress below the one on record needs a reason.',
  TASK_NOT_ACTIVE: '任务已结束。A completed or cancelled task takes only a reopening.',
  TASK_STILL_ACTIVE: '任务未结束。Only a completed or cancelled task can be reopened.',
  STATUS_ORDER: '状态日期颠倒。A completion, cancellation or reopening is dated before the previous one on record.',
  MILESTONE_REACHED: '里程碑已达成。The milestone has been reached already.',
};

export type TaskRule = keyof typeof TASK_RULES;

export const ruleViolation: RuleViolation<TaskRule> = violationOf;
