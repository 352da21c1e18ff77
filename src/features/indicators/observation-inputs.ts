import { commandInput } from '../../actions/command-fields';
import { date, decimal, flag, oneOf, optional, orDefault, text } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { ValueQualifiers } from './choices';
import { DEFINITION_FIELDS } from './definition-input';
import { observationNamed } from './observation-named';

const { code } = DEFINITION_FIELDS;

/** What a recording of an observation holds, in the order of the recorded event. */
export const OBSERVATION_FIELDS = {
  observedOn: date(
    '观测日期，账本时区；晚于今天为 OBSERVED_IN_FUTURE。The day of the observation, in the time zone of the ledger; after today: OBSERVED_IN_FUTURE.',
  ),
  value: optional(
    decimal(
      '观测值，以指标的 unit 为单位。QUALITATIVE 不填，其他必填，否则 KIND_MISMATCH。The value, in the unit of the indicator. A QUALITATIVE indicator takes none, any other needs one: else KIND_MISMATCH.',
    ),
  ),
  text: optional(
    text(
      '观测描述，非空，最多 20000 个字符。QUALITATIVE 必填，否则 KIND_MISMATCH；其他指标作为备注。What was observed; not blank, at most 20,000 characters. A QUALITATIVE indicator needs it: else KIND_MISMATCH. For any other it is a remark.',
      { blank: 'refused' },
    ),
  ),
  qualifier: orDefault(
    oneOf(ValueQualifiers, '数值限定，默认 EQ。How the value is to be read; by default it is exact.'),
    'EQ',
  ),
  source: optional(
    text('数据来源，最多 500 个字符。Where the value is from; at most 500 characters.', {
      most: INPUT_BOUNDS.maxSourceLength,
    }),
  ),
};

export const RecordObservationInput = commandInput(
  'RecordObservationInput',
  '观测值。生效时间为 observedOn 当日 00:00；另填其他 effectiveAt 为 BAD_USER_INPUT。An observation to record. It is effective from 00:00 of observedOn; any other effectiveAt: BAD_USER_INPUT.',
  { code, ...OBSERVATION_FIELDS },
  ({ observedOn, effectiveAt }, context) => {
    const day = observedOn && context.calendar.startOf(observedOn);
    if (day !== undefined && effectiveAt !== undefined && effectiveAt !== day) {
      context.refuse('/effectiveAt', 'must be 00:00 of observedOn, or left out');
    }
    if (!context.isGiven('value') && !context.isGiven('text')) {
      context.refuse('', 'must give a value or a text');
    }
  },
);

/** What a correction restates, in the order of the recorded event. */
export const RESTATED_FIELDS = {
  value: optional(
    decimal(
      '正确的数值，以指标的 unit 为单位。QUALITATIVE：KIND_MISMATCH。The right value, in the unit of the indicator. If the indicator is QUALITATIVE: KIND_MISMATCH.',
    ),
  ),
  text: optional(
    text('正确的描述，非空，最多 20000 个字符。The right text; not blank, at most 20,000 characters.', {
      blank: 'refused',
    }),
  ),
  qualifier: optional(oneOf(ValueQualifiers, '正确的数值限定。How the right value is to be read.')),
  observedOn: optional(
    date(
      '正确的观测日期，账本时区，也是生效日期；晚于今天为 OBSERVED_IN_FUTURE。The right day, in the time zone of the ledger, from which the observation is effective; after today: OBSERVED_IN_FUTURE.',
    ),
  ),
};

export const CORRECTION_FIELDS = {
  ...RESTATED_FIELDS,
  withdraw: orDefault(
    flag(
      '撤回：从未有此观测，仅留在历史中；之后不带 withdraw 的更正使其恢复。不得与其他更正内容同时填写，否则 BAD_USER_INPUT。The observation was never made: it stays only in history. A later correction without withdraw brings it back. Together with another part of a correction: BAD_USER_INPUT.',
    ),
    false,
  ),
};

export const CorrectObservationInput = commandInput(
  'CorrectObservationInput',
  '观测值更正：至少填写一项正确内容，不填的保持不变；或仅填 withdraw。否则 BAD_USER_INPUT。A correction of an observation. It gives at least one right value, and what is left out stays as it is; or it gives only withdraw. Else: BAD_USER_INPUT.',
  {
    code,
    observation: observationNamed(
      '要更正的观测值：Observation.id，或首次记录它的变更的 Change.id（任何快照均可）或 eventId。没有该观测值：NOT_FOUND；该变更不是首次记录：NOT_CORRECTABLE。The observation to correct: Observation.id, or Change.id of its first recording, both from any snapshot, or the eventId of that change. If there is none: NOT_FOUND. If the change is not a first recording: NOT_CORRECTABLE.',
    ),
    ...CORRECTION_FIELDS,
  },
  ({ withdraw }, context) => {
    const restates = Object.keys(RESTATED_FIELDS).some((name) => context.isGiven(name));
    if (withdraw !== true && !restates) context.refuse('', 'must give what is right, or withdraw');
    if (withdraw === true && restates) context.refuse('/withdraw', 'excludes the other parts of a correction');
  },
);
