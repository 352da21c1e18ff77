import type { ChangeToCorrectQuery } from '../../generated/documents';
import { Text } from '../../language/language';
import { formatDecimal, UNIT_SIGNS } from '../../language/money';

export type Change = NonNullable<ChangeToCorrectQuery['changes']>['nodes'][number];

/** Facts of a budget that `correctBudgetFact` takes. */
export const BUDGET_FACTS = [
  'BudgetApproved',
  'BudgetSupplemented',
  'BudgetReduced',
  'BudgetTransferred',
  'BudgetCarriedIn',
  'BudgetCarriedOut',
  'ExpenditureRecorded',
  'ExpenditureReversed',
  'RefundRecorded',
] as const;
export const OBSERVATIONS = ['ObservationRecorded'] as const;

export const CORRECTABLE: readonly string[] = [...BUDGET_FACTS, ...OBSERVATIONS];

export const isBudgetFact = (type: string): boolean => BUDGET_FACTS.some((known) => known === type);
export const isObservation = (type: string): boolean => OBSERVATIONS.some((known) => known === type);

/** The position before: the feed begins after it. Nothing is before 0. */
export const before = (position: string): string => String(BigInt(position) - (BigInt(position) > 0n ? 1n : 0n));

/** The amount, with its unit, or the value in the data of a fact; undefined if it has none of its own. */
export function figureText(data: unknown, say: (text: Text) => string): string | undefined {
  const { amount, value } = (data ?? {}) as { readonly amount?: unknown; readonly value?: unknown };
  if (typeof amount === 'string') return `${formatDecimal(amount)} ${say(UNIT_SIGNS.YUAN)}`;
  return typeof value === 'string' ? formatDecimal(value) : undefined;
}
