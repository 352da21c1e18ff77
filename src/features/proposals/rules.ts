import { RuleViolation, ruleViolation as violationOf } from '../../kernel/refusal';

/** The rules of proposals: 中文。English. */
export const PROPOSAL_RULES = {
  OWN_PROPOSAL:
    '本人的提议。Who proposed a command neither confirms nor rejects it, by whatever token; he can withdraw it.',
  PROPOSAL_DECIDED: '提议已有结果。The proposal is confirmed, rejected or withdrawn already.',
};

export type ProposalRule = keyof typeof PROPOSAL_RULES;

export const ruleViolation: RuleViolation<ProposalRule> = violationOf;
