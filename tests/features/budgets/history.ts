import { BudgetCommand, Overrunning } from '../../../src/features/budgets/commands';
import { budgetDecider } from '../../../src/features/budgets/decider';
import { BudgetApproved, BudgetEvent, LineDefinition } from '../../../src/features/budgets/events';
import { Fen, parseAmount } from '../../../src/kernel/money';
import { formatInstant } from '../../../src/kernel/time';
import { day, specificationOf, DatedFact } from '../../support/specification';

/** Histories of one budget, D1.2023, in the words of the rules. Amounts are in yuan. */

const factOf = (type: BudgetEvent['type'], data: object, on: string): DatedFact => ({ type, data, on });

export const line = (code: string): LineDefinition => ({
  code,
  name: `明细 ${code}`,
  fundSource: 'GENERAL_PUBLIC_BUDGET',
  vintage: 'CURRENT_YEAR',
  expenditureKind: 'UNSPECIFIED',
});

/** The first event of each history: `event-0`. */
export const approval = (amounts: Readonly<Record<string, string>>): BudgetApproved => ({
  department: 'D1',
  fiscalYear: 2023,
  goals: ['数据共享'],
  lines: Object.entries(amounts).map(([code, amount]) => ({ ...line(code), amount })),
});
export const approved = (
  amounts: Readonly<Record<string, string>> = { L1: '100.00', L2: '50.00' },
  on = '2023-02-10',
) => factOf('BudgetApproved', approval(amounts), on);
export const supplemented = (code: string, amount: string, on = '2023-07-01') =>
  factOf('BudgetSupplemented', { line: code, amount }, on);
export const lineAdded = (code: string, amount: string, on = '2023-07-01') =>
  factOf('BudgetSupplemented', { line: code, amount, newLine: line(code) }, on);
export const reduced = (code: string, amount: string, on = '2023-08-01') =>
  factOf('BudgetReduced', { line: code, amount }, on);
export const transferred = (fromLine: string, toLine: string, amount: string, on = '2023-09-01') =>
  factOf('BudgetTransferred', { fromLine, toLine, amount }, on);
export const spent = (code: string, amount: string, on = '2023-06-01') =>
  factOf('ExpenditureRecorded', { line: code, amount }, on);
export const reversed = (expenditure: string, code: string, amount: string, on = '2023-10-01') =>
  factOf('ExpenditureReversed', { expenditure, line: code, amount }, on);
export const overran = (code: string, amount: string, on = '2023-06-01') =>
  factOf('ExpenditureRecorded', { line: code, amount, overrun: true }, on);
export const refunded = (code: string, amount: string, on = '2023-06-15') =>
  factOf('RefundRecorded', { line: code, amount }, on);
export const closed = (on = '2023-12-31') => factOf('BudgetClosed', {}, on);
/** `to` is the right effective date. */
export const corrected = (
  corrects: string,
  { to, ...parts }: { line?: string; amount?: string; to?: string; overrun?: true },
) =>
  factOf(
    'BudgetFactCorrected',
    { corrects, ...parts, ...(to === undefined ? {} : { effectiveAt: formatInstant(day(to)) }) },
    '2023-11-01',
  );

export const fen = (yuan: string): Fen => {
  const parsed = parseAmount(yuan);
  if ('problem' in parsed) throw new Error(`${yuan} ${parsed.problem}`);
  return parsed.fen;
};

const BUDGET = { department: 'D1', fiscalYear: 2023 } as const;
/** `to` is the right effective date. */
interface Correction extends Overrunning {
  readonly line?: string;
  readonly amount?: string;
  readonly to?: string;
}
export const command = {
  approve: (amounts: Readonly<Record<string, string>>): BudgetCommand => ({
    ...BUDGET,
    kind: 'approve',
    approval: approval(amounts),
  }),
  supplement: (code: string, amount: string): BudgetCommand => ({
    ...BUDGET,
    kind: 'supplement',
    line: code,
    amount: fen(amount),
  }),
  addLine: (code: string, amount: string): BudgetCommand => ({
    ...BUDGET,
    kind: 'supplement',
    line: code,
    amount: fen(amount),
    newLine: line(code),
  }),
  reduce: (code: string, amount: string): BudgetCommand => ({
    ...BUDGET,
    kind: 'reduce',
    line: code,
    amount: fen(amount),
  }),
  transfer: (fromLine: string, toLine: string, amount: string): BudgetCommand => ({
    ...BUDGET,
    kind: 'transfer',
    fromLine,
    toLine,
    amount: fen(amount),
  }),
  spend: (code: string, amount: string, more: Overrunning = {}): BudgetCommand => ({
    ...BUDGET,
    kind: 'spend',
    line: code,
    amount: fen(amount),
    ...more,
  }),
  spendMany: (...items: (readonly [code: string, amount: string, on?: string])[]): BudgetCommand => ({
    ...BUDGET,
    kind: 'spendMany',
    items: items.map(([code, amount, on]) => ({
      line: code,
      amount: fen(amount),
      effectiveAt: on === undefined ? undefined : day(on),
    })),
  }),
  refund: (code: string, amount: string): BudgetCommand => ({
    ...BUDGET,
    kind: 'refund',
    line: code,
    amount: fen(amount),
  }),
  reverse: (change: string, amount?: string): BudgetCommand => ({
    ...BUDGET,
    kind: 'reverse',
    change,
    amount: amount === undefined ? undefined : fen(amount),
  }),
  correct: (change: string, { line: code, amount, to, overrun }: Correction): BudgetCommand => ({
    ...BUDGET,
    kind: 'correct',
    change,
    line: code,
    amount: amount === undefined ? undefined : fen(amount),
    effectiveAt: to === undefined ? undefined : day(to),
    overrun,
  }),
  close: { ...BUDGET, kind: 'close' } as BudgetCommand,
};

export const { recordOf, given } = specificationOf(budgetDecider, {
  today: '2023-11-15',
  existing: [{ entityType: 'DEPARTMENT', code: 'D1' }],
});
