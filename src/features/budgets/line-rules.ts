import { DecisionContext } from '../../command-handling/decider';
import { isBlank } from '../../kernel/blank';
import { Fen } from '../../kernel/money';
import { notFound } from '../../kernel/refusal';
import { Instant } from '../../kernel/time';
import { BudgetDecision, Overrunning } from './commands';
import { BudgetFact, EntryKind, postingsOf } from './facts';
import { BudgetRecord, lineOf, restateAmounts } from './record';
import { ruleViolation, shortOf } from './rules';
import { Posting, remainingIn, Totals } from './totals';

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
  return ruleViolation(
    'OUTSIDE_FISCAL_YEAR',
    `Expenditures and refunds of this budget are effective within ${fiscalYear}`,
  );
}

/** What a change takes from a line that has less left. */
interface Excess {
  readonly line: string;
  readonly remaining: Fen;
  readonly asked: Fen;
}

/** What `after`, on record in place of `before`, takes beyond what a line has left. A line that it takes nothing from is not judged. */
export function excessOf(record: BudgetRecord, before: BudgetFact | undefined, after: BudgetFact): Excess | undefined {
  for (const { line, is, was } of linesTouched(record, before, after)) {
    const [remaining, left] = [remainingIn(was), remainingIn(is)];
    if (left < 0n && left < remaining) return { line, remaining, asked: remaining - left };
  }
  return undefined;
}

/** Refuses an excess, unless the command says overrun and has a reason. */
export function exceeded(
  excess: Excess | undefined,
  { overrun = false }: Overrunning = {},
  { reason }: Pick<DecisionContext, 'reason'> = {},
): BudgetDecision | undefined {
  if (excess === undefined || (overrun && hasReason(reason))) return undefined;
  const message = overrun ? 'an overrun takes a reason' : 'it would have more executed than it has';
  return shortOf('BUDGET_EXCEEDED', `Line ${excess.line}: ${message}`, excess);
}

/** Whether a line would have more executed than its revised amount. */
export const isOverrun = (record: BudgetRecord, before: BudgetFact, after: BudgetFact): boolean =>
  linesTouched(record, before, after).some(({ is }) => remainingIn(is) < 0n);

/** Refuses a change of the executed amount that leaves less than 0 executed on a line, if there is no reason. */
export function negativeWithoutReason(
  record: BudgetRecord,
  before: BudgetFact | undefined,
  after: BudgetFact,
  { reason }: Pick<DecisionContext, 'reason'>,
): BudgetDecision | undefined {
  if (hasReason(reason)) return undefined;
  const negative = linesTouched(record, before, after).find(
    ({ measure, is }) => measure === 'executed' && is.executed < 0n,
  );
  if (negative === undefined) return undefined;
  return ruleViolation('REFUND_NEEDS_REASON', `Line ${negative.line} would have less than 0 executed; give a reason`);
}

interface LineTouched extends Pick<Posting, 'line' | 'measure'> {
  readonly was: Totals;
  readonly is: Totals;
}

/** The lines of a change, with their amounts before and after it. */
function linesTouched(record: BudgetRecord, before: BudgetFact | undefined, after: BudgetFact): readonly LineTouched[] {
  const restated = { ...record, ...restateAmounts(record, before, after) };
  return postingsOf(after).map(({ line, measure }) => ({
    line,
    measure,
    was: lineOf(record, line).totals,
    is: lineOf(restated, line).totals,
  }));
}

const hasReason = (reason: string | undefined): boolean => !isBlank(reason ?? '');

/** A fact that is not on record yet. Only its postings are used. */
export const provisional = (kind: EntryKind, line: string, amount: Fen): BudgetFact => ({
  kind,
  changeId: '',
  line,
  amount,
  amountFirstRecorded: amount,
  withdrawn: false,
  overrun: false,
  effectiveAt: 0,
  effectiveAtFirstRecorded: 0,
  position: 0n,
  ordinal: 0,
  corrections: [],
  reversals: [],
});
