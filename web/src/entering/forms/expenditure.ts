import { RecordExpenditureDocument, RecordExpenditureInput } from '../../generated/documents';
import { FACT_FIELDS, factInput, given, TICKED } from '../field';
import { AMOUNT, amountInput, EFFECTIVE_AT, LINE_FIELDS, lineInput } from './budget-fields';
import { ActionForm } from './form';

export const EXPENDITURE: ActionForm<RecordExpenditureInput> = {
  command: 'recordExpenditure',
  title: { zh: '支出', en: 'Expenditure' },
  document: RecordExpenditureDocument,
  fields: [
    ...LINE_FIELDS,
    AMOUNT,
    EFFECTIVE_AT,
    { name: 'payee', title: { zh: '收款人', en: 'Payee' }, kind: 'text' },
    { name: 'memo', title: { zh: '摘要', en: 'Memo' }, kind: 'text' },
    ...FACT_FIELDS,
    {
      name: 'overrun',
      title: { zh: '允许超出明细结余（须填理由）', en: 'May exceed what the line has left (needs a reason)' },
      kind: 'tick',
    },
  ],
  inputOf: (values) => ({
    ...lineInput(values),
    ...amountInput(values),
    payee: given(values, 'payee'),
    memo: given(values, 'memo'),
    ...factInput(values),
    ...(values.overrun === TICKED && { overrun: true }),
  }),
};
