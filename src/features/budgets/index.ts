import { mutationsOf } from '../../graphql/action-mutations';
import { Feature } from '../feature';
import { budgetActions } from './actions';
import { budgetEventTypes } from './events';
import { AmountsResolver } from './graphql/amounts';
import { BudgetPayload } from './graphql/budget';
import { CarryOverFields, CarryOverPayload } from './graphql/carry-overs';
import { TotalsQueries } from './graphql/totals';
import { BudgetFields, BudgetQueries, DepartmentBudgetFields, loadBudget } from './graphql/queries';
import { budgetProjection } from './projection';
import { budgetLineage } from './readings';
import { BUDGET_RULES } from './rules';
import { entryTable } from './entry-table';
import { lineTable } from './line-table';
import { budgetTable } from './table';

const { carryOver, ...onOneBudget } = budgetActions;

export const budgets: Feature = {
  entity: {
    type: 'BUDGET',
    category: 'budget',
    description: '部门预算。The budget of a department for one fiscal year, named DEPARTMENT.YEAR.',
  },
  eventTypes: budgetEventTypes,
  projection: budgetProjection,
  lineage: budgetLineage,
  homes: {
    documents: { BUDGET: 'CODE', BUDGET_LINE: 'CODE' },
    collections: { BUDGET: 'MEMBERS', 'BUDGET_LINE/': 'NAME' },
  },
  rules: BUDGET_RULES,
  actions: budgetActions,
  nodes: { BUDGET: { load: (scope, { code }) => loadBudget(scope, code) } },
  tables: [budgetTable, lineTable, entryTable],
  resolvers: [
    BudgetQueries,
    TotalsQueries,
    BudgetFields,
    AmountsResolver,
    DepartmentBudgetFields,
    CarryOverFields,
    mutationsOf(onOneBudget, BudgetPayload),
    mutationsOf({ carryOver }, CarryOverPayload),
  ],
};
