import { Field, given, Values } from '../field';

/** Which line of which budget a fact is about. */
export const LINE_FIELDS: readonly Field[] = [
  { name: 'department', title: { zh: '部门', en: 'Department' }, kind: 'choice', isRequired: true },
  { name: 'fiscalYear', title: { zh: '预算年度', en: 'Fiscal year' }, kind: 'choice', isRequired: true },
  { name: 'line', title: { zh: '预算明细', en: 'Budget line' }, kind: 'choice', isRequired: true },
];

export const AMOUNT: Field = {
  name: 'amount',
  title: { zh: '金额', en: 'Amount' },
  kind: 'decimal',
  unit: { zh: '元', en: 'yuan' },
  isRequired: true,
};

export const EFFECTIVE_AT: Field = {
  name: 'effectiveAt',
  title: { zh: '生效日期', en: 'In effect on' },
  kind: 'day',
  hint: { zh: '不填即为现在', en: 'Left out: now' },
};

export const lineInput = (values: Values) => ({
  department: values.department ?? '',
  fiscalYear: Number(values.fiscalYear),
  line: values.line ?? '',
});

export const amountInput = (values: Values) => ({
  amount: given(values, 'amount') ?? '',
  effectiveAt: given(values, 'effectiveAt'),
});
