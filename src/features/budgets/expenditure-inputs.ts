import { commandInput, commandOfItemsInput, ITEM_FIELDS } from '../../actions/command-fields';
import { inputObject } from '../../input/field';
import { amount, code, flag, later, list, moneyUnit, object, optional, orDefault, text } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { YEAR_OF_DEPARTMENT } from '../shared/fields';
import { AMOUNT_GIVEN, LINE_REFERENCE, OVERRUN_GIVEN, UNIT_GIVEN } from './descriptions';

const LINE_AND_AMOUNT = { line: code(LINE_REFERENCE), amount: amount(AMOUNT_GIVEN, 'refused') };

export const OVERRUN = later(orDefault(flag(OVERRUN_GIVEN), false));

const PAYMENT = {
  payee: optional(
    text('收款人，最多 500 个字符。Who is paid; at most 500 characters.', { most: INPUT_BOUNDS.maxPayeeLength }),
  ),
  memo: optional(
    text('摘要，最多 2000 个字符。What is paid for; at most 2,000 characters.', { most: INPUT_BOUNDS.maxMemoLength }),
  ),
  overrun: OVERRUN,
};

export const RecordExpenditureInput = commandInput('RecordExpenditureInput', '支出。An expenditure.', {
  ...YEAR_OF_DEPARTMENT,
  ...LINE_AND_AMOUNT,
  unit: moneyUnit(UNIT_GIVEN),
  ...PAYMENT,
});

const ExpenditureItemInput = inputObject('ExpenditureItemInput', '一笔支出。One of several expenditures.', {
  ...LINE_AND_AMOUNT,
  ...PAYMENT,
  ...ITEM_FIELDS,
});

export const RecordExpendituresInput = commandOfItemsInput(
  'RecordExpendituresInput',
  '多笔支出。Several expenditures of one budget.',
  {
    ...YEAR_OF_DEPARTMENT,
    unit: moneyUnit(UNIT_GIVEN),
    items: list(
      object(ExpenditureItemInput),
      { most: INPUT_BOUNDS.maxExpenditures, notEmpty: 'must have at least one item' },
      '支出，1 至 1000 笔，按给出的顺序记录。The expenditures: 1 to 1,000, which are recorded in the order given.',
    ),
  },
);

export const RecordRefundInput = commandInput(
  'RecordRefundInput',
  '收回、退款：不对应某一笔已记录支出的收回款。A refund: money that came back and belongs to no one expenditure on record.',
  {
    ...YEAR_OF_DEPARTMENT,
    ...LINE_AND_AMOUNT,
    unit: moneyUnit(UNIT_GIVEN),
    payer: optional(
      text('付款人，最多 500 个字符。Who paid back; at most 500 characters.', { most: INPUT_BOUNDS.maxPayeeLength }),
    ),
    memo: optional(
      text('摘要，最多 2000 个字符。What the money came back for; at most 2,000 characters.', {
        most: INPUT_BOUNDS.maxMemoLength,
      }),
    ),
  },
);
