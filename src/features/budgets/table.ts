import { flag, optional } from '../../input/fields';
import { inputObject, ValueOf } from '../../input/field';
import { allOf, is } from '../../reading/entity-filter';
import { formatAmount } from '../../kernel/money';
import { Loaded, Scope } from '../../reading/scope';
import { pagesOfTable } from '../../reading/tables/entities';
import { Table } from '../../reading/tables/table';
import { fiscalYearFilter } from '../shared/fields';
import { departmentsFilter } from '../shared/list-arguments';
import { DEPARTMENTS, departmentsIn, REVISION_COLUMNS } from '../shared/table-columns';
import { budgetLineage, budgetReading } from './readings';
import { BudgetView, carriedOutIn, derivedAmounts } from './views';

/** Which budgets a list has. */
export const BUDGET_FILTER = {
  departments: departmentsFilter,
  fiscalYear: fiscalYearFilter,
  closed: optional(
    flag(
      'true：仅限已关账的预算；false：仅限未关账的预算；不填则不限。true: only closed budgets; false: only others; left out: all.',
    ),
  ),
};

export const BUDGET_TABLE_FILTER = { ...DEPARTMENTS, ...BUDGET_FILTER };
type BudgetFilter = ValueOf<typeof BUDGET_TABLE_FILTER>;

/** The budgets that match, in pages. */
export const budgetsIn = (scope: Scope, filter: BudgetFilter): AsyncIterable<readonly Loaded<BudgetView>[]> =>
  pagesOfTable(scope, budgetReading, budgetLineage, {
    departments: departmentsIn(filter),
    condition: allOf<BudgetView>(
      is(filter.fiscalYear, (budget) => budget.fiscalYear),
      is(filter.closed, (budget) => budget.closed),
    ),
  });

export const budgetTable: Table<Loaded<BudgetView>, BudgetFilter> = {
  name: 'budgets',
  filter: inputObject('', '', BUDGET_TABLE_FILTER),
  columns: [
    { name: 'code', type: 'TEXT', valueOf: ({ entity }) => entity.code },
    { name: 'department', type: 'TEXT', valueOf: ({ view }) => view.department },
    { name: 'fiscalYear', type: 'INTEGER', valueOf: ({ view }) => view.fiscalYear },
    { name: 'closed', type: 'BOOLEAN', valueOf: ({ view }) => view.closed },
    { name: 'opening', type: 'MONEY', valueOf: ({ view }) => view.opening },
    { name: 'adjustment', type: 'MONEY', valueOf: ({ view }) => view.adjustment },
    { name: 'revised', type: 'MONEY', valueOf: ({ view }) => derivedAmounts(view).revised },
    { name: 'executed', type: 'MONEY', valueOf: ({ view }) => view.executed },
    { name: 'remaining', type: 'MONEY', valueOf: ({ view }) => derivedAmounts(view).remaining },
    { name: 'executionRate', type: 'DECIMAL', valueOf: ({ view }) => derivedAmounts(view).executionRate },
    { name: 'carriedOut', type: 'MONEY', valueOf: ({ view }) => formatAmount(carriedOutIn(view)) },
    { name: 'goals', type: 'JSON', valueOf: ({ view }) => view.goals },
    ...REVISION_COLUMNS,
  ],
  departments: departmentsIn,
  rows: budgetsIn,
};
