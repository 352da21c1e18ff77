import { DecisionContext } from '../../command-handling/decider';
import { formatAmount } from '../../kernel/money';
import { badInput, notFound, ok, Result } from '../../kernel/refusal';
import { formatInstant } from '../../kernel/time';
import { BudgetDecision, CommandOf } from './commands';
import { carryOverCorrectionRefused } from './decide-carry-over';
import { BudgetFactCorrected } from './events';
import { BudgetFact, EntryKind, keyByLine } from './facts';
import { exceeded, excessOf, isOverrun, negativeWithoutReason, outsideFiscalYear } from './line-rules';
import { BudgetRecord, factOf, factOfChange, restate } from './record';
import { leftOf, reversalsOf } from './reversals';
import { ruleViolation, shortOf } from './rules';

/** The kinds of fact whose effective date lies in the fiscal year. */
const YEAR_BOUND: ReadonlySet<EntryKind> = new Set(['EXPENDITURE', 'REFUND']);

export function correct(
  record: BudgetRecord,
  command: CommandOf<'correct'>,
  context: DecisionContext<BudgetRecord>,
): BudgetDecision {
  const { change, amount, effectiveAt } = command;
  const named = factNamed(record, command);
  if (!named.ok) return named;
  const fact = named.value;
  if (reversalsOf(record, fact).length > 0) {
    return ruleViolation(
      'EXPENDITURE_REVERSED',
      'An expenditure takes no correction while a reversal of it is on record',
    );
  }
  const correction: BudgetFactCorrected = {
    corrects: change,
    ...(record.linesByChange.has(change) ? { line: fact.line } : {}),
    ...(amount === undefined ? {} : { amount: formatAmount(amount) }),
    ...(effectiveAt === undefined ? {} : { effectiveAt: formatInstant(effectiveAt) }),
  };
  const restated = restate(fact, correction);
  const excess = excessOf(record, fact, restated);
  const isStillOverrun = fact.overrun && restated.amount > 0n && isOverrun(record, fact, restated);
  const overrun = amount !== undefined && (excess !== undefined || isStillOverrun) ? ({ overrun: true } as const) : {};
  return (
    (YEAR_BOUND.has(fact.kind) ? outsideFiscalYear(record, restated.effectiveAt, context) : undefined) ??
    reversalExceeded(record, fact, restated) ??
    carryOverCorrectionRefused(record, { before: fact, after: restated, correction }, context) ??
    exceeded(excess, command, context) ??
    negativeWithoutReason(record, fact, restated, context) ??
    ok([{ type: 'BudgetFactCorrected', data: { ...correction, ...overrun } }])
  );
}

/** The fact that a correction names. If the change has facts of several lines, the correction must name the line too. */
function factNamed(record: BudgetRecord, { change, line }: CommandOf<'correct'>): Result<BudgetFact> {
  const lines = record.linesByChange.get(change);
  if (lines !== undefined) return factOfLine(record, { change, lines, line });
  const fact = factOfChange(record, change);
  if (fact === undefined) {
    if (record.otherChanges.has(change)) {
      return ruleViolation(
        'NOT_CORRECTABLE',
        'Only an original fact can be corrected, neither a correction nor a closing',
      );
    }
    return notFound(`The budget has no change ${change}`);
  }
  if (line !== undefined && line !== fact.line && line !== fact.toLine) {
    return notFound(`The change does not touch line ${line}`);
  }
  return ok(fact);
}

function factOfLine(
  record: BudgetRecord,
  { change, lines, line }: { readonly change: string; readonly lines: readonly string[]; readonly line?: string },
): Result<BudgetFact> {
  const [first = ''] = lines;
  if (factOf(record, keyByLine(change, first)).kind === 'CARRY_IN') {
    return ruleViolation('NOT_CORRECTABLE', 'A carry-in follows its carry-out, which can be corrected');
  }
  const what = change === record.approval.id ? 'approval' : 'carry-over';
  const meant = line ?? (lines.length === 1 ? first : undefined);
  if (meant === undefined) return badInput('/input/line', `is required: the ${what} has several amounts`);
  const fact = record.facts.get(keyByLine(change, meant));
  return fact === undefined ? notFound(`The ${what} has no line ${meant}`) : ok(fact);
}

/** Refuses if the reversals of the expenditure would be more than the expenditure, with `after` in place of `before`. */
function reversalExceeded(record: BudgetRecord, before: BudgetFact, after: BudgetFact): BudgetDecision | undefined {
  if (before.reverses === undefined) return undefined;
  const remaining = leftOf(record, factOf(record, before.reverses));
  const asked = after.amount - before.amount;
  if (asked <= remaining) return undefined;
  return shortOf('REVERSAL_EXCEEDED', 'The reversals would be more than the expenditure', { remaining, asked });
}
