import { IsIn } from 'class-validator';
import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import { ChangeType } from '../../../graphql/change';
import { unwrap } from '../../../graphql/errors';
import { rangeOf } from '../../../graphql/moment-bounds';
import { ForwardPageArgs, connectionTypes } from '../../../graphql/pages';
import { DateTimeScalar, DecimalScalar, MomentScalar } from '../../../graphql/scalars';
import { Scope } from '../../../graphql/scope';
import { IsLedgerCode, IsMoment } from '../../../graphql/validation';
import { EntityName } from '../../../kernel/codes';
import { MoneyUnit } from '../../../kernel/money';
import { Instant, LedgerCalendar } from '../../../kernel/time';
import { BudgetFact, ENTRY_KINDS, EntryKind } from '../facts';
import { EntryState, EntryView } from '../views';
import { inUnit, UnitArg } from './amounts';
import { EntryKindEnum, EntryStateEnum } from './enums';

@ObjectType('Entry', {
  description: '分录。One fact of a budget as it stands at the snapshot; an approval has one entry a line.',
})
export class EntryType {
  constructor(
    private readonly scope: Scope,
    private readonly budget: EntityName,
    private readonly entry: EntryView,
  ) {}

  @Field(() => EntryKindEnum, { simple: true })
  get kind(): EntryKind {
    return this.fact.kind;
  }

  @Field(() => ID, { simple: true })
  get line(): string {
    return this.fact.line;
  }

  @Field(() => ID, { nullable: true, simple: true, description: '调入明细。The receiving line of a transfer.' })
  get toLine(): string | undefined {
    return this.fact.toLine;
  }

  @Field(() => DecimalScalar, {
    description: 'As restated by its corrections. Never negative: the kind says which way.',
  })
  amount(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.fact.amount, unit);
  }

  @Field(() => DecimalScalar)
  amountFirstRecorded(@UnitArg() unit: MoneyUnit): string {
    return inUnit(this.fact.amountFirstRecorded, unit);
  }

  @Field(() => DateTimeScalar, { simple: true })
  get effectiveAt(): Instant {
    return this.fact.effectiveAt;
  }

  @Field(() => DateTimeScalar, { simple: true })
  get effectiveAtFirstRecorded(): Instant {
    return this.fact.effectiveAtFirstRecorded;
  }

  @Field(() => String, { nullable: true, simple: true, description: '收款人。' })
  get payee(): string | undefined {
    return this.fact.payee;
  }

  @Field(() => String, { nullable: true, simple: true, description: '摘要。' })
  get memo(): string | undefined {
    return this.fact.memo;
  }

  @Field(() => String, { nullable: true, simple: true, description: '文号。' })
  get documentNo(): string | undefined {
    return this.fact.documentNo;
  }

  @Field(() => EntryStateEnum, { simple: true })
  get state(): EntryState {
    return this.entry.state;
  }

  @Field(() => ChangeType, { description: 'The change that recorded it.' })
  change(): Promise<ChangeType> {
    return this.changeAt(this.fact.position);
  }

  @Field(() => [ChangeType], { description: 'Its corrections, in order of recording.' })
  corrections(): Promise<readonly ChangeType[]> {
    return Promise.all(this.fact.corrections.map((position) => this.changeAt(position)));
  }

  @Field(() => ChangeType, { nullable: true, description: 'The reversal in force.' })
  async reversedBy(): Promise<ChangeType | undefined> {
    const { reversedBy } = this.entry;
    return reversedBy === undefined ? undefined : this.changeAt(reversedBy);
  }

  private get fact(): BudgetFact {
    return this.entry.fact;
  }

  private async changeAt(position: bigint): Promise<ChangeType> {
    return new ChangeType(await this.scope.change(this.budget, position), this.scope);
  }
}

export const EntryConnection = connectionTypes(
  'Entry',
  () => EntryType,
  'A page of entries, by effective date, then position',
);
export type EntryConnection = InstanceType<typeof EntryConnection>;

@ArgsType()
export class EntryArgs extends ForwardPageArgs {
  @IsIn(ENTRY_KINDS, { each: true })
  @Field(() => [EntryKindEnum], { nullable: true })
  kinds?: EntryKind[] | null;

  @IsLedgerCode()
  @Field(() => ID, { nullable: true, description: 'Entries that touch this line, on either side of a transfer.' })
  line?: string | null;

  @IsMoment()
  @Field(() => MomentScalar, { nullable: true, description: 'Inclusive; a date means its 00:00.' })
  effectiveFrom?: string | null;

  @IsMoment()
  @Field(() => MomentScalar, { nullable: true, description: 'Inclusive; a date means its end.' })
  effectiveTo?: string | null;
}

/** The test that the arguments make. */
export function entryFilter(args: EntryArgs, calendar: LedgerCalendar): (fact: BudgetFact) => boolean {
  const { kinds, line, effectiveFrom, effectiveTo } = args;
  const names = { from: 'effectiveFrom', to: 'effectiveTo' };
  const { from = -Infinity, to = Infinity } = unwrap(rangeOf(effectiveFrom, effectiveTo, calendar, names));
  return (fact) =>
    (!kinds || kinds.includes(fact.kind)) &&
    (typeof line !== 'string' || fact.line === line || fact.toLine === line) &&
    fact.effectiveAt >= from &&
    fact.effectiveAt <= to;
}
