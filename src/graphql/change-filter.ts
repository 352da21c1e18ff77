import { ArrayMaxSize, Min } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ChangeFilter } from '../change-feed/filter';
import { EntityType } from '../kernel/codes';
import { Instant, LedgerCalendar, parseMoment } from '../kernel/time';
import { EntityTypeEnum } from './change';
import { given } from './command-input';
import { MomentScalar } from './scalars';
import { IsMoment } from './validation';

const MAX_VALUES = 1_000;
const FROM = 'Inclusive; a date means its 00:00.';
const TO = 'Inclusive; a date means its end.';

@InputType('ChangeFilter', { description: 'Changes that match every part given; a part that is left out matches all.' })
export class ChangeFilterInput {
  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [ID], { nullable: true })
  departments?: string[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [Int], { nullable: true })
  fiscalYears?: number[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [EntityTypeEnum], { nullable: true })
  entityTypes?: EntityType[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [String], { nullable: true, description: 'Codes; of budgets and evaluations DEPARTMENT.YEAR.' })
  entities?: string[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [String], { nullable: true, description: 'Types of event, such as "ExpenditureRecorded".' })
  types?: string[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [ID], { nullable: true, description: 'The subs of actors.' })
  actors?: string[] | null;

  @Min(0)
  @Field(() => Int, {
    nullable: true,
    description:
      "迟报天数。Recorded at least so many days after its effective date, as first recorded, in days of the ledger's time zone.",
  })
  lateByDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: '更正。Corrections only, or anything but them.' })
  corrections?: boolean | null;

  @IsMoment()
  @Field(() => MomentScalar, { nullable: true, description: FROM })
  recordedFrom?: string | null;

  @IsMoment()
  @Field(() => MomentScalar, { nullable: true, description: TO })
  recordedTo?: string | null;

  @IsMoment()
  @Field(() => MomentScalar, { nullable: true, description: FROM })
  effectiveFrom?: string | null;

  @IsMoment()
  @Field(() => MomentScalar, { nullable: true, description: TO })
  effectiveTo?: string | null;
}

export const readFilter = (filter: ChangeFilterInput | null | undefined, calendar: LedgerCalendar): ChangeFilter => ({
  departments: given(filter?.departments),
  fiscalYears: given(filter?.fiscalYears),
  entityTypes: given(filter?.entityTypes),
  entities: given(filter?.entities),
  types: given(filter?.types),
  actors: given(filter?.actors),
  lateByDays: given(filter?.lateByDays),
  corrections: given(filter?.corrections),
  recordedFrom: lowerBound(filter?.recordedFrom, calendar),
  recordedTo: upperBound(filter?.recordedTo, calendar),
  effectiveFrom: lowerBound(filter?.effectiveFrom, calendar),
  effectiveTo: upperBound(filter?.effectiveTo, calendar),
});

/** A date as a lower bound: its 00:00. Validated already. */
export function lowerBound(text: string | null | undefined, calendar: LedgerCalendar): Instant | undefined {
  const moment = typeof text === 'string' ? parseMoment(text) : undefined;
  return moment && calendar.timeOfFact(moment);
}

/** A date as an upper bound: its end. Validated already. */
export function upperBound(text: string | null | undefined, calendar: LedgerCalendar): Instant | undefined {
  const moment = typeof text === 'string' ? parseMoment(text) : undefined;
  return moment && calendar.upperBound(moment);
}
