import { Feature } from '../feature';
import { budgetEventTypes } from './events';
import { AmountsResolver } from './graphql/amounts';
import { BudgetMutations } from './graphql/mutations';
import { BudgetFields, BudgetQueries, DepartmentBudgetFields, loadBudget } from './graphql/queries';
import { budgetTracer } from './graphql/tracer';
import { budgetProjection } from './projection';

export const budgets: Feature = {
  eventTypes: budgetEventTypes,
  projection: budgetProjection,
  tracer: budgetTracer,
  resolvers: [BudgetQueries, BudgetFields, AmountsResolver, DepartmentBudgetFields, BudgetMutations],
  nodes: { BUDGET: (scope, { code }) => loadBudget(scope, code) },
};
