import { CorrectBudgetFactDocument, CorrectBudgetFactInput } from '../../generated/documents';
import { FACT_FIELDS, factInput, given, TICKED } from '../field';
import { AMOUNT } from './budget-fields';
import { ActionForm } from './form';

/** The fact and its budget are chosen before: `department`, `fiscalYear` and `change` are given as values. */
export const CORRECT_BUDGET_FACT: ActionForm<CorrectBudgetFactInput> = {
  command: 'correctBudgetFact',
  title: { zh: '更正预算事实', en: 'Correct a fact of a budget' },
  document: CorrectBudgetFactDocument,
  fields: [
    {
      name: 'line',
      title: { zh: '预算明细', en: 'Budget line' },
      kind: 'text',
      hint: { zh: '有多个金额的事实（批复）必填', en: 'Needed if the fact has several amounts' },
    },
    {
      ...AMOUNT,
      title: { zh: '正确的金额', en: 'Right amount' },
      isRequired: false,
      hint: { zh: '不填则不变；0 为撤回该事实', en: 'Left out: as it is; 0 withdraws the fact' },
    },
    {
      name: 'correctEffectiveAt',
      title: { zh: '正确的生效日期', en: 'Right effective date' },
      kind: 'day',
      hint: { zh: '不填则不变', en: 'Left out: as it is' },
    },
    ...FACT_FIELDS,
    {
      name: 'overrun',
      title: { zh: '允许超出明细结余（须填理由）', en: 'May exceed what the line has left (needs a reason)' },
      kind: 'tick',
    },
  ],
  inputOf: (values) => ({
    department: values.department ?? '',
    fiscalYear: Number(values.fiscalYear),
    change: values.change ?? '',
    line: given(values, 'line'),
    amount: given(values, 'amount'),
    correctEffectiveAt: given(values, 'correctEffectiveAt'),
    ...factInput(values),
    ...(values.overrun === TICKED && { overrun: true }),
  }),
};
