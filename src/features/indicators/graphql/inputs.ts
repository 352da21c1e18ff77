import { MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CommandInput } from '../../../graphql/command-input';
import { DecimalScalar, LocalDateScalar } from '../../../graphql/scalars';
import { codeGiven, DEPARTMENT_REFERENCE, FISCAL_YEAR_GIVEN } from '../../../graphql/shared-descriptions';
import {
  IsDecimal,
  IsFiscalYear,
  IsLabel,
  IsLedgerCode,
  IsLocalDate,
  IsNotBlank,
  IsText,
} from '../../../graphql/validation';
import { IndicatorDirection, IndicatorLevel1, IndicatorLevel2, ValueQualifier } from '../events';
import { IndicatorDirectionEnum, IndicatorLevel1Enum, IndicatorLevel2Enum, ValueQualifierEnum } from './enums';

@InputType()
export abstract class IndicatorInput extends CommandInput {
  @IsLedgerCode()
  @Field(() => ID, { description: codeGiven('指标代码', 'The code of the indicator') })
  code!: string;
}

@InputType({ description: '指标设定。An indicator to define. What it says is true from the beginning.' })
export class DefineIndicatorInput extends IndicatorInput {
  @IsLedgerCode()
  @Field(() => ID, { description: DEPARTMENT_REFERENCE })
  department!: string;

  @IsFiscalYear()
  @Field(() => Int, { description: FISCAL_YEAR_GIVEN })
  fiscalYear!: number;

  @IsLabel()
  @Field(() => String, {
    description:
      '指标名称（三级指标），非空，最多 500 个字符。The name of the indicator, its third level; not blank, at most 500 characters.',
  })
  name!: string;

  @Field(() => IndicatorLevel1Enum, { description: '一级指标。The first level of its classification.' })
  level1!: IndicatorLevel1;

  @Field(() => IndicatorLevel2Enum, { description: '二级指标。The second level of its classification.' })
  level2!: IndicatorLevel2;

  @Field(() => IndicatorDirectionEnum, {
    description: '指标性质：观测值如何与指标值比较。How a value is compared with the target.',
  })
  direction!: IndicatorDirection;

  @IsLabel()
  @MaxLength(50)
  @Field(() => String, {
    nullable: true,
    description:
      '度量单位，用于所有数值，非空，最多 50 个字符。The unit of all values of the indicator, such as % or 份; not blank, at most 50 characters.',
  })
  unit?: string | null;

  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description: '基线值，以 unit 为单位。The value to compare the target with, in unit.',
  })
  baseline?: string | null;

  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      '年度指标值，以 unit 为单位。RANGE 必填，为下限；QUALITATIVE 不填。不符为 BAD_USER_INPUT。The target, in unit. A RANGE needs it as its lower end; a QUALITATIVE indicator has none. Else: BAD_USER_INPUT.',
  })
  target?: string | null;

  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      '区间上限，以 unit 为单位。仅 RANGE 填写且必填，不低于 target。不符为 BAD_USER_INPUT。The upper end of a RANGE, in unit. A RANGE needs it, not below target; any other indicator has none. Else: BAD_USER_INPUT.',
  })
  targetUpper?: string | null;

  @IsDecimal({ min: '0' })
  @Field(() => DecimalScalar, {
    nullable: true,
    description: '分值，不小于 0。How many points the indicator counts in the evaluation; 0 or more.',
  })
  points?: string | null;

  @IsLedgerCode()
  @Field(() => ID, {
    nullable: true,
    description:
      '所衡量任务的代码；任务必须已存在，否则 NOT_FOUND。The code of the task that the indicator measures, which exists already: else NOT_FOUND.',
  })
  task?: string | null;
}

@InputType({
  description:
    '指标值调整：至少填写一项，不填的保持不变。New targets or points. At least one is given; what is left out stays as it is.',
})
export class ReviseIndicatorTargetInput extends IndicatorInput {
  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      '新的年度指标值，以 unit 为单位；RANGE 为下限。QUALITATIVE：KIND_MISMATCH；高于上限：TARGET_RANGE。The new target, in unit; of a RANGE its lower end. If the indicator is QUALITATIVE: KIND_MISMATCH. If it is above the upper end: TARGET_RANGE.',
  })
  target?: string | null;

  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      '新的区间上限，以 unit 为单位。非 RANGE：KIND_MISMATCH；低于下限：TARGET_RANGE。The new upper end of a RANGE, in unit. If the indicator is no RANGE: KIND_MISMATCH. If it is below the lower end: TARGET_RANGE.',
  })
  targetUpper?: string | null;

  @IsDecimal({ min: '0' })
  @Field(() => DecimalScalar, { nullable: true, description: '新的分值，不小于 0。The new points; 0 or more.' })
  points?: string | null;
}

@InputType({
  description:
    '观测值。生效时间为 observedOn 当日 00:00；另填其他 effectiveAt 为 BAD_USER_INPUT。An observation to record. It is effective from 00:00 of observedOn; any other effectiveAt: BAD_USER_INPUT.',
})
export class RecordObservationInput extends IndicatorInput {
  @IsLocalDate()
  @Field(() => LocalDateScalar, {
    description:
      '观测日期，账本时区；晚于今天为 OBSERVED_IN_FUTURE。The day of the observation, in the time zone of the ledger; after today: OBSERVED_IN_FUTURE.',
  })
  observedOn!: string;

  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      '观测值，以指标的 unit 为单位。QUALITATIVE 不填，其他必填，否则 KIND_MISMATCH。The value, in the unit of the indicator. A QUALITATIVE indicator takes none, any other needs one: else KIND_MISMATCH.',
  })
  value?: string | null;

  @IsNotBlank()
  @IsText()
  @Field(() => String, {
    nullable: true,
    description:
      '观测描述，非空，最多 20000 个字符。QUALITATIVE 必填，否则 KIND_MISMATCH；其他指标作为备注。What was observed; not blank, at most 20,000 characters. A QUALITATIVE indicator needs it: else KIND_MISMATCH. Of any other it is a remark.',
  })
  text?: string | null;

  @Field(() => ValueQualifierEnum, {
    nullable: true,
    defaultValue: ValueQualifierEnum.EQ,
    description: '数值限定，默认 EQ。How the value is to be read; by default it is exact.',
  })
  qualifier?: ValueQualifier | null;

  @MaxLength(500)
  @Field(() => String, {
    nullable: true,
    description: '数据来源，最多 500 个字符。Where the value is from; at most 500 characters.',
  })
  source?: string | null;
}

@InputType({
  description:
    '观测值更正：至少填写一项正确内容，不填的保持不变；或仅填 withdraw。否则 BAD_USER_INPUT。A correction of an observation. It gives at least one part that is right, and what is left out stays; or it gives only withdraw. Else: BAD_USER_INPUT.',
})
export class CorrectObservationInput extends IndicatorInput {
  @MaxLength(512)
  @Field(() => ID, {
    description:
      '要更正的观测值：Observation.id，或首次记录它的变更的 Change.id（任何快照均可）或 eventId。没有该观测值：NOT_FOUND；该变更不是首次记录：NOT_CORRECTABLE。The observation to correct: Observation.id, or Change.id of its first recording, both from any snapshot, or the eventId of that change. If there is none: NOT_FOUND. If the change is not a first recording: NOT_CORRECTABLE.',
  })
  observation!: string;

  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      '正确的数值，以指标的 unit 为单位。QUALITATIVE：KIND_MISMATCH。The right value, in the unit of the indicator. If the indicator is QUALITATIVE: KIND_MISMATCH.',
  })
  value?: string | null;

  @IsNotBlank()
  @IsText()
  @Field(() => String, {
    nullable: true,
    description: '正确的描述，非空，最多 20000 个字符。The right text; not blank, at most 20,000 characters.',
  })
  text?: string | null;

  @Field(() => ValueQualifierEnum, {
    nullable: true,
    description: '正确的数值限定。How the right value is to be read.',
  })
  qualifier?: ValueQualifier | null;

  @IsLocalDate()
  @Field(() => LocalDateScalar, {
    nullable: true,
    description:
      '正确的观测日期，账本时区，也是生效日期；晚于今天为 OBSERVED_IN_FUTURE。The right day, in the time zone of the ledger, from which the observation is effective; after today: OBSERVED_IN_FUTURE.',
  })
  observedOn?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      '撤回：从未有此观测，仅留在历史中；之后不带 withdraw 的更正使其恢复。不得与其他更正内容同时填写，否则 BAD_USER_INPUT。The observation was never made: it stays only in history. A later correction without withdraw brings it back. Together with another part of a correction: BAD_USER_INPUT.',
  })
  withdraw?: boolean | null;
}

@InputType({ description: '指标停用。The retirement of an indicator.' })
export class RetireIndicatorInput extends IndicatorInput {}
