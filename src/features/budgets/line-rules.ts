import { DecisionContext } from '../../command-handling/decider';
import { Fen } from '../../kernel/money';
import { notFound } from '../../kernel/refusal';
import { Instant } from '../../kernel/time';
import { BudgetDecision } from './commands';
import { BudgetFact, EntryKind, postingsOf } from './facts';
import { BudgetRecord, lineOf, restateAmounts } from './record';
import { ruleViolation, shortOf } from './rules';
import { remainingIn } from './totals';

/** Each rule returns its refusal; undefined if the command may go on. */

export const lacking = (record: BudgetRecord, line: string): BudgetDecision | undefined =>
  record.lines.has(line) ? undefined : notFound(`The budget has no line ${line}`);

export const closed = (record: BudgetRecord): BudgetDecision | undefined =>
  record.closedAt === undefined
    ? undefined
    : ruleViolation('BUDGET_CLOSED', 'A closed budget takes corrections and reversals only');

export function outsideFiscalYear(
  { fiscalYear }: BudgetRecord,
  effectiveAt: Instant,
  { calendar }: DecisionContext,
): BudgetDecision | undefined {
  if (calendar.isInYear(effectiveAt, fiscalYear)) return undefined;
  return ruleViolation('OUTSIDE_FISCAL_YEAR', `An expenditure of this budget is effective within ${fiscalYear}`);
}

/** Refuses if `after`, on record in place of `before`, takes more from a line than the line has left. */
export function exceeded(
  record: BudgetRecord,
  before: BudgetFact | undefined,
  after: BudgetFact,
): BudgetDecision | undefined {
  const { lines } = restateAmounts(record, before, after);
  for (const { line } of postingsOf(after)) {
    const remaining = remainingIn(lineOf(record, line).totals);
    const remainingAfter = remainingIn(lineOf({ ...record, lines }, line).totals);
    const asked = remaining - remainingAfter;
    if (remainingAfter < 0n && asked > 0n) {
      return shortOf('BUDGET_EXCEEDED', `Line ${line} would have more executed than it has`, { remaining, asked });
    }
  }
  return undefined;
}

/** A fact that is not on record yet. Only its postings are used. */
export const provisional = (kind: EntryKind, line: string, amount: Fen): BudgetFact => ({
  kind,
  changeId: '',
  line,
  amount,
  amountFirstRecorded: amount,
  withdrawn: false,
  effectiveAt: 0,
  effectiveAtFirstRecorded: 0,
  position: 0n,
  ordinal: 0,
  corrections: [],
  reversals: [],
});
