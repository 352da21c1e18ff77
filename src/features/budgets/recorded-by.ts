import { ActionName } from '../../auth/rights';
import { CommandOf } from './commands';
import { EntryKind, keyByLine } from './facts';
import { BudgetRecord, factOf, factOfChange } from './record';

/** The action that records each kind of fact. */
export const RECORDED_BY: Readonly<Record<EntryKind, ActionName>> = {
  OPENING: 'approveBudget',
  SUPPLEMENT: 'supplementBudget',
  REDUCTION: 'reduceBudget',
  TRANSFER: 'transferBudget',
  EXPENDITURE: 'recordExpenditure',
  REVERSAL: 'reverseExpenditure',
  REFUND: 'recordRefund',
  CARRY_OUT: 'carryOverBudget',
  CARRY_IN: 'carryOverBudget',
};

/** The action that recorded the fact that a correction names; undefined if there is no such fact. */
export function correctedFactRecordedBy(
  record: BudgetRecord | undefined,
  { change }: CommandOf<'correct'>,
): ActionName | undefined {
  if (record === undefined) return undefined;
  // All facts of one change are of one kind.
  const [line] = record.linesByChange.get(change) ?? [];
  const fact = line === undefined ? factOfChange(record, change) : factOf(record, keyByLine(change, line));
  return fact === undefined ? undefined : RECORDED_BY[fact.kind];
}
