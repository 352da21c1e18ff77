import { choice } from '../../input/choice';
import { isYearCode, yearCode } from '../../kernel/codes';
import { Listing, Members } from '../../reading/lists/listing';
import { byDecimal } from '../../reading/lists/sort-fields';
import { Scope } from '../../reading/scope';
import { yearCodesOf } from '../shared/fiscal-years';
import { orderInput, SortFields } from '../shared/list-arguments';
import { budgetReading } from './readings';
import { BudgetRecord } from './record';
import { BudgetView, derivedAmounts } from './views';

export type BudgetSummary = Pick<
  BudgetView,
  'department' | 'fiscalYear' | 'closed' | 'opening' | 'adjustment' | 'executed'
>;

export const budgetListing: Listing<BudgetRecord, BudgetView, BudgetSummary> = {
  reading: budgetReading,
  isCode: isYearCode,
  summary: ({ department, fiscalYear, closed, opening, adjustment, executed }) => ({
    department,
    fiscalYear,
    closed,
    opening,
    adjustment,
    executed,
  }),
};

export const ALL_BUDGETS: Members<BudgetSummary> = { collection: 'BUDGET', has: () => true };

const BudgetOrderFields = choice(
  'BudgetOrderField',
  ['CODE', 'OPENING', 'REVISED', 'EXECUTED', 'REMAINING', 'EXECUTION_RATE'],
  '预算的排列依据。What budgets can be ordered by.',
  {
    CODE: '代码，即 部门.年度。The code: DEPARTMENT.YEAR.',
    OPENING: '年初预算。The opening amount.',
    REVISED: '全年预算。The revised amount.',
    EXECUTED: '执行数。The executed amount.',
    REMAINING: '结余。What remains.',
    EXECUTION_RATE: '执行率；全年预算为 0 时没有。The execution rate; there is none if the revised amount is 0.',
  },
);

export const BudgetOrder = orderInput('BudgetOrder', BudgetOrderFields);

export const budgetSortFields: SortFields<(typeof BudgetOrderFields.values)[number], BudgetSummary> = {
  OPENING: byDecimal(({ opening }) => opening),
  REVISED: byDecimal((budget) => derivedAmounts(budget).revised),
  EXECUTED: byDecimal(({ executed }) => executed),
  REMAINING: byDecimal((budget) => derivedAmounts(budget).remaining),
  EXECUTION_RATE: byDecimal((budget) => derivedAmounts(budget).executionRate),
};

/** The codes that budgets of these departments can have. */
export async function codesOfDepartments(
  scope: Scope,
  departments: readonly string[],
  fiscalYear: number | undefined,
): Promise<readonly string[]> {
  if (fiscalYear !== undefined) return departments.map((department) => yearCode(department, fiscalYear));
  const codes = await Promise.all(departments.map(async (department) => yearCodesOf(scope, department)));
  return codes.flat();
}
