import { Movement } from '../../command-handling/four-eyes/rules';
import { NewEvent } from '../../event-store/envelope';
import { readYuan } from '../../kernel/money';
import { BudgetEvent, BudgetFactCorrected } from './events';
import { EntryKind } from './facts';
import { RECORDED_BY } from './recorded-by';
import { BudgetRecord, correctedKey, factOf } from './record';

type Recorded = { readonly [Type in BudgetEvent['type']]: Pick<Extract<BudgetEvent, { type: Type }>, 'type' | 'data'> };

/** What an event moves, for the rules on what needs a second person. A carry-in follows its carry-out, and moves nothing of its own. */
export function movementsOf(
  record: BudgetRecord | undefined,
  event: Pick<NewEvent, 'type' | 'data'>,
): readonly Movement[] {
  const { type, data } = event as unknown as Recorded[BudgetEvent['type']];
  switch (type) {
    case 'BudgetApproved':
      return data.lines.map(({ code, amount }) => newFact('OPENING', [code], amount));
    case 'BudgetSupplemented':
      return [newFact('SUPPLEMENT', [data.line], data.amount)];
    case 'BudgetReduced':
      return [newFact('REDUCTION', [data.line], data.amount)];
    case 'BudgetTransferred':
      return [newFact('TRANSFER', [data.fromLine, data.toLine], data.amount)];
    case 'ExpenditureRecorded':
      return [newFact('EXPENDITURE', [data.line], data.amount)];
    case 'ExpenditureReversed':
      return [newFact('REVERSAL', [data.line], data.amount)];
    case 'RefundRecorded':
      return [newFact('REFUND', [data.line], data.amount)];
    case 'BudgetCarriedOut':
      return data.lines.map(({ line, amount }) => newFact('CARRY_OUT', [line], amount));
    case 'BudgetFactCorrected':
      return record === undefined || data.follows !== undefined ? [] : [correction(record, data)];
    case 'BudgetCarriedIn':
    case 'BudgetClosed':
      return [];
  }
}

/** An expenditure may be recorded with others at once. */
const ACTIONS_OF: Partial<Record<EntryKind, readonly string[]>> = {
  EXPENDITURE: [RECORDED_BY.EXPENDITURE, 'recordExpenditures'],
};

const newFact = (kind: EntryKind, lines: readonly string[], amount: string): Movement => ({
  as: RECORDED_BY[kind],
  by: ACTIONS_OF[kind] ?? [RECORDED_BY[kind]],
  lines,
  amount: readYuan(amount),
  raises: true,
});

/** It moves the difference. If it gives another date only, it moves nothing. */
function correction(record: BudgetRecord, data: BudgetFactCorrected): Movement {
  const { kind, line, toLine, amount: before } = factOf(record, correctedKey(data));
  const after = data.amount === undefined ? before : readYuan(data.amount);
  const difference = after - before;
  return {
    as: RECORDED_BY[kind],
    by: ['correctBudgetFact'],
    lines: toLine === undefined ? [line] : [line, toLine],
    amount: difference < 0n ? -difference : difference,
    raises: difference > 0n,
  };
}
