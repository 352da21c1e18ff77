import { ActionsOf, actionsOn } from '../../actions/action';
import { commandInput } from '../../actions/command-fields';
import { partOf } from '../shared/part-of';
import { IndicatorCommand, indicatorDecider } from './decider';
import { DefineIndicatorInput, DEFINITION_FIELDS } from './definition-input';
import {
  CORRECTION_FIELDS,
  CorrectObservationInput,
  OBSERVATION_FIELDS,
  RecordObservationInput,
} from './observation-inputs';
import { indicatorProjection } from './projection';
import { indicatorReading } from './readings';
import { ReviseIndicatorTargetInput, REVISION_FIELDS } from './revision-input';

const action = actionsOn({
  decider: indicatorDecider,
  reading: indicatorReading,
  projection: indicatorProjection,
  codeOf: ({ code }: { readonly code: string }) => code,
});

export const indicatorActions = {
  define: action({
    name: 'defineIndicator',
    description:
      '设定指标；内容自始成立，包括指标值。代码已用：CONFLICT。Defines an indicator; what it says is true from the beginning, the target too. If the code is in use: CONFLICT.',
    input: DefineIndicatorInput,
    toCommand: (input) => ({ kind: 'define', definition: partOf(DEFINITION_FIELDS, input) }),
  }),
  revise: action({
    name: 'reviseIndicatorTarget',
    description:
      '调整指标值或分值；所填各项自生效时间起替代原值。已停用：INDICATOR_RETIRED。Revises targets or points; each part that is given replaces the earlier one from the effective date on. If the indicator is retired: INDICATOR_RETIRED.',
    input: ReviseIndicatorTargetInput,
    toCommand: (input) => ({ kind: 'revise', code: input.code, revision: partOf(REVISION_FIELDS, input) }),
  }),
  record: action({
    name: 'recordObservation',
    description:
      '记录观测值，自 observedOn 起生效。已停用：INDICATOR_RETIRED。Records an observation, effective from its observedOn. If the indicator is retired: INDICATOR_RETIRED.',
    input: RecordObservationInput,
    toCommand: (input) => ({ kind: 'record', code: input.code, observation: partOf(OBSERVATION_FIELDS, input) }),
    dayOf: ({ observedOn }) => observedOn,
  }),
  correct: action({
    name: 'correctObservation',
    description:
      '更正观测值：自更正被记录起，视同当初即如此记录；已停用的指标也可更正。Corrects an observation. From the recording of the correction on, the observation reads as if it had been recorded so from the start. A retired indicator takes corrections too.',
    input: CorrectObservationInput,
    toCommand: (input) => ({
      kind: 'correct',
      code: input.code,
      observation: { indicator: input.code, ...input.observation },
      correction: partOf(CORRECTION_FIELDS, input),
    }),
  }),
  retire: action({
    name: 'retireIndicator',
    description:
      '停用指标，此后只接受更正。已停用：INDICATOR_RETIRED。Retires an indicator, which takes only corrections from then on. If it is retired already: INDICATOR_RETIRED.',
    input: commandInput('RetireIndicatorInput', '指标停用。The retirement of an indicator.', {
      code: DEFINITION_FIELDS.code,
    }),
    toCommand: ({ code }) => ({ kind: 'retire', code }),
  }),
} satisfies ActionsOf<IndicatorCommand>;
