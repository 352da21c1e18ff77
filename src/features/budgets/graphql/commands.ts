import { factTime, given } from '../../../graphql/command-input';
import { Fen, formatAmount, MoneyUnit, parseAmount } from '../../../kernel/money';
import { badInput, ok, refused, Result, Violation } from '../../../kernel/refusal';
import { LedgerCalendar } from '../../../kernel/time';
import { BudgetCommand } from '../decider';
import {
  ApproveBudgetInput,
  CorrectBudgetFactInput,
  RecordExpenditureInput,
  ReduceBudgetInput,
  SupplementBudgetInput,
  TransferBudgetInput,
} from './inputs';
import { lineDefinition } from './line-inputs';

/** Validated inputs as commands; what is wrong with the input alone and needs more than one field to see is refused here. */

type Parsed = Result<BudgetCommand>;
type Unit = MoneyUnit | null | undefined;

export function approval(input: ApproveBudgetInput): Parsed {
  const { department, fiscalYear, goals } = input;
  const violations: Violation[] = [];
  const seen = new Set<string>();
  const lines = input.lines.map((line, index) => {
    const path = `/input/lines/${index}`;
    if (seen.has(line.code)) violations.push({ path: `${path}/code`, message: 'stands in the approval twice' });
    seen.add(line.code);
    const amount = parseAmount(line.amount, input.unit ?? 'YUAN');
    if ('problem' in amount) violations.push({ path: `${path}/amount`, message: amount.problem });
    return { ...lineDefinition(line), amount: 'fen' in amount ? formatAmount(amount.fen) : '' };
  });
  if (violations.length > 0) return refused({ kind: 'BAD_USER_INPUT', violations });
  const approved = { department, fiscalYear, goals: goals ?? [], lines };
  return ok({ kind: 'approve', department, fiscalYear, approval: approved });
}

export function supplement(input: SupplementBudgetInput): Parsed {
  const { department, fiscalYear, line, newLine } = input;
  if (newLine && newLine.code !== line) return badInput('/input/newLine/code', 'must be the same as line');
  return withAmount(input, (amount) => ({
    kind: 'supplement',
    department,
    fiscalYear,
    line,
    amount,
    newLine: newLine ? lineDefinition(newLine) : undefined,
  }));
}

export const reduction = (input: ReduceBudgetInput): Parsed =>
  withAmount(input, (amount) => ({ kind: 'reduce', ...budgetOf(input), line: input.line, amount }));

export function transfer(input: TransferBudgetInput): Parsed {
  const { fromLine, toLine } = input;
  if (fromLine === toLine) return badInput('/input/toLine', 'must be another line than fromLine');
  return withAmount(input, (amount) => ({ kind: 'transfer', ...budgetOf(input), fromLine, toLine, amount }));
}

export const expenditure = (input: RecordExpenditureInput): Parsed =>
  withAmount(input, (amount) => ({
    kind: 'spend',
    ...budgetOf(input),
    line: input.line,
    amount,
    payee: given(input.payee),
    memo: given(input.memo),
  }));

export function correction(input: CorrectBudgetFactInput, calendar: LedgerCalendar): Parsed {
  const { change } = input;
  const effectiveAt = factTime(input.correctEffectiveAt, calendar);
  const text = given(input.amount);
  if (text === undefined && effectiveAt === undefined) {
    return badInput('/input', 'must give the right amount, the right effective date, or both');
  }
  const amount = text === undefined ? undefined : amountOf(text, input.unit);
  if (amount !== undefined && !amount.ok) return amount;
  const line = given(input.line);
  return ok({ kind: 'correct', ...budgetOf(input), change, line, amount: amount?.value, effectiveAt });
}

const budgetOf = ({ department, fiscalYear }: { department: string; fiscalYear: number }) => ({
  department,
  fiscalYear,
});

/** Zero is legal in an approval and in a correction alone. */
function withAmount(input: { amount: string; unit?: Unit }, command: (amount: Fen) => BudgetCommand): Parsed {
  const amount = amountOf(input.amount, input.unit);
  if (!amount.ok) return amount;
  return amount.value === 0n ? badInput('/input/amount', 'must be more than 0') : ok(command(amount.value));
}

function amountOf(text: string, unit: Unit): Result<Fen> {
  const amount = parseAmount(text, unit ?? 'YUAN');
  return 'fen' in amount ? ok(amount.fen) : badInput('/input/amount', amount.problem);
}
