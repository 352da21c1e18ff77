import { keyedCommandInput } from '../../actions/command-fields';
import { inputObject } from '../../input/field';
import { amount, code, fiscalYear, list, moneyUnit, object, optional } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { YEAR_OF_DEPARTMENT } from '../shared/fields';
import { AMOUNT_GIVEN, LINE_REFERENCE, UNIT_GIVEN } from './descriptions';

const CarryOverLineInput = inputObject(
  'CarryOverLineInput',
  '一条明细的结转。What is carried over from one line to one line.',
  {
    line: code(LINE_REFERENCE),
    amount: amount(AMOUNT_GIVEN, 'refused'),
    toLine: optional(
      code(
        '转入明细的代码；不填则与 line 相同。没有该明细则新增：定义同 line，资金年度为 CARRIED_OVER；已有的须为 CARRIED_OVER 且资金性质相同，否则 KIND_MISMATCH。The code of the line that receives; left out: the same as line. A line that is not there is added, with the definition of line and the vintage CARRIED_OVER. One that is there must be CARRIED_OVER and have the same fundSource: else KIND_MISMATCH.',
      ),
    ),
  },
);

export const CarryOverBudgetInput = keyedCommandInput(
  'CarryOverBudgetInput',
  '预算结转；effectiveAt 不填为转入年度 1 月 1 日。A carry-over from one budget of a department to a later one. If effectiveAt is left out: 1 January of toFiscalYear.',
  {
    ...YEAR_OF_DEPARTMENT,
    toFiscalYear: fiscalYear(
      '转入的预算年度，须晚于 fiscalYear，否则 BAD_USER_INPUT；没有该预算：NOT_FOUND；已关账：BUDGET_CLOSED。The fiscal year that is entered. It is later than fiscalYear: else BAD_USER_INPUT. If it has no budget: NOT_FOUND. If that is closed: BUDGET_CLOSED.',
    ),
    unit: moneyUnit(UNIT_GIVEN),
    lines: list(
      object(CarryOverLineInput, CarryOverLineInput.description),
      { most: INPUT_BOUNDS.maxBudgetLines, notEmpty: 'must have at least one line' },
      '结转的明细，1 至 1000 条；转出与转入的明细均不得重复。The lines: 1 to 1,000. No line gives twice, and none receives twice.',
    ),
  },
  ({ fiscalYear, toFiscalYear, lines = [] }, context) => {
    if (fiscalYear !== undefined && toFiscalYear !== undefined && toFiscalYear <= fiscalYear) {
      context.refuse('/toFiscalYear', 'must be later than fiscalYear');
    }
    const from = new Set<string>();
    const to = new Set<string>();
    for (const [index, { line, toLine = line }] of lines.entries()) {
      if (from.has(line)) context.refuse(`/lines/${index}/line`, 'gives twice');
      if (to.has(toLine)) context.refuse(`/lines/${index}/toLine`, 'receives twice');
      from.add(line);
      to.add(toLine);
    }
  },
);
