import { Decider, DecisionContext } from '../../command-handling/decider';
import { yearCode } from '../../kernel/codes';
import { formatAmount } from '../../kernel/money';
import { conflict, notFound, ok } from '../../kernel/refusal';
import { BudgetCommand, BudgetDecision, CommandOf } from './commands';
import { correct } from './decide-correction';
import { reverse } from './decide-reversal';
import { closed, exceeded, lacking, outsideFiscalYear, provisional } from './line-rules';
import { budgetFold, BudgetRecord } from './record';

export const budgetDecider: Decider<BudgetRecord, BudgetCommand> = {
  ...budgetFold,
  departmentOf: (_record, { department }) => department,
  references: (command) => (command.kind === 'approve' ? [{ entityType: 'DEPARTMENT', code: command.department }] : []),
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
      case 'reverse':
        return reverse(record, command);
      case 'correct':
        return correct(record, command, context);
      case 'close':
        return closed(record) ?? ok([{ type: 'BudgetClosed', data: {} }]);
    }
  },
};

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
    exceeded(record, undefined, provisional('REDUCTION', line, amount)) ??
    ok([{ type: 'BudgetReduced', data: { line, amount: formatAmount(amount) } }])
  );
}

function transfer(record: BudgetRecord, { fromLine, toLine, amount }: CommandOf<'transfer'>): BudgetDecision {
  return (
    lacking(record, fromLine) ??
    lacking(record, toLine) ??
    closed(record) ??
    exceeded(record, undefined, { ...provisional('TRANSFER', fromLine, amount), toLine }) ??
    ok([{ type: 'BudgetTransferred', data: { fromLine, toLine, amount: formatAmount(amount) } }])
  );
}

function spend(record: BudgetRecord, command: CommandOf<'spend'>, context: DecisionContext): BudgetDecision {
  const { line, amount, payee, memo } = command;
  return (
    lacking(record, line) ??
    closed(record) ??
    outsideFiscalYear(record, context.effectiveAt, context) ??
    exceeded(record, undefined, provisional('EXPENDITURE', line, amount)) ??
    ok([{ type: 'ExpenditureRecorded', data: { line, amount: formatAmount(amount), payee, memo } }])
  );
}
