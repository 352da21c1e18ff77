import { factTime, given } from '../../../graphql/command-input';
import { Fen, formatAmount } from '../../../kernel/money';
import { LedgerCalendar } from '../../../kernel/time';
import { BudgetCommand } from '../decider';
import { AmountInput, fenGiven } from './input-checks';
import { lineDefinition } from './line-inputs';
import {
  ApproveBudgetInput,
  CorrectBudgetFactInput,
  RecordExpenditureInput,
  ReduceBudgetInput,
  SupplementBudgetInput,
  TransferBudgetInput,
} from './inputs';

/** Validated inputs as commands. */

export function approval(input: ApproveBudgetInput): BudgetCommand {
  const { department, fiscalYear, unit, goals } = input;
  const lines = input.lines.map((line) => ({
    ...lineDefinition(line),
    amount: formatAmount(fenGiven(line.amount, unit)),
  }));
  const approved = { department, fiscalYear, goals: goals ?? [], lines };
  return { kind: 'approve', department, fiscalYear, approval: approved };
}

export function supplement(input: SupplementBudgetInput): BudgetCommand {
  const { line, newLine } = input;
  const definition = newLine ? lineDefinition(newLine) : undefined;
  return { kind: 'supplement', ...budgetOf(input), line, amount: amountOf(input), newLine: definition };
}

export const reduction = (input: ReduceBudgetInput): BudgetCommand => ({
  kind: 'reduce',
  ...budgetOf(input),
  line: input.line,
  amount: amountOf(input),
});

export function transfer(input: TransferBudgetInput): BudgetCommand {
  const { fromLine, toLine } = input;
  return { kind: 'transfer', ...budgetOf(input), fromLine, toLine, amount: amountOf(input) };
}

export const expenditure = (input: RecordExpenditureInput): BudgetCommand => ({
  kind: 'spend',
  ...budgetOf(input),
  line: input.line,
  amount: amountOf(input),
  payee: given(input.payee),
  memo: given(input.memo),
});

export function correction(input: CorrectBudgetFactInput, calendar: LedgerCalendar): BudgetCommand {
  const { change, unit } = input;
  const text = given(input.amount);
  const amount = text === undefined ? undefined : fenGiven(text, unit);
  const effectiveAt = factTime(input.correctEffectiveAt, calendar);
  return { kind: 'correct', ...budgetOf(input), change, line: given(input.line), amount, effectiveAt };
}

const budgetOf = ({ department, fiscalYear }: { department: string; fiscalYear: number }) => ({
  department,
  fiscalYear,
});

const amountOf = ({ amount, unit }: AmountInput): Fen => fenGiven(amount, unit);
