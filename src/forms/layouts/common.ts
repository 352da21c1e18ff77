import { FundSource } from '../../features/budgets/events';
import { FormColumn, HeaderField } from './layout';

/** 政府预算资金 */
export const FISCAL_SOURCES: readonly FundSource[] = [
  'GENERAL_PUBLIC_BUDGET',
  'GOVERNMENT_FUND',
  'STATE_CAPITAL_OPERATION',
  'SOCIAL_INSURANCE_FUND',
];

export const CODE_COLUMN = {
  role: 'code',
  title: '编码',
  also: ['明细编码', '指标编码'],
  width: 14,
  hidden: true,
} as const;

export const DEPARTMENT_HEADER: readonly HeaderField[] = [
  {
    field: 'department',
    title: '主管部门',
    also: ['主管部门及代码', '预算部门', '部门', '部门名称', '部门(单位)名称'],
  },
  { field: 'unit', title: '实施单位', also: ['预算单位', '单位名称', '项目实施单位'] },
  { field: 'fiscalYear', title: '年度', also: ['预算年度', '评价年度', '自评年度'] },
];

export const PROJECT_HEADER: readonly HeaderField[] = [
  { field: 'project', title: '项目名称' },
  { field: 'projectCode', title: '项目编码', also: ['项目代码'] },
  ...DEPARTMENT_HEADER,
];

export const LEVELS = [
  { role: 'level1', title: '一级指标', width: 12 },
  { role: 'level2', title: '二级指标', width: 14 },
  { role: 'name', title: '三级指标', also: ['指标名称'], width: 28 },
] as const satisfies readonly FormColumn<string>[];

export const TOTAL_OF_POINTS = { title: '总分', also: ['合计', '总计', '得分合计'] } as const;
