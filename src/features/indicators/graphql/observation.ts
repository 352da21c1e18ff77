import { Ctx, Field, ObjectType } from 'type-graphql';
import { ChangeConnection, ChangeType } from '../../../graphql/change';
import { ChangesFound, listOfChanges, pageOfChanges } from '../../../graphql/change-pages';
import { RequestContext } from '../../../graphql/context';
import { enumOf } from '../../../graphql/enums';
import { Arguments } from '../../../graphql/field-arguments';
import { Node } from '../../../graphql/node-type';
import { connectionTypes, PageArgs, PageArguments } from '../../../graphql/pages';
import { DecimalScalar, LocalDateScalar } from '../../../graphql/scalars';
import { pageRequest } from '../../../reading/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { CORRECTIONS, CORRECTIONS_PAGE } from '../../shared/descriptions';
import { ValueQualifiers } from '../choices';
import { ValueQualifier } from '../events';
import { indicatorFold } from '../record';
import { IndicatorView, ObservationView } from '../views';

export const ValueQualifierEnum = enumOf(ValueQualifiers);

@ObjectType('Observation', {
  implements: [Node],
  description:
    '观测值，按更正后的内容，自 observedOn 起有效。An observation as restated by its corrections; in force from its observedOn.',
})
export class ObservationType implements Node {
  constructor(
    private readonly scope: Scope,
    private readonly indicator: Loaded<IndicatorView>,
    private readonly view: ObservationView,
  ) {}

  get id(): string {
    return this.scope.id({ type: 'OBSERVATION', code: this.indicator.entity.code, part: this.view.changeId });
  }

  @Field(() => LocalDateScalar, {
    simple: true,
    description: '观测日期，账本时区。The day of the observation, in the time zone of the ledger.',
  })
  get observedOn(): string {
    return this.view.observedOn;
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '数值，以指标的 unit 为单位；定性指标为 null。The value, in the unit of the indicator; null if the indicator is QUALITATIVE.',
  })
  get value(): string | undefined {
    return this.view.value;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description:
      '定性指标的观测描述；有数值时为备注。What was observed, if the indicator is QUALITATIVE; a remark if there is a value.',
  })
  get text(): string | undefined {
    return this.view.text;
  }

  @Field(() => ValueQualifierEnum, { simple: true, description: '数值限定。How the value is to be read.' })
  get qualifier(): ValueQualifier {
    return this.view.qualifier;
  }

  @Field(() => String, { nullable: true, simple: true, description: '数据来源。Where the value is from.' })
  get source(): string | undefined {
    return this.view.source;
  }

  @Field(() => Boolean, { simple: true, description: '是否被更正过。Whether a correction has restated it.' })
  get corrected(): boolean {
    return this.view.corrected;
  }

  @Field(() => ChangeType, { description: '首次记录它的变更。The change that first recorded it.' })
  change(): Promise<ChangeType> {
    return this.changeAt(BigInt(this.view.position));
  }

  @Field(() => [ChangeType], { description: CORRECTIONS })
  async corrections(@Ctx() { services }: RequestContext): Promise<readonly ChangeType[]> {
    return listOfChanges(await this.correctionsFound(), services.limits);
  }

  @Field(() => ChangeConnection, { description: CORRECTIONS_PAGE })
  async correctionsPage(
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ChangeConnection> {
    return pageOfChanges(await this.correctionsFound(), pageRequest(args, services.limits));
  }

  private async correctionsFound(): Promise<ChangesFound> {
    const { scope, indicator } = this;
    const found = { scope, entity: indicator.entity };
    if (!this.corrected) return { ...found, positions: [] };
    const { observations } = await scope.record(indicatorFold, indicator);
    return { ...found, positions: [...(observations.byChange.get(this.view.changeId)?.corrections ?? [])] };
  }

  private async changeAt(position: bigint): Promise<ChangeType> {
    return new ChangeType(await this.scope.change(this.indicator.entity, position), this.scope);
  }
}

export const ObservationConnection = connectionTypes(
  'Observation',
  () => ObservationType,
  '观测值分页，按观测日期排列。A page of observations, by date',
);
export type ObservationConnection = InstanceType<typeof ObservationConnection>;
