import { given } from '../../../graphql/command-input';
import { judgeWhole } from '../../../graphql/input-checks';
import { Fen, MoneyUnit, parseAmount } from '../../../kernel/money';
import { Violation } from '../../../kernel/refusal';
import {
  ApproveBudgetInput,
  CorrectBudgetFactInput,
  RecordExpenditureInput,
  ReduceBudgetInput,
  SupplementBudgetInput,
  TransferBudgetInput,
} from './inputs';

/** What takes more than one field of an input to see. */

export interface AmountInput {
  readonly amount: string;
  readonly unit?: MoneyUnit | null;
}

/** The amount of a validated input. */
export function fenGiven(text: string, unit: MoneyUnit | null | undefined): Fen {
  const amount = parseAmount(text, unit ?? 'YUAN');
  if ('problem' in amount) throw new Error(`${text} has not been validated`);
  return amount.fen;
}

judgeWhole(ApproveBudgetInput, function* ({ lines, unit }) {
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (seen.has(line.code)) yield { path: `/lines/${index}/code`, message: 'is in the approval twice' };
    seen.add(line.code);
    yield* amountViolations(`/lines/${index}/amount`, line.amount, unit);
  }
});

judgeWhole(SupplementBudgetInput, function* (input) {
  yield* positiveAmount(input);
  const { line, newLine } = input;
  if (newLine && newLine.code !== line) yield { path: '/newLine/code', message: 'must be the same as line' };
});

judgeWhole(TransferBudgetInput, function* (input) {
  const { fromLine, toLine } = input;
  if (fromLine === toLine) yield { path: '/toLine', message: 'must be another line than fromLine' };
  yield* positiveAmount(input);
});

judgeWhole(ReduceBudgetInput, positiveAmount);
judgeWhole(RecordExpenditureInput, positiveAmount);

judgeWhole(CorrectBudgetFactInput, function* ({ amount, unit, correctEffectiveAt }) {
  const text = given(amount);
  if (text !== undefined) yield* amountViolations('/amount', text, unit);
  else if (given(correctEffectiveAt) === undefined) {
    yield { path: '', message: 'must give the right amount, the right effective date, or both' };
  }
});

/** Zero is legal only in an approval and in a correction. */
function* positiveAmount({ amount, unit }: AmountInput): Iterable<Violation> {
  const parsed = parseAmount(amount, unit ?? 'YUAN');
  if ('problem' in parsed) yield { path: '/amount', message: parsed.problem };
  else if (parsed.fen === 0n) yield { path: '/amount', message: 'must be more than 0' };
}

function* amountViolations(path: string, text: string, unit: MoneyUnit | null | undefined): Iterable<Violation> {
  const amount = parseAmount(text, unit ?? 'YUAN');
  if ('problem' in amount) yield { path, message: amount.problem };
}
