import { choice } from '../../input/choice';
import { EXPENDITURE_KINDS, FUND_SOURCES, FUND_VINTAGES } from './events';
import { ENTRY_STATES } from './views';

/** The choice of entry kinds is in facts.ts, with what each kind does. */

export const FundSources = choice('FundSource', FUND_SOURCES, '资金性质。Where the money of a budget line is from.', {
  GENERAL_PUBLIC_BUDGET: '一般公共预算。The general public budget.',
  GOVERNMENT_FUND: '政府性基金预算。The budget of government-managed funds.',
  STATE_CAPITAL_OPERATION: '国有资本经营预算。The budget of state capital operations.',
  SOCIAL_INSURANCE_FUND: '社会保险基金预算。The budget of social insurance funds.',
  FISCAL_SPECIAL_ACCOUNT: '财政专户管理资金。Money that is managed in a special fiscal account.',
  UNIT_FUNDS: "单位资金。The unit's own money.",
  UNATTRIBUTED: '未注明。The source document names no fund.',
});

export const FundVintages = choice('FundVintage', FUND_VINTAGES, '资金年度。Which year the money was granted for.', {
  CURRENT_YEAR: '本年。Granted for this fiscal year.',
  CARRIED_OVER: '上年结转。Carried over from the year before.',
});

export const ExpenditureKinds = choice(
  'ExpenditureKind',
  EXPENDITURE_KINDS,
  '支出类别。Basic or project expenditure, by the national project categories.',
  {
    BASIC_PERSONNEL: '人员类(基本支出)。Basic expenditure on personnel.',
    BASIC_OPERATING: '公用经费(基本支出)。Basic expenditure on running costs.',
    PROJECT_OPERATING: '其他运转类(项目支出)。Project expenditure on other running costs.',
    PROJECT_SPECIFIC: '特定目标类(项目支出)。Project expenditure for a specific goal.',
    UNSPECIFIED: '未注明。The source document names no kind.',
  },
);

export const EntryStates = choice('EntryState', ENTRY_STATES, '事实状态。What has become of a fact.', {
  IN_FORCE: '有效。It reads as first recorded.',
  CORRECTED: '已更正。A correction has restated it.',
  PARTLY_REVERSED: '部分冲销。Reversals in force have taken a part of it back.',
  REVERSED: '已冲销。Reversals in force have taken all of it back.',
  WITHDRAWN: '已撤回。A correction has restated it as 0; it stays in history.',
});
