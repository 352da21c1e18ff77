import { RuleViolation, ruleViolation as violationOf } from '../../kernel/refusal';

/** The rules of scoring templates: 中文。English. */
export const TEMPLATE_RULES = {
  TEMPLATE_TOTAL:
    '分值合计不符。The points of the template are not 100, those of the lines below a heading are not the points of the heading, or those of the items of a CHECKLIST are not the points of its line.',
};

export type TemplateRule = keyof typeof TEMPLATE_RULES;

export const ruleViolation: RuleViolation<TemplateRule> = violationOf;
