import { RuleViolation, ruleViolation as violationOf } from '../../kernel/refusal';
import { KIND_MISMATCH } from '../shared/rules';

/** The rules of evaluations: 中文。English. */
export const EVALUATION_RULES = {
  EVALUATION_STATE: '自评状态不符。The evaluation is in a status that does not allow this step.',
  OWN_SUBMISSION: '不得确认或公开自己提交的自评。Nobody confirms or publishes an evaluation that he submitted.',
  SCORE_INCOMPLETE: '评分不完整。A line of the template that applies has no score.',
  REASON_REQUIRED:
    '须说明理由。A score that a person gives needs a reason, and a score below full points a deviation reason and an improvement if the line asks for them.',
  KIND_MISMATCH,
};

export type EvaluationRule = keyof typeof EVALUATION_RULES;

export const ruleViolation: RuleViolation<EvaluationRule> = violationOf;

export const mismatch = (message: string) => ruleViolation('KIND_MISMATCH', message);
