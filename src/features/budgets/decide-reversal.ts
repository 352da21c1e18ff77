import { DecisionContext } from '../../command-handling/decider';
import { formatAmount } from '../../kernel/money';
import { notFound, ok } from '../../kernel/refusal';
import { BudgetDecision, CommandOf } from './commands';
import { negativeWithoutReason, provisional } from './line-rules';
import { BudgetRecord, factOfChange } from './record';
import { leftOf } from './reversals';
import { ruleViolation, shortOf } from './rules';

export function reverse(
  record: BudgetRecord,
  { change, amount }: CommandOf<'reverse'>,
  context: DecisionContext,
): BudgetDecision {
  const expenditure = factOfChange(record, change);
  const onRecord = expenditure !== undefined || record.linesByChange.has(change) || record.otherChanges.has(change);
  if (!onRecord) return notFound(`The budget has no change ${change}`);
  if (expenditure?.kind !== 'EXPENDITURE') {
    return ruleViolation('NOT_REVERSIBLE', 'Only an expenditure can be reversed');
  }
  if (expenditure.amount === 0n) return ruleViolation('NOT_REVERSIBLE', 'The expenditure has been withdrawn');
  const remaining = leftOf(record, expenditure);
  if (remaining === 0n) return ruleViolation('EXPENDITURE_REVERSED', 'Nothing is left of the expenditure');
  const asked = amount ?? remaining;
  if (asked > remaining) {
    return shortOf('REVERSAL_EXCEEDED', 'The reversal is more than what is left of the expenditure', {
      remaining,
      asked,
    });
  }
  const { line } = expenditure;
  return (
    negativeWithoutReason(record, undefined, provisional('REVERSAL', line, asked), context) ??
    ok([{ type: 'ExpenditureReversed', data: { expenditure: change, line, amount: formatAmount(asked) } }])
  );
}
