import { IsHexadecimal, Length, MaxLength, Min, ValidateNested, ArrayMaxSize } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';
import { Decimal, parseDecimal } from '../kernel/decimal';
import { Instant, LedgerCalendar, LocalDate, parseLocalDate, parseMoment } from '../kernel/time';
import { MomentScalar } from './scalars';
import { IsLabel, IsMoment, IsNotBlank, IsText } from './validation';

@InputType({ description: '佐证材料。' })
export class EvidenceInput {
  @IsNotBlank()
  @Length(1, 2_000)
  @Field(() => String)
  uri!: string;

  @IsHexadecimal({ message: 'must be hexadecimal' })
  @Length(64, 64)
  @Field(() => String, { nullable: true, description: 'SHA-256 of the document, 64 hexadecimal digits.' })
  sha256?: string | null;

  @IsLabel()
  @Field(() => String, { nullable: true })
  title?: string | null;
}

/** What every command can say of itself. */
@InputType()
export abstract class CommandInput {
  @Length(1, 200)
  @IsNotBlank()
  @Field(() => String, {
    nullable: true,
    description:
      'Scoped to the entity. The same mutation by the same actor with the same input as sent answers with the first result and records nothing; anything else under the key: CONFLICT.',
  })
  idempotencyKey?: string | null;

  @Min(0)
  @Field(() => Int, {
    nullable: true,
    description: 'The revision that the entity was read at; 0: it must not exist. Another: CONFLICT.',
  })
  expectedRevision?: number | null;

  @IsMoment()
  @Field(() => MomentScalar, {
    nullable: true,
    description: '生效时间。When the fact is true in the world. Default: now. A date means its 00:00.',
  })
  effectiveAt?: string | null;

  @IsText()
  @Field(() => String, { nullable: true, description: '理由。' })
  reason?: string | null;

  @MaxLength(200)
  @Field(() => String, { nullable: true, description: '文号。' })
  documentNo?: string | null;

  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Field(() => [EvidenceInput], { nullable: true })
  evidence?: EvidenceInput[] | null;
}

/** An explicit null means left out. */
export const given = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

/** A moment of a validated input as the time of a fact. */
export function factTime(text: string | null | undefined, calendar: LedgerCalendar): Instant | undefined {
  if (typeof text !== 'string') return undefined;
  const moment = parseMoment(text);
  if (moment === undefined) throw new Error(`${text} has not been validated`);
  return calendar.timeOfFact(moment);
}

/** A date of a validated input. */
export function dateGiven(text: string): LocalDate;
export function dateGiven(text: string | null | undefined): LocalDate | undefined;
export function dateGiven(text: string | null | undefined): LocalDate | undefined {
  if (typeof text !== 'string') return undefined;
  const date = parseLocalDate(text);
  if (date === undefined) throw new Error(`${text} has not been validated`);
  return date;
}

/** A decimal number of a validated input, within the bounds of values. */
export function decimalGiven(text: string): Decimal;
export function decimalGiven(text: string | null | undefined): Decimal | undefined;
export function decimalGiven(text: string | null | undefined): Decimal | undefined {
  if (typeof text !== 'string') return undefined;
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`${text} has not been validated`);
  return value;
}
