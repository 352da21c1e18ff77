import { IsHexadecimal, Length, MaxLength, Min, ValidateNested, ArrayMaxSize } from 'class-validator';
import { Arg, ClassType, Field, InputType, Int } from 'type-graphql';
import { Decimal, parseDecimal } from '../kernel/decimal';
import { INPUT_BOUNDS } from '../kernel/limits';
import { Instant, LedgerCalendar, LocalDate, parseLocalDate, parseMoment } from '../kernel/time';
import { MomentScalar } from './scalars';
import { IsLabel, IsMoment, IsNotBlank, IsText } from './validation';

@InputType({ description: '佐证材料。A document that proves a fact.' })
export class EvidenceInput {
  @IsNotBlank()
  @Length(1, INPUT_BOUNDS.maxUriLength)
  @Field(() => String, {
    description: '材料地址，非空，最多 2000 个字符。Where the document is; not blank, at most 2,000 characters.',
  })
  uri!: string;

  @IsHexadecimal({ message: 'must be hexadecimal' })
  @Length(64, 64)
  @Field(() => String, {
    nullable: true,
    description: '材料的 SHA-256，64 位十六进制。The SHA-256 of the document, 64 hexadecimal digits.',
  })
  sha256?: string | null;

  @IsLabel()
  @Field(() => String, {
    nullable: true,
    description: '材料名称，非空，最多 500 个字符。The title of the document; not blank, at most 500 characters.',
  })
  title?: string | null;
}

/** The argument of a mutation. */
export const Input = (type: () => ClassType): ParameterDecorator =>
  Arg('input', type, {
    description:
      '写入内容，按此顺序检查：输入本身（BAD_USER_INPUT）、权限（UNAUTHENTICATED、FORBIDDEN）、幂等键与修订号（CONFLICT）、是否存在（已存在为 CONFLICT，所指不存在为 NOT_FOUND）、规则（RULE_VIOLATION）。被拒绝时不记录任何内容。What to record. It is checked in this order: the input alone (BAD_USER_INPUT), permission (UNAUTHENTICATED, FORBIDDEN), idempotencyKey and expectedRevision (CONFLICT), existence (CONFLICT if it exists already, NOT_FOUND if what it names does not), rules (RULE_VIOLATION). A refused input records nothing.',
  }) as ParameterDecorator;

/** What every command can say of itself. */
@InputType()
export abstract class CommandInput {
  @Length(1, INPUT_BOUNDS.maxIdempotencyKeyLength)
  @IsNotBlank()
  @Field(() => String, {
    nullable: true,
    description:
      '幂等键，以实体为范围，1 至 200 个字符。同一人以同样的输入重复同一操作，得到第一次的结果，不再记录；同一键用于其他内容为 CONFLICT。A key within the entity, of 1 to 200 characters. If the same actor repeats the same mutation with the same input as sent, the answer is the first result and nothing is recorded. Anything else under the key: CONFLICT.',
  })
  idempotencyKey?: string | null;

  @Min(0)
  @Field(() => Int, {
    nullable: true,
    description:
      '预期修订号：读取实体时的 revision；0 表示实体必须尚不存在。不一致为 CONFLICT。The revision that the entity was read at; 0: the entity must not exist yet. If its revision is another: CONFLICT.',
  })
  expectedRevision?: number | null;

  @IsMoment()
  @Field(() => MomentScalar, {
    nullable: true,
    description:
      '生效时间：事实在现实中成立的时间。不填则为事实自带的日期（observedOn、completedOn、reachedOn），没有则为现在；只填日期为账本时区当日 00:00。When the fact is true in the world. Default: the date that the fact itself has (observedOn, completedOn, reachedOn), else now. A date means its 00:00 in the time zone of the ledger.',
  })
  effectiveAt?: string | null;

  @IsText()
  @Field(() => String, { nullable: true, description: '理由，最多 20000 个字符。Why; at most 20,000 characters.' })
  reason?: string | null;

  @MaxLength(INPUT_BOUNDS.maxDocumentNoLength)
  @Field(() => String, {
    nullable: true,
    description: '文号，最多 200 个字符。The number of the official document; at most 200 characters.',
  })
  documentNo?: string | null;

  @ArrayMaxSize(INPUT_BOUNDS.maxEvidence)
  @ValidateNested({ each: true })
  @Field(() => [EvidenceInput], {
    nullable: true,
    description: '佐证材料，最多 50 份。The documents that prove the fact; at most 50.',
  })
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
