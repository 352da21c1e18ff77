import { MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CommandInput } from '../../../graphql/command-input';
import { DecimalScalar, LocalDateScalar } from '../../../graphql/scalars';
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
  @Field(() => ID)
  code!: string;
}

@InputType()
export class DefineIndicatorInput extends IndicatorInput {
  @IsLedgerCode()
  @Field(() => ID)
  department!: string;

  @IsFiscalYear()
  @Field(() => Int)
  fiscalYear!: number;

  @IsLabel()
  @Field(() => String, { description: '三级指标。' })
  name!: string;

  @Field(() => IndicatorLevel1Enum)
  level1!: IndicatorLevel1;

  @Field(() => IndicatorLevel2Enum)
  level2!: IndicatorLevel2;

  @Field(() => IndicatorDirectionEnum)
  direction!: IndicatorDirection;

  @IsLabel()
  @MaxLength(50)
  @Field(() => String, { nullable: true, description: '度量单位。' })
  unit?: string | null;

  @IsDecimal()
  @Field(() => DecimalScalar, { nullable: true, description: '基线值。' })
  baseline?: string | null;

  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description: '年度指标值。Of a RANGE, which needs it, the lower end; a QUALITATIVE indicator has none.',
  })
  target?: string | null;

  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'The upper end of a RANGE, which needs it; not below target.',
  })
  targetUpper?: string | null;

  @IsDecimal({ min: '0' })
  @Field(() => DecimalScalar, { nullable: true, description: '分值。0 or more.' })
  points?: string | null;

  @IsLedgerCode()
  @Field(() => ID, { nullable: true, description: 'The code of the task that it measures.' })
  task?: string | null;
}

@InputType({ description: 'What is left out stays as it is; at least one part is given.' })
export class ReviseIndicatorTargetInput extends IndicatorInput {
  @IsDecimal()
  @Field(() => DecimalScalar, { nullable: true })
  target?: string | null;

  @IsDecimal()
  @Field(() => DecimalScalar, { nullable: true })
  targetUpper?: string | null;

  @IsDecimal({ min: '0' })
  @Field(() => DecimalScalar, { nullable: true, description: '分值。0 or more.' })
  points?: string | null;
}

@InputType({
  description: 'Its effective date is 00:00 of observedOn; an effectiveAt that says something else is refused.',
})
export class RecordObservationInput extends IndicatorInput {
  @IsLocalDate()
  @Field(() => LocalDateScalar, { description: '观测日期。Not later than today.' })
  observedOn!: string;

  @IsDecimal()
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Needed, but for a QUALITATIVE indicator, which takes none.',
  })
  value?: string | null;

  @IsNotBlank()
  @IsText()
  @Field(() => String, { nullable: true, description: 'Needed for a QUALITATIVE indicator; else a remark.' })
  text?: string | null;

  @Field(() => ValueQualifierEnum, { nullable: true, defaultValue: ValueQualifierEnum.EQ })
  qualifier?: ValueQualifier | null;

  @MaxLength(500)
  @Field(() => String, { nullable: true, description: '数据来源。' })
  source?: string | null;
}

@InputType({ description: 'What is left out stays as it is; at least one part is given, or withdraw alone.' })
export class CorrectObservationInput extends IndicatorInput {
  @MaxLength(512)
  @Field(() => ID, {
    description:
      '观测值。Observation.id, or Change.id of its first recording, from any snapshot, or the eventId of that change.',
  })
  observation!: string;

  @IsDecimal()
  @Field(() => DecimalScalar, { nullable: true })
  value?: string | null;

  @IsNotBlank()
  @IsText()
  @Field(() => String, { nullable: true })
  text?: string | null;

  @Field(() => ValueQualifierEnum, { nullable: true })
  qualifier?: ValueQualifier | null;

  @IsLocalDate()
  @Field(() => LocalDateScalar, { nullable: true, description: 'The right date. Not later than today.' })
  observedOn?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'It was never observed: it stays in history only. A later correction without it brings it back.',
  })
  withdraw?: boolean | null;
}

@InputType()
export class RetireIndicatorInput extends IndicatorInput {}
