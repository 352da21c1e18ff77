import { inputObject } from '../../input/field';
import { amount, label, oneOf, optional, orDefault, pattern, text } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { codeOf } from '../shared/fields';
import { ExpenditureKinds, FundSources, FundVintages } from './choices';
import { ECONOMIC_CODE, EXPENDITURE_KIND, FUNCTION_CODE, FUND_SOURCE, VINTAGE } from './descriptions';

const LINE_FIELDS = {
  code: codeOf('预算明细代码，在预算内唯一', 'The code of the line, unique within the budget'),
  name: label('明细名称，非空，最多 500 个字符。The name of the line; not blank, at most 500 characters.'),
  fundSource: oneOf(FundSources, FUND_SOURCE),
  vintage: orDefault(oneOf(FundVintages, VINTAGE), 'CURRENT_YEAR'),
  expenditureKind: orDefault(oneOf(ExpenditureKinds, EXPENDITURE_KIND), 'UNSPECIFIED'),
  functionCode: optional(
    pattern(FUNCTION_CODE, /^\d{3}(\d{2}(\d{2})?)?$/, 'must be a functional class of 3, 5 or 7 digits'),
  ),
  economicCode: optional(pattern(ECONOMIC_CODE, /^\d{3}(\d{2})?$/, 'must be an economic class of 3 or 5 digits')),
  projectCode: optional(
    text('项目代码，最多 64 个字符。The code of the project; at most 64 characters.', {
      most: INPUT_BOUNDS.maxProjectCodeLength,
    }),
  ),
};

/** Reads as a `LineDefinition`. */
export const BudgetLineInput = inputObject('BudgetLineInput', '预算明细。A line of a budget.', LINE_FIELDS);

export const OpeningLineInput = inputObject(
  'OpeningLineInput',
  '批复的预算明细及年初预算。A line of the approval, with its opening amount.',
  {
    ...LINE_FIELDS,
    amount: amount(
      '年初预算，以 unit 为单位，不小于 0 且小于 1 亿亿元，折合元最多 2 位小数；否则 BAD_USER_INPUT。The opening amount, in unit: 0 or more and below 10,000,000,000,000,000 yuan, with at most 2 decimals in yuan. Else: BAD_USER_INPUT.',
      'allowed',
    ),
  },
);
