import { correctedFactRecordedBy } from '../../../src/features/budgets/recorded-by';
import { DatedFact } from '../../support/specification';
import {
  approved,
  closed,
  corrected,
  recordOf,
  reduced,
  refunded,
  reversed,
  spent,
  supplemented,
  transferred,
} from './history';

/** By whose right a correction is judged. */

const carriedOut: DatedFact = {
  type: 'BudgetCarriedOut',
  data: { toFiscalYear: 2024, lines: [{ line: 'L1', amount: '1.00', toLine: 'L1' }] },
  on: '2024-01-01',
};
const carriedIn: DatedFact = {
  type: 'BudgetCarriedIn',
  data: { carryOut: 'x', fromFiscalYear: 2022, lines: [{ line: 'L1', amount: '1.00', fromLine: 'L1' }] },
  on: '2023-01-01',
};
const HISTORY: readonly (readonly [DatedFact, string | undefined])[] = [
  [approved(), 'approveBudget'],
  [supplemented('L1', '10.00'), 'supplementBudget'],
  [reduced('L1', '5.00'), 'reduceBudget'],
  [transferred('L1', 'L2', '5.00'), 'transferBudget'],
  [spent('L1', '20.00'), 'recordExpenditure'],
  [reversed('event-4', 'L1', '20.00'), 'reverseExpenditure'],
  [refunded('L1', '1.00'), 'recordRefund'],
  [carriedIn, 'carryOverBudget'],
  [corrected('event-1', { amount: '11.00' }), undefined],
  [closed(), undefined],
  [carriedOut, 'carryOverBudget'],
];

test.each(HISTORY.map(([{ type }, action], index) => ({ type, action, change: `event-${index}` })))(
  'a correction of $type needs the right of $action',
  ({ action, change }) => {
    const record = recordOf(...HISTORY.map(([fact]) => fact));
    const correction = { kind: 'correct', department: 'D1', fiscalYear: 2023, change, amount: 1n } as const;
    expect(correctedFactRecordedBy(record, correction)).toBe(action);
  },
);

test.each([
  ['no budget', undefined],
  ['a budget without the change', recordOf(approved())],
])('a correction in %s is left to the decider', (_what, record) => {
  const correction = { kind: 'correct', department: 'D1', fiscalYear: 2023, change: 'x', amount: 1n } as const;
  expect(correctedFactRecordedBy(record, correction)).toBeUndefined();
});
