import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { ChangeConnection, ChangeType } from '../../../graphql/change';
import { ChangesFound, listOfChanges, pageOfChanges } from '../../../graphql/change-pages';
import { RequestContext } from '../../../graphql/context';
import { enumOf } from '../../../graphql/enums';
import { Arguments, ArgumentsOf, fieldArguments } from '../../../graphql/field-arguments';
import { connectionTypes, FORWARD_PAGE, PageArgs, PageArguments } from '../../../graphql/pages';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars';
import { MoneyUnit } from '../../../kernel/money';
import { Instant } from '../../../kernel/time';
import { pageRequest } from '../../../reading/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { EntryStates } from '../choices';
import { CORRECTIONS, CORRECTIONS_PAGE } from '../../shared/descriptions';
import { DOCUMENT_NO, REVERSALS, REVERSALS_PAGE } from '../descriptions';
import { counterpartOf } from '../counterparts';
import { ENTRY_FILTER, refuseReversedDates } from '../entry-filter';
import { BudgetFact, EntryKind, EntryKinds } from '../facts';
import { BudgetView, EntryState, EntryView } from '../views';
import { inUnit, UnitArg } from './amounts';

const EntryKindEnum = enumOf(EntryKinds);
const EntryStateEnum = enumOf(EntryStates);

@ObjectType('Entry', {
  description:
    '分录：预算的一项事实在该快照时的样子；批复的每条明细各有一个分录。One fact of a budget as it is at the snapshot; an approval has one entry for each line.',
})
export class EntryType {
  constructor(
    private readonly scope: Scope,
    private readonly budget: Loaded<BudgetView>,
    private readonly entry: EntryView,
  ) {}

  @Field(() => EntryKindEnum, { simple: true, description: '分录类别。What the fact does to the budget.' })
  get kind(): EntryKind {
    return this.fact.kind;
  }

  @Field(() => ID, {
    simple: true,
    description: '预算明细代码；调剂为调出明细。The code of the budget line; for a transfer, the line that gives.',
  })
  get line(): string {
    return this.fact.line;
  }

  @Field(() => ID, {
    nullable: true,
    simple: true,
    description:
      '调入明细的代码；不是调剂时为 null。The code of the line that receives a transfer; null if the fact is no transfer.',
  })
  get toLine(): string | undefined {
    return this.fact.toLine;
  }

  @Field(() => DecimalScalar, {
    description:
      '金额，以 unit 为单位，按更正后的内容；从不为负，增减由 kind 表示。The amount, in unit, as restated by its corrections. It is never negative: the kind says whether it adds or takes.',
  })
  amount(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.fact.amount, unit);
  }

  @Field(() => DecimalScalar, { description: '首次记录的金额，以 unit 为单位。The amount as first recorded, in unit.' })
  amountFirstRecorded(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.fact.amountFirstRecorded, unit);
  }

  @Field(() => DateTimeScalar, {
    simple: true,
    description: '生效时间，按更正后的内容。When the fact is effective, as restated by its corrections.',
  })
  get effectiveAt(): Instant {
    return this.fact.effectiveAt;
  }

  @Field(() => DateTimeScalar, {
    simple: true,
    description: '首次记录的生效时间。When the fact was effective as first recorded.',
  })
  get effectiveAtFirstRecorded(): Instant {
    return this.fact.effectiveAtFirstRecorded;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '收款人；仅支出可有。Who was paid; only an expenditure has it.',
  })
  get payee(): string | undefined {
    return this.fact.payee;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '付款人；仅收回款可有。Who paid back; only a refund has it.',
  })
  get payer(): string | undefined {
    return this.fact.payer;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '摘要；仅支出和收回款可有。What was paid for; only an expenditure and a refund have it.',
  })
  get memo(): string | undefined {
    return this.fact.memo;
  }

  @Field(() => String, { nullable: true, simple: true, description: DOCUMENT_NO })
  get documentNo(): string | undefined {
    return this.fact.documentNo;
  }

  @Field(() => Boolean, {
    simple: true,
    description:
      '超支：有意记录为超过明细结余。Whether it was recorded or corrected knowingly to more than its line had left.',
  })
  get overrun(): boolean {
    return this.fact.overrun;
  }

  @Field(() => EntryStateEnum, { simple: true, description: '事实状态。What has become of the fact.' })
  get state(): EntryState {
    return this.entry.state;
  }

  @Field(() => ChangeType, { description: '记录该事实的变更。The change that recorded the fact.' })
  change(): Promise<ChangeType> {
    return this.changeAt(this.fact.position);
  }

  @Field(() => [ChangeType], { description: CORRECTIONS })
  corrections(@Ctx() { services }: RequestContext): Promise<readonly ChangeType[]> {
    return listOfChanges(this.correctionsFound, services.limits);
  }

  @Field(() => ChangeConnection, { description: CORRECTIONS_PAGE })
  correctionsPage(
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ChangeConnection> {
    return pageOfChanges(this.correctionsFound, pageRequest(args, services.limits));
  }

  @Field(() => ChangeType, {
    nullable: true,
    description: '有效冲销中的最后一次；没有时为 null。The last of `reversals`; null if there is none.',
  })
  async reversedBy(): Promise<ChangeType | undefined> {
    const last = this.entry.reversals.at(-1);
    return last === undefined ? undefined : this.changeAt(last);
  }

  @Field(() => [ChangeType], { description: REVERSALS })
  reversals(@Ctx() { services }: RequestContext): Promise<readonly ChangeType[]> {
    return listOfChanges(this.reversalsFound, services.limits);
  }

  @Field(() => ChangeConnection, { description: REVERSALS_PAGE })
  reversalsPage(
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ChangeConnection> {
    return pageOfChanges(this.reversalsFound, pageRequest(args, services.limits));
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      '支出减去有效冲销后的剩余，以 unit 为单位；不是支出时为 null。What the reversals in force leave of an expenditure, in unit; null if the fact is no expenditure.',
  })
  remainingAmount(@UnitArg() unit: MoneyUnit): string | undefined {
    const { remaining } = this.entry;
    return remaining === undefined ? undefined : inUnit(remaining, unit);
  }

  @Field(() => ChangeType, {
    nullable: true,
    description:
      '结转出的对应结转入，或反之；不是结转或对应变更尚未记录时为 null。Of a CARRY_OUT the change that carried in, and the other way round; null if the fact is no carry-over, or if the other change is not on record yet.',
  })
  async counterpart(): Promise<ChangeType | undefined> {
    const place = await counterpartOf(this.scope, this.budget, this.fact);
    return place && new ChangeType(await this.scope.change(place.entity, place.position), this.scope);
  }

  private get correctionsFound(): ChangesFound {
    return { scope: this.scope, entity: this.budget.entity, positions: this.fact.corrections };
  }

  private get reversalsFound(): ChangesFound {
    return { scope: this.scope, entity: this.budget.entity, positions: this.entry.reversals };
  }

  private get fact(): BudgetFact {
    return this.entry.fact;
  }

  private async changeAt(position: bigint): Promise<ChangeType> {
    return new ChangeType(await this.scope.change(this.budget.entity, position), this.scope);
  }
}

export const EntryConnection = connectionTypes(
  'Entry',
  () => EntryType,
  '分录分页，按生效时间、再按账本位置排列。A page of entries, by effective date, then position',
);
export type EntryConnection = InstanceType<typeof EntryConnection>;

export const EntryArguments = fieldArguments({ ...FORWARD_PAGE, ...ENTRY_FILTER }, refuseReversedDates);
export type EntryArgs = ArgumentsOf<typeof EntryArguments>;
