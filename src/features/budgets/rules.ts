import { Fen, formatAmount } from '../../kernel/money';
import * as refusal from '../../kernel/refusal';
import { KIND_MISMATCH, NOT_CORRECTABLE } from '../shared/rules';

/** The rules of budgets, and what each means: 中文。English. */
export const BUDGET_RULES = {
  BUDGET_EXCEEDED:
    '超出预算。The command takes more from a budget line than the line has left, and is no overrun with a reason.',
  BUDGET_CLOSED: '预算已关账。A closed budget takes only corrections and reversals.',
  OUTSIDE_FISCAL_YEAR:
    "超出预算年度。The effective date of an expenditure or a refund lies outside its budget's fiscal year.",
  NOT_CORRECTABLE,
  NOT_REVERSIBLE: '不可冲销。The change is not an expenditure, or the expenditure has been withdrawn.',
  EXPENDITURE_REVERSED:
    '支出已冲销。The expenditure has been reversed. If nothing is left of it, it cannot be reversed again. While a reversal that is not withdrawn is on record, it takes no correction.',
  REFUND_NEEDS_REASON:
    '退款需说明理由。A refund, a reversal or a correction would leave less than 0 executed on a line, and gives no reason.',
  KIND_MISMATCH,
  CARRY_OVER_EXCEEDED:
    '超出可结转金额。More would be carried over than a line has left and has not carried out before.',
  BUDGET_NOT_CLOSED: '预算未关账。Only what a closed budget has left is carried over.',
  REVERSAL_EXCEEDED: '冲销超出支出。The reversals of an expenditure would be more than the expenditure.',
};

export type BudgetRule = keyof typeof BUDGET_RULES;

export const ruleViolation: refusal.RuleViolation<BudgetRule> = refusal.ruleViolation;

/** The refusal of a command that takes more than there is. */
export const shortOf = (
  rule: BudgetRule,
  message: string,
  { remaining, asked }: { readonly remaining: Fen; readonly asked: Fen },
): ReturnType<typeof ruleViolation> =>
  ruleViolation(rule, message, { remaining: formatAmount(remaining), asked: formatAmount(asked) });
