import type { EntryKind, EntryState, ExpenditureKind, FundSource, FundVintage } from '../generated/documents';
import { Text } from '../language/language';

export const FUND_SOURCES: Readonly<Record<FundSource, Text>> = {
  GENERAL_PUBLIC_BUDGET: { zh: '一般公共预算', en: 'General public budget' },
  GOVERNMENT_FUND: { zh: '政府性基金预算', en: 'Government funds' },
  STATE_CAPITAL_OPERATION: { zh: '国有资本经营预算', en: 'State capital operations' },
  SOCIAL_INSURANCE_FUND: { zh: '社会保险基金预算', en: 'Social insurance funds' },
  FISCAL_SPECIAL_ACCOUNT: { zh: '财政专户管理资金', en: 'Special fiscal account' },
  UNIT_FUNDS: { zh: '单位资金', en: 'Own money of units' },
  UNATTRIBUTED: { zh: '来源未注明', en: 'Not attributed' },
};

export const FUND_VINTAGES: Readonly<Record<FundVintage, Text>> = {
  CURRENT_YEAR: { zh: '当年资金', en: 'This year' },
  CARRIED_OVER: { zh: '上年结转', en: 'Carried over' },
};

export const EXPENDITURE_KINDS: Readonly<Record<ExpenditureKind, Text>> = {
  BASIC_PERSONNEL: { zh: '人员类', en: 'Personnel' },
  BASIC_OPERATING: { zh: '公用经费', en: 'Running costs' },
  PROJECT_OPERATING: { zh: '其他运转类', en: 'Other running costs' },
  PROJECT_SPECIFIC: { zh: '特定目标类', en: 'Specific goals' },
  UNSPECIFIED: { zh: '类别未注明', en: 'Not specified' },
};

export const ENTRY_KINDS: Readonly<Record<EntryKind, Text>> = {
  OPENING: { zh: '年初预算', en: 'Opening' },
  SUPPLEMENT: { zh: '追加', en: 'Supplement' },
  REDUCTION: { zh: '追减', en: 'Reduction' },
  TRANSFER: { zh: '调剂', en: 'Transfer' },
  EXPENDITURE: { zh: '支出', en: 'Expenditure' },
  REVERSAL: { zh: '冲销', en: 'Reversal' },
  REFUND: { zh: '收回、退款', en: 'Refund' },
  CARRY_OUT: { zh: '结转出', en: 'Carried out' },
  CARRY_IN: { zh: '结转入', en: 'Carried in' },
};

export const ENTRY_STATES: Readonly<Record<EntryState, Text>> = {
  IN_FORCE: { zh: '有效', en: 'In force' },
  CORRECTED: { zh: '已更正', en: 'Corrected' },
  PARTLY_REVERSED: { zh: '部分冲销', en: 'Partly reversed' },
  REVERSED: { zh: '已冲销', en: 'Reversed' },
  WITHDRAWN: { zh: '已撤回', en: 'Withdrawn' },
};
