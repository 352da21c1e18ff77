import { RecordObservationDocument, RecordObservationInput } from '../../generated/documents';
import { FACT_FIELDS, factInput, given } from '../field';
import { ActionForm } from './form';
import { VALUE_FIELDS, valueInput } from './observation-fields';

export const OBSERVATION: ActionForm<RecordObservationInput> = {
  command: 'recordObservation',
  title: { zh: '指标观测值', en: 'Observation of an indicator' },
  document: RecordObservationDocument,
  fields: [
    { name: 'department', title: { zh: '部门', en: 'Department' }, kind: 'choice', isRequired: true },
    { name: 'code', title: { zh: '绩效指标', en: 'Indicator' }, kind: 'choice', isRequired: true },
    { name: 'observedOn', title: { zh: '观测日期', en: 'Observed on' }, kind: 'day', isRequired: true },
    ...VALUE_FIELDS,
    { name: 'source', title: { zh: '数据来源', en: 'Source' }, kind: 'text' },
    ...FACT_FIELDS,
  ],
  inputOf: (values) => ({
    code: values.code ?? '',
    observedOn: given(values, 'observedOn') ?? '',
    ...valueInput(values),
    source: given(values, 'source'),
    ...factInput(values),
  }),
};
