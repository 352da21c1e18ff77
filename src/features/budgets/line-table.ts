import { inputObject, ValueOf } from '../../input/field';
import { formatAmount } from '../../kernel/money';
import { Loaded, Scope } from '../../reading/scope';
import { Table } from '../../reading/tables/table';
import { departmentsIn } from '../shared/table-columns';
import { loadLines } from './lines';
import { BUDGET_TABLE_FILTER, budgetsIn } from './table';
import { BudgetLineView, BudgetView, carriedOutIn, derivedAmounts } from './views';

interface LineRow {
  readonly budget: Loaded<BudgetView>;
  readonly line: BudgetLineView;
}

type Filter = ValueOf<typeof BUDGET_TABLE_FILTER>;

export const lineTable: Table<LineRow, Filter> = {
  name: 'lines',
  filter: inputObject('', '', BUDGET_TABLE_FILTER),
  columns: [
    { name: 'budget', type: 'TEXT', valueOf: ({ budget }) => budget.entity.code },
    { name: 'department', type: 'TEXT', valueOf: ({ budget }) => budget.view.department },
    { name: 'fiscalYear', type: 'INTEGER', valueOf: ({ budget }) => budget.view.fiscalYear },
    { name: 'code', type: 'TEXT', valueOf: ({ line }) => line.definition.code },
    { name: 'name', type: 'TEXT', valueOf: ({ line }) => line.definition.name },
    { name: 'fundSource', type: 'TEXT', valueOf: ({ line }) => line.definition.fundSource },
    { name: 'vintage', type: 'TEXT', valueOf: ({ line }) => line.definition.vintage },
    { name: 'expenditureKind', type: 'TEXT', valueOf: ({ line }) => line.definition.expenditureKind },
    { name: 'functionCode', type: 'TEXT', valueOf: ({ line }) => line.definition.functionCode },
    { name: 'economicCode', type: 'TEXT', valueOf: ({ line }) => line.definition.economicCode },
    { name: 'projectCode', type: 'TEXT', valueOf: ({ line }) => line.definition.projectCode },
    { name: 'opening', type: 'MONEY', valueOf: ({ line }) => line.opening },
    { name: 'adjustment', type: 'MONEY', valueOf: ({ line }) => line.adjustment },
    { name: 'revised', type: 'MONEY', valueOf: ({ line }) => derivedAmounts(line).revised },
    { name: 'executed', type: 'MONEY', valueOf: ({ line }) => line.executed },
    { name: 'remaining', type: 'MONEY', valueOf: ({ line }) => derivedAmounts(line).remaining },
    { name: 'executionRate', type: 'DECIMAL', valueOf: ({ line }) => derivedAmounts(line).executionRate },
    { name: 'carriedOut', type: 'MONEY', valueOf: ({ line }) => formatAmount(carriedOutIn(line)) },
  ],
  departments: departmentsIn,
  rows: linesIn,
};

/** The lines of the budgets that match, budget by budget, each budget's by code. */
async function* linesIn(scope: Scope, filter: Filter): AsyncGenerator<readonly LineRow[]> {
  for await (const budgets of budgetsIn(scope, filter)) {
    for (const budget of budgets) yield (await loadLines(scope, budget)).map((line) => ({ budget, line }));
  }
}
