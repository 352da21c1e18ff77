import { RecordRefundDocument, RecordRefundInput } from '../../generated/documents';
import { FACT_FIELDS, factInput, given } from '../field';
import { AMOUNT, amountInput, EFFECTIVE_AT, LINE_FIELDS, lineInput } from './budget-fields';
import { ActionForm } from './form';

export const REFUND: ActionForm<RecordRefundInput> = {
  command: 'recordRefund',
  title: { zh: '收回、退款', en: 'Refund' },
  document: RecordRefundDocument,
  fields: [
    ...LINE_FIELDS,
    AMOUNT,
    EFFECTIVE_AT,
    { name: 'payer', title: { zh: '付款人', en: 'Payer' }, kind: 'text' },
    { name: 'memo', title: { zh: '摘要', en: 'Memo' }, kind: 'text' },
    ...FACT_FIELDS,
  ],
  inputOf: (values) => ({
    ...lineInput(values),
    ...amountInput(values),
    payer: given(values, 'payer'),
    memo: given(values, 'memo'),
    ...factInput(values),
  }),
};
