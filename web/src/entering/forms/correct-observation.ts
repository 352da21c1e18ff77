import { CorrectObservationDocument, CorrectObservationInput } from '../../generated/documents';
import { FACT_FIELDS, factInput, given, TICKED } from '../field';
import { ActionForm } from './form';
import { VALUE_FIELDS, valueInput } from './observation-fields';

/** The observation and its indicator are chosen before: `code` and `observation` are given as values. */
export const CORRECT_OBSERVATION: ActionForm<CorrectObservationInput> = {
  command: 'correctObservation',
  title: { zh: '更正观测值', en: 'Correct an observation' },
  document: CorrectObservationDocument,
  fields: [
    {
      name: 'observedOn',
      title: { zh: '正确的观测日期', en: 'Right day' },
      kind: 'day',
      hint: { zh: '不填则不变', en: 'Left out: as it is' },
    },
    ...VALUE_FIELDS,
    ...FACT_FIELDS,
    { name: 'withdraw', title: { zh: '撤回该观测值', en: 'Withdraw the observation' }, kind: 'tick' },
  ],
  inputOf: (values) => ({
    code: values.code ?? '',
    observation: values.observation ?? '',
    observedOn: given(values, 'observedOn'),
    ...valueInput(values),
    ...factInput(values),
    ...(values.withdraw === TICKED && { withdraw: true }),
  }),
};
