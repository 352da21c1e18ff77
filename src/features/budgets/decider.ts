import { Decider, DecisionContext } from '../../command-handling/decider';
import { yearCode } from '../../kernel/codes';
import { formatAmount } from '../../kernel/money';
import { conflict, notFound, ok } from '../../kernel/refusal';
import { BudgetCommand, BudgetDecision, CommandOf, Payment } from './commands';
import { carryOver } from './decide-carry-over';
import { correct } from './decide-correction';
import { decideInOrder } from './decide-in-order';
import { reverse } from './decide-reversal';
import { keyByLine } from './facts';
import { budgetFollowUps } from './follow-ups';
import { movementsOf } from './movements';
import {
  closed,
  exceeded,
  excessOf,
  lacking,
  negativeWithoutReason,
  outsideFiscalYear,
  provisional,
} from './line-rules';
import { budgetFold, BudgetRecord, factOf, restateAmounts } from './record';

export const budgetDecider: Decider<BudgetRecord, BudgetCommand> = {
  ...budgetFold,
  departmentOf: (_record, { department }) => department,
  references: (command) => (command.kind === 'approve' ? [{ entityType: 'DEPARTMENT', code: command.department }] : []),
  consulted: enteredYears,
  followUps: budgetFollowUps,
  movementsOf,
  isClosed: (record) => record?.closedAt !== undefined,
  decide(record, command, context): BudgetDecision {
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
      case 'spendMany':
        return spendMany(record, command, context);
      case 'refund':
        return refund(record, command, context);
      case 'reverse':
        return reverse(record, command, context);
      case 'correct':
        return correct(record, command, context);
      case 'carryOver':
        return carryOver(record, command, context);
      case 'close':
        return closed(record) ?? ok([{ type: 'BudgetClosed', data: {} }]);
    }
  },
};

/** The budget of the year that a carry-over enters. */
function enteredYears(record: BudgetRecord | undefined, command: BudgetCommand): readonly string[] {
  if (command.kind === 'carryOver') return [yearCode(command.department, command.toFiscalYear)];
  if (command.kind !== 'correct' || record === undefined) return [];
  const [line] = record.linesByChange.get(command.change) ?? [];
  if (line === undefined) return [];
  const { kind, counterpart } = factOf(record, keyByLine(command.change, line));
  return kind === 'CARRY_OUT' && counterpart !== undefined
    ? [yearCode(command.department, counterpart.fiscalYear)]
    : [];
}

function supplement(record: BudgetRecord, { line, amount, newLine }: CommandOf<'supplement'>): BudgetDecision {
  if (newLine === undefined) {
    const missing = lacking(record, line);
    if (missing) return missing;
  } else if (record.lines.has(line)) {
    return conflict(`Line ${line} is there already`);
  }
  return closed(record) ?? ok([{ type: 'BudgetSupplemented', data: { line, amount: formatAmount(amount), newLine } }]);
}

function reduce(record: BudgetRecord, { line, amount }: CommandOf<'reduce'>): BudgetDecision {
  return (
    lacking(record, line) ??
    closed(record) ??
    exceeded(excessOf(record, undefined, provisional('REDUCTION', line, amount))) ??
    ok([{ type: 'BudgetReduced', data: { line, amount: formatAmount(amount) } }])
  );
}

function transfer(record: BudgetRecord, { fromLine, toLine, amount }: CommandOf<'transfer'>): BudgetDecision {
  return (
    lacking(record, fromLine) ??
    lacking(record, toLine) ??
    closed(record) ??
    exceeded(excessOf(record, undefined, { ...provisional('TRANSFER', fromLine, amount), toLine })) ??
    ok([{ type: 'BudgetTransferred', data: { fromLine, toLine, amount: formatAmount(amount) } }])
  );
}

function spend(record: BudgetRecord, payment: Payment, context: DecisionContext): BudgetDecision {
  const { line, amount, payee, memo } = payment;
  const refusal = lacking(record, line) ?? closed(record) ?? outsideFiscalYear(record, context.effectiveAt, context);
  if (refusal) return refusal;
  const excess = excessOf(record, undefined, provisional('EXPENDITURE', line, amount));
  const overrun = excess === undefined ? {} : ({ overrun: true } as const);
  return (
    exceeded(excess, payment, context) ??
    ok([{ type: 'ExpenditureRecorded', data: { line, amount: formatAmount(amount), payee, memo, ...overrun } }])
  );
}

const spendMany = (record: BudgetRecord, { items }: CommandOf<'spendMany'>, context: DecisionContext): BudgetDecision =>
  decideInOrder(record, items, (before, item) => {
    const { effectiveAt = context.effectiveAt, documentNo, evidence } = item;
    const decision = spend(before, item, { ...context, effectiveAt });
    if (!decision.ok) return decision;
    const facts = decision.value.map((fact) => ({ ...fact, origin: { effectiveAt, documentNo, evidence } }));
    const after = restateAmounts(before, undefined, provisional('EXPENDITURE', item.line, item.amount));
    return ok({ facts, record: { ...before, ...after } });
  });

function refund(record: BudgetRecord, command: CommandOf<'refund'>, context: DecisionContext): BudgetDecision {
  const { line, amount, payer, memo } = command;
  return (
    lacking(record, line) ??
    closed(record) ??
    outsideFiscalYear(record, context.effectiveAt, context) ??
    negativeWithoutReason(record, undefined, provisional('REFUND', line, amount), context) ??
    ok([{ type: 'RefundRecorded', data: { line, amount: formatAmount(amount), payer, memo } }])
  );
}
