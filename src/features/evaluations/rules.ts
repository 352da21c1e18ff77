import { RuleViolation, ruleViolation as violationOf } from '../../kernel/refusal';

/** The rules of evaluations: 中文。English. */
export const EVALUATION_RULES = {
  EVALUATION_STATE: '自评状态不符。The evaluation is in a status that does not allow this step.',
  OWN_SUBMISSION: '不得确认或公开自己提交的自评。Nobody confirms or publishes an evaluation that he submitted.',
};

export type EvaluationRule = keyof typeof EVALUATION_RULES;

export const ruleViolation: RuleViolation<EvaluationRule> = violationOf;
