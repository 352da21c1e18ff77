import { Decider, DecisionContext, DecisionOf } from '../../command-handling/decider';
import { yearCode } from '../../kernel/codes';
import { Fen, formatAmount } from '../../kernel/money';
import { badInput, conflict, notFound, ok, Result } from '../../kernel/refusal';
import { formatInstant, Instant } from '../../kernel/time';
import { BudgetApproved, BudgetEvent, BudgetFactCorrected, LineDefinition } from './events';
import { BudgetFact, EntryKind, factKey, postingsOf } from './facts';
import { budgetFold, BudgetRecord, restate, restateAmounts } from './record';
import { ruleViolation } from './rules';

export type BudgetCommand = { readonly department: string; readonly fiscalYear: number } & (
  | { readonly kind: 'approve'; readonly approval: BudgetApproved }
  | { readonly kind: 'supplement'; readonly line: string; readonly amount: Fen; readonly newLine?: LineDefinition }
  | { readonly kind: 'reduce'; readonly line: string; readonly amount: Fen }
  | { readonly kind: 'transfer'; readonly fromLine: string; readonly toLine: string; readonly amount: Fen }
  | {
      readonly kind: 'spend';
      readonly line: string;
      readonly amount: Fen;
      readonly payee?: string;
      readonly memo?: string;
    }
  | { readonly kind: 'reverse'; readonly change: string }
  | {
      readonly kind: 'correct';
      readonly change: string;
      readonly line?: string;
      readonly amount?: Fen;
      readonly effectiveAt?: Instant;
    }
  | { readonly kind: 'close' }
);
type Of<Kind extends BudgetCommand['kind']> = Extract<BudgetCommand, { readonly kind: Kind }>;

type Decision = DecisionOf<BudgetEvent>;

export const budgetDecider: Decider<BudgetRecord, BudgetCommand> = {
  ...budgetFold,
  departmentOf: (_record, { department }) => department,
  references: (command) => (command.kind === 'approve' ? [{ entityType: 'DEPARTMENT', code: command.department }] : []),
  decide(record, command, context): Decision {
    const { department, fiscalYear } = command;
    const budget = yearCode(department, fiscalYear);
    if (command.kind === 'approve') {
      if (record !== undefined) return conflict(`Budget ${budget} is approved already`);
      if (!context.exists({ entityType: 'DEPARTMENT', code: department })) {
        return notFound(`There is no department ${department}`);
      }
      return ok([{ type: 'BudgetApproved', data: command.approval }]);
    }
    if (record === undefined) return notFound(`There is no budget ${budget}`);
    switch (command.kind) {
      case 'supplement':
        return supplement(record, command);
      case 'reduce':
        return reduce(record, command);
      case 'transfer':
        return transfer(record, command);
      case 'spend':
        return spend(record, command, context);
      case 'reverse':
        return reverse(record, command);
      case 'correct':
        return correct(record, command, context);
      case 'close':
        return closed(record) ?? ok([{ type: 'BudgetClosed', data: {} }]);
    }
  },
};

function supplement(record: BudgetRecord, { line, amount, newLine }: Of<'supplement'>): Decision {
  if (newLine === undefined) {
    const missing = lacking(record, line);
    if (missing) return missing;
  } else if (record.lines.has(line)) {
    return conflict(`Line ${line} is there already`);
  }
  return closed(record) ?? ok([{ type: 'BudgetSupplemented', data: { line, amount: formatAmount(amount), newLine } }]);
}

function reduce(record: BudgetRecord, { line, amount }: Of<'reduce'>): Decision {
  return (
    lacking(record, line) ??
    closed(record) ??
    exceeded(record, undefined, provisional('REDUCTION', line, amount)) ??
    ok([{ type: 'BudgetReduced', data: { line, amount: formatAmount(amount) } }])
  );
}

function transfer(record: BudgetRecord, { fromLine, toLine, amount }: Of<'transfer'>): Decision {
  return (
    lacking(record, fromLine) ??
    lacking(record, toLine) ??
    closed(record) ??
    exceeded(record, undefined, { ...provisional('TRANSFER', fromLine, amount), toLine }) ??
    ok([{ type: 'BudgetTransferred', data: { fromLine, toLine, amount: formatAmount(amount) } }])
  );
}

function spend(record: BudgetRecord, command: Of<'spend'>, context: DecisionContext): Decision {
  const { line, amount, payee, memo } = command;
  return (
    lacking(record, line) ??
    closed(record) ??
    outsideFiscalYear(record, context.effectiveAt, context) ??
    exceeded(record, undefined, provisional('EXPENDITURE', line, amount)) ??
    ok([{ type: 'ExpenditureRecorded', data: { line, amount: formatAmount(amount), payee, memo } }])
  );
}

function reverse(record: BudgetRecord, { change }: Of<'reverse'>): Decision {
  const expenditure = factOfChange(record, change);
  const onRecord = expenditure !== undefined || change === record.approval.id || record.otherChanges.has(change);
  if (!onRecord) return notFound(`The budget has no change ${change}`);
  if (expenditure?.kind !== 'EXPENDITURE') {
    return ruleViolation('NOT_REVERSIBLE', 'Only an expenditure can be reversed');
  }
  if (expenditure.reversedBy !== undefined) {
    return ruleViolation('EXPENDITURE_REVERSED', 'The expenditure has been reversed already');
  }
  const { line, amount } = expenditure;
  if (amount === 0n) return ruleViolation('NOT_REVERSIBLE', 'The expenditure has been withdrawn');
  return ok([{ type: 'ExpenditureReversed', data: { expenditure: change, line, amount: formatAmount(amount) } }]);
}

function correct(record: BudgetRecord, command: Of<'correct'>, context: DecisionContext): Decision {
  const { change, amount, effectiveAt } = command;
  const named = factNamed(record, command);
  if (!named.ok) return named;
  const fact = named.value;
  if (fact.kind === 'REVERSAL' && amount !== undefined) {
    return ruleViolation('NOT_CORRECTABLE', 'Of a reversal only the effective date can be corrected');
  }
  if (fact.reversedBy !== undefined) {
    return ruleViolation('EXPENDITURE_REVERSED', 'A reversed expenditure is not corrected any more');
  }
  const correction: BudgetFactCorrected = {
    corrects: change,
    ...(fact.kind === 'OPENING' ? { line: fact.line } : {}),
    ...(amount === undefined ? {} : { amount: formatAmount(amount) }),
    ...(effectiveAt === undefined ? {} : { effectiveAt: formatInstant(effectiveAt) }),
  };
  const restated = restate(fact, correction);
  return (
    (fact.kind === 'EXPENDITURE' ? outsideFiscalYear(record, restated.effectiveAt, context) : undefined) ??
    exceeded(record, fact, restated) ??
    ok([{ type: 'BudgetFactCorrected', data: correction }])
  );
}

/** The fact that a correction names. An approval with several lines has several facts: the correction must name the line too. */
function factNamed(record: BudgetRecord, { change, line }: Of<'correct'>): Result<BudgetFact> {
  if (change === record.approval.id) {
    const { lines } = record.approval;
    const meant = line ?? (lines.length === 1 ? lines[0] : undefined);
    if (meant === undefined) return badInput('/input/line', 'is required: the approval has several amounts');
    const opening = record.facts.get(factKey(change, 'OPENING', meant));
    return opening === undefined ? notFound(`The approval has no line ${meant}`) : ok(opening);
  }
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

/** The fact of a change that records exactly one. A caller may send the key of an opening, which is not the id of a change. */
function factOfChange(record: BudgetRecord, change: string): BudgetFact | undefined {
  const fact = record.facts.get(change);
  return fact?.changeId === change ? fact : undefined;
}

const lacking = (record: BudgetRecord, line: string): Decision | undefined =>
  record.lines.has(line) ? undefined : notFound(`The budget has no line ${line}`);

const closed = (record: BudgetRecord): Decision | undefined =>
  record.closedAt === undefined
    ? undefined
    : ruleViolation('BUDGET_CLOSED', 'A closed budget takes corrections and reversals only');

function outsideFiscalYear(
  { fiscalYear }: BudgetRecord,
  effectiveAt: Instant,
  { calendar }: DecisionContext,
): Decision | undefined {
  if (calendar.isInYear(effectiveAt, fiscalYear)) return undefined;
  return ruleViolation('OUTSIDE_FISCAL_YEAR', `An expenditure of this budget is effective within ${fiscalYear}`);
}

/** Refuses if a line would have more executed than its revised amount, with `after` on record in place of `before`. */
function exceeded(record: BudgetRecord, before: BudgetFact | undefined, after: BudgetFact): Decision | undefined {
  const { lines } = restateAmounts(record, before, after);
  for (const { line } of postingsOf(after)) {
    const totals = lines.get(line)?.totals;
    if (totals !== undefined && totals.opening + totals.adjustment < totals.executed) {
      return ruleViolation('BUDGET_EXCEEDED', `Line ${line} would have more executed than it has`);
    }
  }
  return undefined;
}

/** A fact that is not on record yet. Only its postings are used. */
const provisional = (kind: EntryKind, line: string, amount: Fen): BudgetFact => ({
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
});
