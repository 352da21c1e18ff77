import { Field, ID, ObjectType } from 'type-graphql';
import { ChangeType } from '../../../graphql/change';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars';
import { Scope } from '../../../graphql/scope';
import { EntityName } from '../../../kernel/codes';
import { MoneyUnit } from '../../../kernel/money';
import { Instant } from '../../../kernel/time';
import { BridgeStep } from '../bridge';
import { inUnit, UnitArg } from './amounts';

@ObjectType('BridgeLeg', { description: '分步明细。What a step does to one line.' })
class BridgeLegType {
  constructor(private readonly leg: BridgeStep['legs'][number]) {}

  @Field(() => ID, { simple: true })
  get line(): string {
    return this.leg.line;
  }

  @Field(() => DecimalScalar, { description: 'Negative where the line gives.' })
  amount(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.leg.amount, unit);
  }
}

@ObjectType('BridgeStep', {
  description:
    '调整步骤。One fact on the way from the opening budget to the revised one, as restated by its corrections. A transfer, and a fact that was withdrawn, is a step of 0.',
})
export class BridgeStepType {
  constructor(
    private readonly scope: Scope,
    private readonly budget: EntityName,
    private readonly step: BridgeStep,
  ) {}

  @Field(() => ChangeType, { description: 'The change that recorded the fact.' })
  async change(): Promise<ChangeType> {
    return new ChangeType(await this.scope.change(this.budget, this.step.fact.position), this.scope);
  }

  @Field(() => String, { nullable: true, simple: true, description: '文号。' })
  get documentNo(): string | undefined {
    return this.step.fact.documentNo;
  }

  @Field(() => DateTimeScalar, { simple: true })
  get effectiveAt(): Instant {
    return this.step.fact.effectiveAt;
  }

  @Field(() => DecimalScalar)
  amount(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.step.amount, unit);
  }

  @Field(() => DecimalScalar, { description: 'The opening budget and the amounts of all steps up to this one.' })
  revisedAfter(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.step.revisedAfter, unit);
  }

  @Field(() => [BridgeLegType], { simple: true })
  get legs(): readonly BridgeLegType[] {
    return this.step.legs.map((leg) => new BridgeLegType(leg));
  }
}
