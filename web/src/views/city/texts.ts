import { Measure } from '../../blame/figure-source';
import type { AlertLevel } from '../../generated/documents';
import { Text } from '../../language/language';

export const MEASURE_TEXTS: Readonly<Record<Measure, Text>> = {
  opening: { zh: '年初预算', en: 'Opening budget' },
  adjustment: { zh: '调整', en: 'Adjustment' },
  revised: { zh: '全年预算', en: 'Revised budget' },
  executed: { zh: '执行数', en: 'Executed' },
  remaining: { zh: '结余', en: 'Remaining' },
  executionRate: { zh: '执行率', en: 'Execution rate' },
};

export const FUND_SOURCES: Readonly<Record<string, Text>> = {
  GENERAL_PUBLIC_BUDGET: { zh: '一般公共预算', en: 'General public budget' },
  GOVERNMENT_FUND: { zh: '政府性基金预算', en: 'Government funds' },
  STATE_CAPITAL_OPERATION: { zh: '国有资本经营预算', en: 'State capital operations' },
  SOCIAL_INSURANCE_FUND: { zh: '社会保险基金预算', en: 'Social insurance funds' },
  FISCAL_SPECIAL_ACCOUNT: { zh: '财政专户管理资金', en: 'Special fiscal account' },
  UNIT_FUNDS: { zh: '单位资金', en: 'Own money of units' },
  UNATTRIBUTED: { zh: '未注明', en: 'Not attributed' },
};

export const EXPENDITURE_KINDS: Readonly<Record<string, Text>> = {
  BASIC_PERSONNEL: { zh: '人员类（基本支出）', en: 'Personnel (basic)' },
  BASIC_OPERATING: { zh: '公用经费（基本支出）', en: 'Running costs (basic)' },
  PROJECT_OPERATING: { zh: '其他运转类（项目支出）', en: 'Other running costs (project)' },
  PROJECT_SPECIFIC: { zh: '特定目标类（项目支出）', en: 'Specific goals (project)' },
  UNSPECIFIED: { zh: '未注明', en: 'Not specified' },
};

export const ALERT_LEVELS: Readonly<Record<AlertLevel, Text>> = {
  RED: { zh: '红色', en: 'Red' },
  YELLOW: { zh: '黄色', en: 'Yellow' },
};

export const CITY_TEXTS = {
  title: (year: number): Text => ({ zh: `${year} 年全市预算执行`, en: `Budgets of the city, ${year}` }),
  year: { zh: '预算年度', en: 'Fiscal year' },
  byDepartment: { zh: '按部门', en: 'By department' },
  bySource: { zh: '按资金性质', en: 'By fund source' },
  byKind: { zh: '按支出类别', en: 'By kind of expenditure' },
  department: { zh: '部门', en: 'Department' },
  source: { zh: '资金性质', en: 'Fund source' },
  kind: { zh: '支出类别', en: 'Kind of expenditure' },
  total: { zh: '合计', en: 'Total' },
  share: { zh: '执行 / 全年预算', en: 'Executed of revised' },
  alerts: { zh: '预警', en: 'Alerts' },
  alerted: (some: number, all: number): Text => ({
    zh: `${all} 个部门中 ${some} 个有预警`,
    en: `departments with alerts: ${some} of ${all}`,
  }),
  level: { zh: '级别', en: 'Level' },
  broken: { zh: '情况', en: 'What is wrong' },
  unnamed: { zh: '无', en: 'none' },
} satisfies Readonly<Record<string, unknown>>;
