import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars';
import { Decimal } from '../../../kernel/decimal';
import { Instant } from '../../../kernel/time';
import { POINT_MOMENT } from '../../shared/descriptions';
import { ValueQualifier } from '../events';
import { ValueQualifierEnum } from './observation';

@ObjectType('IndicatorPoint', {
  description: '指标序列点：某一时点的最新观测值。The latest observation of an indicator at one moment.',
})
export class IndicatorPointType {
  @Field(() => DateTimeScalar, { simple: true, description: POINT_MOMENT })
  readonly at!: Instant;

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '该时点最新观测的数值，以指标的 unit 为单位；没有观测值或为定性指标时为 null。The value of the latest observation, in the unit of the indicator; null if there is no observation or the indicator is QUALITATIVE.',
  })
  readonly value?: Decimal;

  @Field(() => ValueQualifierEnum, {
    nullable: true,
    simple: true,
    description: '数值限定；没有观测值时为 null。How the value is to be read; null if there is no observation.',
  })
  readonly qualifier?: ValueQualifier;

  @Field(() => Boolean, {
    nullable: true,
    simple: true,
    description:
      '该时点是否达标，按该时点有效的目标判断；规则同 Indicator.reached。Whether that observation meets the target in force at this moment, by the rules of Indicator.reached.',
  })
  readonly reached!: boolean | null;
}
