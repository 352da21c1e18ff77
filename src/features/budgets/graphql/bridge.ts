import { Field, ID, ObjectType } from 'type-graphql';
import { ChangeType } from '../../../graphql/change';
import { connectionTypes } from '../../../graphql/pages';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars';
import { Scope } from '../../../reading/scope';
import { EntityName } from '../../../kernel/codes';
import { MoneyUnit } from '../../../kernel/money';
import { Instant } from '../../../kernel/time';
import { BridgeLeg, BridgeStep } from '../bridge';
import { DOCUMENT_NO, LINE_CODE } from '../descriptions';
import { inUnit, UnitArg } from './amounts';

@ObjectType('BridgeLeg', { description: '分步明细：一步对一条预算明细的影响。What a step does to one budget line.' })
class BridgeLegType {
  constructor(private readonly leg: BridgeLeg) {}

  @Field(() => ID, { simple: true, description: LINE_CODE })
  get line(): string {
    return this.leg.line;
  }

  @Field(() => DecimalScalar, {
    description:
      '该明细的增减额，以 unit 为单位；减少为负。What the step adds to the line, in unit; negative if it takes from the line.',
  })
  amount(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.leg.amount, unit);
  }
}

@ObjectType('BridgeStep', {
  description:
    '调整步骤：从年初预算到全年预算的一项事实，按更正后的内容。调剂和已撤回的事实为 0。One fact on the way from the opening budget to the revised one, as restated by its corrections. A transfer and a withdrawn fact are steps of 0.',
})
export class BridgeStepType {
  constructor(
    private readonly scope: Scope,
    private readonly budget: EntityName,
    private readonly step: BridgeStep,
  ) {}

  @Field(() => ChangeType, { description: '记录该事实的变更。The change that recorded the fact.' })
  async change(): Promise<ChangeType> {
    return new ChangeType(await this.scope.change(this.budget, this.step.fact.position), this.scope);
  }

  @Field(() => String, { nullable: true, simple: true, description: DOCUMENT_NO })
  get documentNo(): string | undefined {
    return this.step.fact.documentNo;
  }

  @Field(() => DateTimeScalar, {
    simple: true,
    description: '生效时间，按更正后的内容。When the fact is effective, as restated by its corrections.',
  })
  get effectiveAt(): Instant {
    return this.step.fact.effectiveAt;
  }

  @Field(() => DecimalScalar, {
    description:
      '该步对预算总额的增减，以 unit 为单位；追减为负。What the step adds to the whole budget, in unit; negative for a reduction.',
  })
  amount(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.step.amount, unit);
  }

  @Field(() => DecimalScalar, {
    description:
      '该步之后的全年预算，以 unit 为单位：年初预算加到该步为止的各步金额。The revised amount after this step, in unit: the opening amount and the amounts of all steps up to this one.',
  })
  revisedAfter(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.step.revisedAfter, unit);
  }

  @Field(() => [BridgeLegType], {
    simple: true,
    description:
      '该步涉及的各条预算明细；调剂有两条。What the step does to each line that it touches; a transfer touches two.',
  })
  get legs(): readonly BridgeLegType[] {
    return this.step.legs.map((leg) => new BridgeLegType(leg));
  }
}

export const BridgeStepConnection = connectionTypes(
  'BridgeStep',
  () => BridgeStepType,
  '调整步骤分页，按生效时间、再按账本位置排列。A page of the steps of a bridge, by effective date, then position',
);
export type BridgeStepConnection = InstanceType<typeof BridgeStepConnection>;
