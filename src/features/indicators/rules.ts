import { RuleViolation, ruleViolation as violationOf } from '../../kernel/refusal';
import { KIND_MISMATCH, NOT_CORRECTABLE } from '../shared/rules';

/** The rules of indicators: 中文。English. */
export const INDICATOR_RULES = {
  NOT_CORRECTABLE,
  OBSERVED_IN_FUTURE: '观测日期在未来。The date of the observation lies in the future.',
  INDICATOR_RETIRED: '指标已停用。A retired indicator takes only corrections.',
  KIND_MISMATCH,
  TARGET_RANGE: '目标区间颠倒。The lower target would lie above the upper target.',
};

export type IndicatorRule = keyof typeof INDICATOR_RULES;

export const ruleViolation: RuleViolation<IndicatorRule> = violationOf;
