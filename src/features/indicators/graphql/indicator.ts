import { Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../../graphql/enums';
import { Node } from '../../../graphql/node-type';
import { countedConnectionTypes } from '../../../graphql/pages';
import { payloadType } from '../../../graphql/payload';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { DecimalScalar } from '../../../graphql/scalars';
import { FISCAL_YEAR } from '../../shared/descriptions';
import { Directions, FirstLevels, SecondLevels } from '../choices';
import { completionRate } from '../completion';
import { IndicatorDirection, IndicatorLevel1, IndicatorLevel2 } from '../events';
import { reached } from '../reached';
import { IndicatorView } from '../views';
import { ObservationType } from './observation';

export const FirstLevelEnum = enumOf(FirstLevels);
export const SecondLevelEnum = enumOf(SecondLevels);
const DirectionEnum = enumOf(Directions);

@ObjectType('Indicator', {
  implements: [Node, Recorded],
  description:
    '绩效指标：部门承诺在一个预算年度达到的目标，及其观测值。What a department promises to reach in a fiscal year, and what was observed of it.',
})
export class IndicatorType extends EntityNode<IndicatorView> {
  @Field(() => ID, { simple: true, description: '指标代码，区分大小写。The code of the indicator; its case matters.' })
  override get code(): string {
    return this.view.code;
  }

  @Field(() => Int, { simple: true, description: FISCAL_YEAR })
  get fiscalYear(): number {
    return this.view.fiscalYear;
  }

  @Field(() => String, {
    simple: true,
    description: '指标名称（三级指标）。The name of the indicator, its third level.',
  })
  get name(): string {
    return this.view.name;
  }

  @Field(() => FirstLevelEnum, { simple: true, description: '一级指标。The first level of its classification.' })
  get level1(): IndicatorLevel1 {
    return this.view.level1;
  }

  @Field(() => SecondLevelEnum, { simple: true, description: '二级指标。The second level of its classification.' })
  get level2(): IndicatorLevel2 {
    return this.view.level2;
  }

  @Field(() => DirectionEnum, {
    simple: true,
    description: '指标性质：观测值如何与指标值比较。How a value is compared with the target.',
  })
  get direction(): IndicatorDirection {
    return this.view.direction;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '度量单位，用于所有数值。The unit of all values of the indicator.',
  })
  get unit(): string | undefined {
    return this.view.unit;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description: '基线值，以 unit 为单位。The value to compare the target with, in unit.',
  })
  get baseline(): string | undefined {
    return this.view.baseline;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '有效的年度指标值，以 unit 为单位；区间为下限。The target in force, in unit; for a RANGE, its lower end.',
  })
  get target(): string | undefined {
    return this.view.target;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '有效的区间上限，以 unit 为单位；非区间为 null。The upper end of a RANGE in force, in unit; null if the indicator is no RANGE.',
  })
  get targetUpper(): string | undefined {
    return this.view.targetUpper;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description: '有效的分值。The points in force: how many the indicator counts in the evaluation.',
  })
  get points(): string | undefined {
    return this.view.points;
  }

  @Field(() => ObservationType, {
    nullable: true,
    simple: true,
    description:
      '最新观测值：有效观测中日期最晚的一个，同日取最后首次记录的；没有时为 null。之后补记较早日期的观测不会替代它。The observation with the latest date among those in force; if several have that date, the one that was first recorded last; null if there is none. A later recording of an earlier date never overrides it.',
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

  @Field(() => Boolean, {
    simple: true,
    description: '是否已停用；停用后只接受更正。Whether the indicator is retired; it then takes only corrections.',
  })
  get retired(): boolean {
    return this.view.retired;
  }
}

export const IndicatorPayload = payloadType(
  'Indicator',
  IndicatorType,
  '指标写入结果。The result of a write to an indicator.',
);

export const IndicatorConnection = countedConnectionTypes(
  'Indicator',
  () => IndicatorType,
  '指标分页。按代码排列时，游标为代码。A page of indicators. If they are ordered by code, a cursor is a code',
);
export type IndicatorConnection = InstanceType<typeof IndicatorConnection>;
