import { enumType } from '../../../graphql/enums';
import { MONEY_UNITS } from '../../../kernel/money';
import { EXPENDITURE_KINDS, FUND_SOURCES, FUND_VINTAGES } from '../events';
import { ENTRY_KINDS } from '../facts';
import { ENTRY_STATES } from '../views';

export const MoneyUnitEnum = enumType('MoneyUnit', MONEY_UNITS, '金额单位。元, 万元, 亿元.');
export const FundSourceEnum = enumType('FundSource', FUND_SOURCES, '资金性质。UNATTRIBUTED: the source names none.');
export const FundVintageEnum = enumType('FundVintage', FUND_VINTAGES, '本年 / 上年结转。');
export const ExpenditureKindEnum = enumType('ExpenditureKind', EXPENDITURE_KINDS, '支出类别。');
export const EntryKindEnum = enumType('EntryKind', ENTRY_KINDS, '年初 / 追加 / 追减 / 调剂 / 支出 / 冲销。');
export const EntryStateEnum = enumType(
  'EntryState',
  ENTRY_STATES,
  '事实状态。CORRECTED: restated by a correction. WITHDRAWN: restated as 0. REVERSED: taken back by a reversal in force.',
);
