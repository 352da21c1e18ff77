import { ReportTaskProgressDocument, ReportTaskProgressInput } from '../../generated/documents';
import { FACT_FIELDS, factInput, given } from '../field';
import { EFFECTIVE_AT } from './budget-fields';
import { ActionForm } from './form';

export const PROGRESS: ActionForm<ReportTaskProgressInput> = {
  command: 'reportTaskProgress',
  title: { zh: '任务进度', en: 'Progress of a task' },
  document: ReportTaskProgressDocument,
  fields: [
    { name: 'department', title: { zh: '部门', en: 'Department' }, kind: 'choice', isRequired: true },
    { name: 'code', title: { zh: '工作任务', en: 'Task' }, kind: 'choice', isRequired: true },
    {
      name: 'progress',
      title: { zh: '进度', en: 'Progress' },
      kind: 'decimal',
      unit: { zh: '%', en: '%' },
      isRequired: true,
    },
    EFFECTIVE_AT,
    { name: 'note', title: { zh: '说明', en: 'Note' }, kind: 'long' },
    ...FACT_FIELDS,
  ],
  inputOf: (values) => ({
    code: values.code ?? '',
    progress: given(values, 'progress') ?? '',
    effectiveAt: given(values, 'effectiveAt'),
    note: given(values, 'note'),
    ...factInput(values),
  }),
};
