import { commandInput } from '../../actions/command-fields';
import { changeNamed } from '../../actions/references';
import { amount, code, moneyUnit, optional, timeOfFact } from '../../input/fields';
import { YEAR_OF_DEPARTMENT } from '../shared/fields';
import { UNIT_GIVEN } from './descriptions';
import { OVERRUN } from './expenditure-inputs';

export const CorrectBudgetFactInput = commandInput(
  'CorrectBudgetFactInput',
  '预算事实更正：填写 amount、correctEffectiveAt 或两者，否则 BAD_USER_INPUT；不填的保持不变。A correction of a fact. It gives amount, correctEffectiveAt or both: else BAD_USER_INPUT. What is left out stays as it is.',
  {
    ...YEAR_OF_DEPARTMENT,
    change: changeNamed(
      '被更正的变更的 Change.id（任何快照均可）或 eventId：须为原始事实，不能是更正或关账，否则 NOT_CORRECTABLE。没有该变更：NOT_FOUND；支出有未撤回的冲销：EXPENDITURE_REVERSED。Change.id of the fact that was wrong, from any snapshot, or its eventId. It is the original fact, neither a correction nor a closing: else NOT_CORRECTABLE. If there is no such change: NOT_FOUND. If it is an expenditure with a reversal that is not withdrawn: EXPENDITURE_REVERSED.',
    ),
    line: optional(
      code(
        '预算明细代码；变更有多个金额（批复）时必填，否则 BAD_USER_INPUT。变更不涉及该明细：NOT_FOUND。The code of the line. It is required if the change has several amounts, as an approval: else BAD_USER_INPUT. If the change does not touch the line: NOT_FOUND.',
      ),
    ),
    amount: optional(
      amount(
        '正确的金额，以 unit 为单位，折合元最多 2 位小数；0 表示撤回。冲销之和将超过支出：REVERSAL_EXCEEDED。The right amount, in unit, with at most 2 decimals in yuan; 0 withdraws the fact. If the reversals of an expenditure would be more than it: REVERSAL_EXCEEDED.',
        'allowed',
      ),
    ),
    unit: moneyUnit(UNIT_GIVEN),
    correctEffectiveAt: optional(
      timeOfFact(
        '该事实正确的生效时间；只填日期为账本时区当日 00:00。The right effective date of that fact; a date means its 00:00 in the time zone of the ledger.',
      ),
    ),
    overrun: OVERRUN,
  },
  (_correction, context) => {
    if (context.isGiven('amount') || context.isGiven('correctEffectiveAt')) return;
    context.refuse('', 'must give the right amount, the right effective date, or both');
  },
);
