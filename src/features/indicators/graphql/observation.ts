import { Field, ObjectType } from 'type-graphql';
import { ChangeType } from '../../../graphql/change';
import { Node } from '../../../graphql/node-type';
import { DecimalScalar, LocalDateScalar } from '../../../graphql/scalars';
import { Loaded, Scope } from '../../../graphql/scope';
import { ValueQualifier } from '../events';
import { indicatorFold } from '../record';
import { IndicatorView, ObservationView } from '../views';
import { ValueQualifierEnum } from './enums';

@ObjectType('Observation', {
  implements: [Node],
  description: '观测值。As restated by its corrections; in force from its observedOn.',
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

  @Field(() => LocalDateScalar, { simple: true, description: '观测日期。' })
  get observedOn(): string {
    return this.view.observedOn;
  }

  @Field(() => DecimalScalar, { nullable: true, simple: true, description: 'null where the indicator is qualitative.' })
  get value(): string | undefined {
    return this.view.value;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: 'What a qualitative indicator is observed as; beside a value a remark.',
  })
  get text(): string | undefined {
    return this.view.text;
  }

  @Field(() => ValueQualifierEnum, { simple: true })
  get qualifier(): ValueQualifier {
    return this.view.qualifier;
  }

  @Field(() => String, { nullable: true, simple: true, description: '数据来源。' })
  get source(): string | undefined {
    return this.view.source;
  }

  @Field(() => Boolean, { simple: true })
  get corrected(): boolean {
    return this.view.corrected;
  }

  @Field(() => ChangeType, { description: 'The first recording.' })
  change(): Promise<ChangeType> {
    return this.changeAt(BigInt(this.view.position));
  }

  @Field(() => [ChangeType], { description: 'Its corrections, in order of recording.' })
  async corrections(): Promise<readonly ChangeType[]> {
    if (!this.corrected) return [];
    const { observations } = await this.scope.record(indicatorFold, this.indicator);
    const corrections = observations.byChange.get(this.view.changeId)?.corrections ?? [];
    return Promise.all([...corrections].map((position) => this.changeAt(position)));
  }

  private async changeAt(position: bigint): Promise<ChangeType> {
    return new ChangeType(await this.scope.change(this.indicator.entity, position), this.scope);
  }
}
