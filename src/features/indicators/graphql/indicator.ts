import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../../graphql/node-type';
import { connectionTypes } from '../../../graphql/pages';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { DecimalScalar } from '../../../graphql/scalars';
import { Reading } from '../../../graphql/scope';
import { completionRate } from '../completion';
import { IndicatorDirection, IndicatorLevel1, IndicatorLevel2 } from '../events';
import { reached } from '../reached';
import { indicatorFold, IndicatorRecord } from '../record';
import { IndicatorView, viewIndicator } from '../views';
import { IndicatorDirectionEnum, IndicatorLevel1Enum, IndicatorLevel2Enum } from './enums';
import { ObservationType } from './observation';

export const indicatorReading: Reading<IndicatorRecord, IndicatorView> = { ...indicatorFold, view: viewIndicator };

@ObjectType('Indicator', {
  implements: [Node, Recorded],
  description: '绩效指标。What a department promises to reach in a fiscal year, and what was observed of it.',
})
export class IndicatorType extends EntityNode<IndicatorView> {
  @Field(() => ID, { simple: true })
  override get code(): string {
    return this.view.code;
  }

  @Field(() => Int, { simple: true })
  get fiscalYear(): number {
    return this.view.fiscalYear;
  }

  @Field(() => String, { simple: true, description: '三级指标。' })
  get name(): string {
    return this.view.name;
  }

  @Field(() => IndicatorLevel1Enum, { simple: true })
  get level1(): IndicatorLevel1 {
    return this.view.level1;
  }

  @Field(() => IndicatorLevel2Enum, { simple: true })
  get level2(): IndicatorLevel2 {
    return this.view.level2;
  }

  @Field(() => IndicatorDirectionEnum, { simple: true })
  get direction(): IndicatorDirection {
    return this.view.direction;
  }

  @Field(() => String, { nullable: true, simple: true, description: '度量单位。' })
  get unit(): string | undefined {
    return this.view.unit;
  }

  @Field(() => DecimalScalar, { nullable: true, simple: true, description: '基线值。' })
  get baseline(): string | undefined {
    return this.view.baseline;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description: '年度指标值。The target in force; of a RANGE its lower end.',
  })
  get target(): string | undefined {
    return this.view.target;
  }

  @Field(() => DecimalScalar, { nullable: true, simple: true, description: 'The upper end of a RANGE.' })
  get targetUpper(): string | undefined {
    return this.view.targetUpper;
  }

  @Field(() => DecimalScalar, { nullable: true, simple: true, description: '分值。' })
  get points(): string | undefined {
    return this.view.points;
  }

  @Field(() => ObservationType, {
    nullable: true,
    simple: true,
    description:
      'The observation with the latest date among those in force; of one day, the one first recorded last. A later recording of an earlier date never overrides it.',
  })
  get latest(): ObservationType | undefined {
    const { latest } = this.view;
    return latest && new ObservationType(this.scope, this.loaded, latest);
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '完成率，百分比，不封顶，取最新观测值。≥ 为观测值/目标值，≤ 为目标值/观测值；= 与区间：符合为 100，不符合为 0。定性、无目标、无观测值、除数为 0 时为 null；≥ 与 ≤ 在目标值不大于 0 或观测值小于 0 时也为 null，此时看 reached。In percent, not capped, of the latest observation. AT_LEAST: value / target. AT_MOST: target / value. EQUAL and RANGE: 100 inside, else 0. null if the indicator is QUALITATIVE, or has no target or no observation, or if the divisor is 0. AT_LEAST and AT_MOST are also null if the target is not above 0 or the value is below 0, because a ratio says nothing there; ask for reached.',
  })
  get completionRate(): string | null {
    return completionRate(this.view);
  }

  @Field(() => Boolean, {
    nullable: true,
    simple: true,
    description:
      '是否达标，按最新观测值及其限定判断：限定允许的数全部符合目标为 true，全部不符合为 false，否则为 null（约数按其数值判断）。定性、无目标、无观测值、区间缺一端时为 null。Whether the latest observation meets the direction: true if every number that its qualifier allows does (EQ, APPROX: the value itself), false if none does, else null. null also if the indicator is QUALITATIVE, has no target or no observation, or is a RANGE without one of its ends.',
  })
  get reached(): boolean | null {
    return reached(this.view);
  }

  @Field(() => Boolean, { simple: true, description: '已停用。A retired indicator takes corrections only.' })
  get retired(): boolean {
    return this.view.retired;
  }
}

export const IndicatorConnection = connectionTypes(
  'Indicator',
  () => IndicatorType,
  'A page of indicators, by code; a cursor is a code',
);
export type IndicatorConnection = InstanceType<typeof IndicatorConnection>;
