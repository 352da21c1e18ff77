import { Field, ID, ObjectType } from 'type-graphql';
import { EntityTypeEnum } from '../../../graphql/entity-types';
import { enumOf } from '../../../graphql/enums';
import { DecimalScalar } from '../../../graphql/scalars';
import { Alert } from '../../../monitoring/alerts';
import { Monitored } from '../../../monitoring/monitor';
import { AlertLevel } from '../../../monitoring/rules';
import { AlertLevels } from '../choices';

const AlertLevelEnum = enumOf(AlertLevels);

@ObjectType('Alert', {
  description:
    '预警：当日不符合的一条规则。预警由计算得出，其开始和结束不是变更。A rule that is broken on the day. Alerts are computed: their beginning and end are no changes.',
})
export class AlertType {
  constructor(private readonly alert: Alert) {}

  @Field(() => ID, { simple: true, description: '规则的标识。The id of the rule.' })
  get rule(): string {
    return this.alert.rule;
  }

  @Field(() => AlertLevelEnum, { simple: true, description: '级别。How serious it is, as the rule says.' })
  get level(): AlertLevel {
    return this.alert.level;
  }

  @Field(() => String, { simple: true, description: '说明。What is wrong, in Chinese and in English.' })
  get text(): string {
    return this.alert.text;
  }

  @Field(() => DecimalScalar, { simple: true, description: '实际值。The value that breaks the rule.' })
  get value(): string {
    return this.alert.value;
  }

  @Field(() => DecimalScalar, { simple: true, description: '阈值。The threshold of the rule.' })
  get threshold(): string {
    return this.alert.threshold;
  }

  @Field(() => EntityTypeEnum, { simple: true, description: '实体类型。The kind of entity that it is about.' })
  get entityType(): string {
    return this.alert.entityType;
  }

  @Field(() => String, { simple: true, description: '实体代码。The code of the entity that it is about.' })
  get entity(): string {
    return this.alert.entity;
  }
}

@ObjectType('Monitoring', {
  description:
    '双监控：预算执行进度与目标完成进度，按 effectiveAt 所在日计算，没有则为 knownAt、账本位置的 recordedAt，或现在。Budget progress beside goal progress. The figures are those of the snapshot. The day is that of effectiveAt, else of knownAt as asked, else of recordedAt of the position, else today.',
})
export class MonitoringType {
  constructor(private readonly monitored: Monitored) {}

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '预算执行进度（%）：执行数占全年预算；没有预算或全年预算为 0 时为 null。Executed of the revised budget, in percent; null if there is no budget or it is 0.',
  })
  get budgetProgress(): string | null {
    return this.monitored.progress.budget;
  }

  @Field(() => DecimalScalar, {
    simple: true,
    description:
      '时间进度（%）：预算年度已过天数，含当日。The days of the fiscal year that have passed, the day itself included, in percent.',
  })
  get timeProgress(): string {
    return this.monitored.progress.time;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '目标完成进度（%）：未停用指标完成率的平均值，每项最多 100%，按分值加权（均无分值则等权）；没有完成率的指标不计；都没有时为 null。The mean completion of the indicators in use, in percent: each counts at most 100 %, weighted by its points, or equally if none has points. An indicator without a completion is left out; null if none has one.',
  })
  get goalProgress(): string | null {
    return this.monitored.progress.goals;
  }

  @Field(() => [AlertType], {
    simple: true,
    description:
      '预警，按规则的次序；数据不足的规则不预警。The alerts, in the order of the rules. A rule whose figures are missing gives none.',
  })
  get alerts(): readonly AlertType[] {
    return this.monitored.alerts.map((alert) => new AlertType(alert));
  }
}
