/** Descriptions that several types and inputs of budgets share: 中文。English. */

export const LINE_CODE = '预算明细代码，区分大小写。The code of the budget line; its case matters.';
export const LINE_REFERENCE =
  '预算明细代码，区分大小写；预算没有该明细为 NOT_FOUND。The code of the budget line; its case matters. If the budget has no such line: NOT_FOUND.';

export const UNIT_ANSWERED =
  '金额单位，默认元；金额在任何单位下都精确。The unit of the amount, by default yuan; amounts are exact in every unit.';
export const UNIT_GIVEN = '输入金额的单位，默认元。The unit of the amounts in this input, by default yuan.';
export const AMOUNT_GIVEN =
  '金额，以 unit 为单位，大于 0 且小于 1 亿亿元，折合元最多 2 位小数；否则 BAD_USER_INPUT。The amount, in unit: above 0 and below 10,000,000,000,000,000 yuan, with at most 2 decimals in yuan. Else: BAD_USER_INPUT.';

export const REVERSED_AMOUNT =
  '冲销的金额，以 unit 为单位，大于 0，折合元最多 2 位小数；不填为剩余的全部。超过剩余：REVERSAL_EXCEEDED。What to take back, in unit: above 0, with at most 2 decimals in yuan. Left out: all that is left of the expenditure. If it is more than that: REVERSAL_EXCEEDED.';

export const OVERRUN_GIVEN =
  '超支：金额可超过明细结余，须同时填写 reason，否则 BUDGET_EXCEEDED。Whether the amount may be more than the line has left; reason is required then. Else: BUDGET_EXCEEDED.';

export const FUND_SOURCE = '资金性质。Where the money is from.';
export const VINTAGE = '资金年度。Which year the money was granted for.';
export const EXPENDITURE_KIND = '支出类别。Basic or project expenditure.';
export const FUNCTION_CODE = '功能分类科目：3、5 或 7 位数字。The functional class: 3, 5 or 7 digits.';
export const ECONOMIC_CODE = '经济分类科目：3 或 5 位数字。The economic class: 3 or 5 digits.';

export const OPENING = '年初预算，以 unit 为单位。The opening amount, in unit: what the approval granted.';
export const REVISED =
  '全年预算（调整后），以 unit 为单位：opening + adjustment。The revised amount, in unit: opening + adjustment.';
export const EXECUTED =
  '执行数，以 unit 为单位：支出减冲销和收回，可为负。The executed amount, in unit: expenditures less reversals and refunds; it may be negative.';

export const DOCUMENT_NO = '文号；没有时为 null。The number of the official document; null if there is none.';

export const REVERSALS =
  '有效的冲销，按记录顺序；已撤回的不计。The reversals in force, in order of recording; a withdrawn one is not among them.';
export const REVERSALS_PAGE = '有效冲销分页。A page of `reversals`, in order of recording; a cursor is a position.';
