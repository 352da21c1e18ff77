import { choice } from '../../../input/choice';
import { LineDefinition } from '../events';

export const TOTALS_DIMENSIONS = [
  'DEPARTMENT',
  'FUND_SOURCE',
  'VINTAGE',
  'EXPENDITURE_KIND',
  'FUNCTION_CLASS',
  'FUNCTION_CODE',
  'ECONOMIC_CLASS',
  'PROJECT',
] as const;
export type TotalsDimension = (typeof TOTALS_DIMENSIONS)[number];

export const TotalsDimensions = choice(
  'TotalsDimension',
  TOTALS_DIMENSIONS,
  '汇总维度。What sums are broken down by.',
  {
    DEPARTMENT: '部门代码。The code of the department.',
    FUND_SOURCE: '资金性质。The source of the money.',
    VINTAGE: '资金年度。The year that the money was granted for.',
    EXPENDITURE_KIND: '支出类别。The kind of expenditure.',
    FUNCTION_CLASS: '功能分类科目的类：代码的前 3 位。The class of the functional code: its first 3 digits.',
    FUNCTION_CODE:
      '功能分类科目代码，按记录的全部位数。The functional code, with as many digits as it was recorded with.',
    ECONOMIC_CLASS: '经济分类科目的类：代码的前 3 位。The class of the economic code: its first 3 digits.',
    PROJECT: '项目代码。The code of the project.',
  },
);

/** null if a line has no value. */
export type DimensionKey = string | null;

/** The value of a line of a department's budget. */
export const DIMENSION_KEYS: Readonly<
  Record<TotalsDimension, (line: LineDefinition, department: string) => DimensionKey>
> = {
  DEPARTMENT: (_line, department) => department,
  FUND_SOURCE: ({ fundSource }) => fundSource,
  VINTAGE: ({ vintage }) => vintage,
  EXPENDITURE_KIND: ({ expenditureKind }) => expenditureKind,
  FUNCTION_CLASS: ({ functionCode }) => classOf(functionCode),
  FUNCTION_CODE: ({ functionCode }) => functionCode ?? null,
  ECONOMIC_CLASS: ({ economicCode }) => classOf(economicCode),
  PROJECT: ({ projectCode }) => projectCode ?? null,
};

const classOf = (code: string | undefined): DimensionKey => code?.slice(0, 3) ?? null;
