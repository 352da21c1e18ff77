import { Fen } from '../../kernel/money';
import { BudgetFact } from './facts';
import { BudgetRecord, factOf } from './record';

/** The reversals of an expenditure on record, in order of recording. A withdrawn one never happened. */
export const reversalsOf = (record: BudgetRecord, { reversals }: BudgetFact): readonly BudgetFact[] =>
  reversals.map((changeId) => factOf(record, changeId)).filter(({ withdrawn }) => !withdrawn);

export const reversedAmount = (reversals: readonly BudgetFact[]): Fen =>
  reversals.reduce((sum, { amount }) => sum + amount, 0n);

/** What the reversals on record leave of an expenditure. */
export const leftOf = (record: BudgetRecord, expenditure: BudgetFact): Fen =>
  expenditure.amount - reversedAmount(reversalsOf(record, expenditure));
