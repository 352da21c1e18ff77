import { Feature } from '../feature';
import { budgetEventTypes } from './events';
import { AmountsResolver } from './graphql/amounts';
import { BudgetMutations } from './graphql/mutations';
import { BudgetFields, BudgetQueries, DepartmentBudgetFields, loadBudget } from './graphql/queries';
import { budgetLineage } from './readings';
import { budgetProjection } from './projection';

export const budgets: Feature = {
  eventTypes: budgetEventTypes,
  projection: budgetProjection,
  lineage: budgetLineage,
  resolvers: [BudgetQueries, BudgetFields, AmountsResolver, DepartmentBudgetFields, BudgetMutations],
  nodes: { BUDGET: (scope, { code }) => loadBudget(scope, code) },
};
