import { Dataset } from '../dataset';
import { BUDGET_LINES, BUDGETS, DEPARTMENTS, EVALUATIONS, FUNCTIONS, INDICATORS, TASKS } from '../datasets';

/**
 * Which data of the ledger belong to which of the six groups of GB/T 42940-2023. The text of the standard was not at hand: the names
 * of its groups are known, and those of its elements are not. So the names of elements are this project's, and it claims no
 * conformity. Whoever changes an element changes the version.
 */
export interface Mapping {
  readonly name: string;
  readonly version: number;
  readonly standard: string;
  readonly conformity: string;
  readonly groups: readonly Group[];
}

export interface Group {
  /** The name of the element. */
  readonly element: string;
  /** The group as the standard names it. */
  readonly title: string;
  /** Why the group is empty. */
  readonly note?: string;
  readonly parts: readonly Part[];
}

/** An element for each row of a dataset. */
export interface Part {
  readonly element: string;
  readonly dataset: Dataset;
  /** The names of the fields, in the order of their elements. */
  readonly fields: readonly string[];
}

const all = (element: string, dataset: Dataset): Part => ({
  element,
  dataset,
  fields: dataset.fields.map(({ name }) => name),
});

const without = (element: string, dataset: Dataset, ...left: readonly string[]): Part => ({
  element,
  dataset,
  fields: dataset.fields.flatMap(({ name }) => (left.includes(name) ? [] : [name])),
});

export const AUDIT_MAPPING: Mapping = {
  name: 'mingjian-audit-groups',
  version: 1,
  standard: 'GB/T 42940-2023',
  conformity: '不声明符合该标准。No conformity is claimed.',
  groups: [
    {
      element: 'basicInformation',
      title: '基础信息',
      parts: [all('department', DEPARTMENTS), all('functionClass', FUNCTIONS)],
    },
    {
      element: 'projectInformation',
      title: '项目信息',
      parts: [all('task', TASKS), all('indicator', INDICATORS)],
    },
    { element: 'budgetInformation', title: '预算信息', parts: [without('budgetLine', BUDGET_LINES, 'executed')] },
    {
      element: 'revenueInformation',
      title: '收入信息',
      note: '账本不记收入。The ledger holds no revenue.',
      parts: [],
    },
    {
      element: 'expenditureInformation',
      title: '支出信息',
      parts: [
        {
          element: 'lineExpenditure',
          dataset: BUDGET_LINES,
          fields: ['budget', 'department', 'fiscalYear', 'line', 'executed'],
        },
      ],
    },
    {
      element: 'finalAccountsAndReports',
      title: '决算与报告',
      parts: [all('budgetTotal', BUDGETS), all('evaluation', EVALUATIONS)],
    },
  ],
};
