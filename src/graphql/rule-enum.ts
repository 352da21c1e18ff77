import { GraphQLEnumType } from 'graphql';
import { Rule } from '../kernel/refusal';
import { describedValues, Meanings } from './enums';

const MEANINGS: Meanings<Rule> = {
  BUDGET_EXCEEDED: '超出预算。A budget line would have more executed than its revised amount.',
  BUDGET_CLOSED: '预算已关账。A closed budget takes only corrections and reversals.',
  OUTSIDE_FISCAL_YEAR: "超出预算年度。The effective date of an expenditure lies outside its budget's fiscal year.",
  NOT_CORRECTABLE:
    '不可更正。The change is not an original fact, or the part cannot be corrected: of a reversal only the effective date can be.',
  NOT_REVERSIBLE: '不可冲销。The change is not an expenditure, or the expenditure has been withdrawn.',
  EXPENDITURE_REVERSED:
    '支出已冲销。The expenditure has been reversed: it cannot be reversed again, and it takes no correction.',
  PROGRESS_DECREASE_NEEDS_REASON: '进度下调须说明理由。A progress below the one on record needs a reason.',
  TASK_NOT_ACTIVE: '任务已结束。A completed or cancelled task takes only a reopening.',
  TASK_STILL_ACTIVE: '任务未结束。Only a completed or cancelled task can be reopened.',
  STATUS_ORDER: '状态日期颠倒。A completion, cancellation or reopening is dated before the previous one on record.',
  MILESTONE_REACHED: '里程碑已达成。The milestone has been reached already.',
  OBSERVED_IN_FUTURE: '观测日期在未来。The date of the observation lies in the future.',
  INDICATOR_RETIRED: '指标已停用。A retired indicator takes only corrections.',
  KIND_MISMATCH:
    '类型不符。The value does not fit the direction of the indicator: a qualitative indicator has no target and is observed as a text, any other as a value.',
  TARGET_RANGE: '目标区间颠倒。The lower target would lie above the upper target.',
  EVALUATION_STATE: '自评状态不符。The evaluation is in a status that does not allow this step.',
};

/** No field has this type. It says what `extensions.rule` can be. */
export const RuleEnum = new GraphQLEnumType({
  name: 'Rule',
  description: '规则。The rule that a command broke: `extensions.rule` of a RULE_VIOLATION.',
  values: describedValues(MEANINGS),
});
