import { FieldSource } from '../../blame/figure-source';
import { YearBudgetQuery } from '../../generated/documents';
import { Year } from './year';

export type BudgetOfYear = NonNullable<NonNullable<YearBudgetQuery['asOf']>['budget']>;

/** Where a figure of the budget comes from. */
export const budgetField = ({ department, fiscalYear }: Year, path: string): FieldSource => ({
  kind: 'field',
  entityType: 'BUDGET',
  entity: `${department}.${String(fiscalYear)}`,
  path,
});
