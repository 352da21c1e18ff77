import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars';
import { Decimal } from '../../../kernel/decimal';
import { Instant } from '../../../kernel/time';
import { ValueQualifier } from '../events';
import { ValueQualifierEnum } from './enums';

@ObjectType('IndicatorPoint', { description: '指标序列点。The latest observation of an indicator at one moment.' })
export class IndicatorPointType {
  @Field(() => DateTimeScalar, { simple: true })
  readonly at!: Instant;

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description: 'null without an observation, and of a qualitative one.',
  })
  readonly value?: Decimal;

  @Field(() => ValueQualifierEnum, { nullable: true, simple: true, description: 'null without an observation.' })
  readonly qualifier?: ValueQualifier;

  @Field(() => Boolean, {
    nullable: true,
    simple: true,
    description:
      '该时点是否达标，按该时点有效的目标判断；规则同 Indicator.reached。Whether that observation meets the target in force at this moment, by the rules of Indicator.reached.',
  })
  readonly reached!: boolean | null;
}
