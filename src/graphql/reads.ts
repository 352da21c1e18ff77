import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { inputObject } from '../input/field';
import { anyOf, code, instant, NOT_BLANK_EXPECTED, optional, texts } from '../input/fields';
import { refuseReversed } from '../input/ranges';
import { readInput } from '../input/read-input';
import { isBlank } from '../kernel/blank';
import { INPUT_BOUNDS } from '../kernel/limits';
import { unwrap } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { MOST_MOMENTS, ReadEntry } from '../reads/merged-reads';
import { ReadMoment } from '../reads/read';
import { cursorOf } from '../reads/read-cursor';
import { pageOfReads } from '../reading/on-record/page-of-reads';
import { pageRequest } from '../reading/pages';
import { RequestContext } from './context';
import { Arguments } from './field-arguments';
import { inputTypeOf } from './input-types';
import { connectionTypes, ForwardPageArgs, ForwardPageArguments } from './pages';
import { DateTimeScalar, PositionScalar } from './scalars';

/** What an entry shows at most. The record has all. */
export const READ_BOUNDS = { departments: 1_000, fields: 500, moments: MOST_MOMENTS } as const;

@ObjectType('ReadMoment', { description: '查阅时点。As of which moment somebody read.' })
export class ReadMomentType {
  @Field(() => PositionScalar, { simple: true, description: '账本位置。The last event that was read.' })
  readonly position!: bigint;

  @Field(() => DateTimeScalar, {
    nullable: true,
    simple: true,
    description: '生效时点。The effective moment; null: no upper bound.',
  })
  readonly effectiveAt?: Instant;
}

@ObjectType('Read', {
  description:
    '查阅记录：同一人、同一操作、同一实体、同一日的查阅合为一条。Who read what. The reads of one person, operation, entity and day are one entry. It is kept apart from the facts, in streams and a tree of its own.',
})
export class ReadType {
  constructor(private readonly entry: ReadEntry) {}

  @Field(() => ID, { simple: true, description: '标识。It stays the same when further reads are added.' })
  get id(): string {
    return cursorOf(this.entry.place);
  }

  @Field(() => DateTimeScalar, { simple: true, description: '时间。When the person read last.' })
  get at(): Instant {
    return this.entry.lastAt;
  }

  @Field(() => DateTimeScalar, { simple: true, description: '首次时间。When the person read first on that day.' })
  get firstAt(): Instant {
    return this.entry.firstAt;
  }

  @Field(() => Int, { simple: true, description: '次数。How many reads of that day the entry stands for.' })
  get count(): number {
    return this.entry.count;
  }

  @Field(() => String, { simple: true, description: '令牌的 sub。The sub of the token.' })
  get sub(): string {
    return this.entry.sub;
  }

  @Field(() => String, { nullable: true, simple: true, description: '姓名。The name in the token, if it has one.' })
  get name(): string | undefined {
    return this.entry.name;
  }

  @Field(() => String, {
    simple: true,
    description:
      '操作。What was done: asOf, node, history, blame, series, diff, proof, evidence, report, form, changes, subscription, or export and the name of a table.',
  })
  get operation(): string {
    return this.entry.operation;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '实体：类型/代码。The type and code of the entity, TYPE/CODE; null for a read of many entities.',
  })
  get entity(): string | undefined {
    return this.entry.entity;
  }

  @Field(() => PositionScalar, {
    simple: true,
    description: '账本位置。The last event that was read, at the last read.',
  })
  get position(): bigint {
    return this.entry.moments.at(-1)?.position ?? 0n;
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    simple: true,
    description: '生效时点。The effective moment of the last read; null: no upper bound.',
  })
  get effectiveAt(): Instant | undefined {
    return this.entry.moments.at(-1)?.effectiveAt;
  }

  @Field(() => [ReadMomentType], {
    simple: true,
    description: `查阅时点。The different moments as of which the person read, up to ${MOST_MOMENTS} of them: those that were read last.`,
  })
  get moments(): readonly ReadMoment[] {
    return this.entry.moments;
  }

  @Field(() => [ID], {
    simple: true,
    description:
      '涉及的部门：代码；若为整体查阅，则为可读范围，如 4413* 或 *。The departments that the reads touched: codes, or patterns such as 4413* and * if everything was read that the person may read.',
  })
  get departments(): readonly string[] {
    return this.entry.departments.slice(0, READ_BOUNDS.departments);
  }

  @Field(() => [String], {
    simple: true,
    description:
      '字段。What was asked for: paths of fields, such as asOf.budget.executed, or the columns of an export.',
  })
  get fields(): readonly string[] {
    return this.entry.fields.slice(0, READ_BOUNDS.fields);
  }
}

const ReadConnection = connectionTypes(
  'Read',
  () => ReadType,
  '查阅记录分页。A page of reads, from the newest to the oldest; a cursor is an id',
);
type ReadConnection = InstanceType<typeof ReadConnection>;

const MOST = { most: INPUT_BOUNDS.maxFilterValues };

const FILTER = inputObject(
  'ReadFilter',
  '查阅记录筛选。Reads that match every part that is given; an empty list matches none.',
  {
    sub: optional(
      anyOf(
        texts('ID', '', (sub) => !isBlank(sub), NOT_BLANK_EXPECTED),
        MOST,
        '查阅人。The subjects (sub) of persons who read.',
      ),
    ),
    departments: optional(anyOf(code(), MOST, '部门。Reads that touched one of these departments.')),
    from: optional(instant('起始时间。Entries with a read at this moment or later.')),
    to: optional(instant('截止时间。Entries with a read at this moment or earlier.')),
  },
  refuseReversed('from', 'to'),
);

const FilterType = inputTypeOf(FILTER);

@Resolver()
export class ReadsResolver {
  @Query(() => ReadConnection, {
    nullable: true,
    description:
      '查阅记录：谁在何时查阅了什么。供审计员查询；只见涉及其可读部门的记录。Who read what, for auditors: reads that touched departments that the caller may read. It needs the right readReads.',
  })
  async reads(
    @Arg('filter', () => FilterType, { nullable: true, description: '筛选。Which reads to give.' })
    sent: unknown,
    @Arguments(ForwardPageArguments) args: ForwardPageArgs,
    @Ctx() { services, principal }: RequestContext,
  ): Promise<ReadConnection> {
    unwrap(services.policy.mayReadReads(principal));
    const { calendar } = services;
    const filter = unwrap(readInput(FILTER, sent ?? {}, { argument: 'filter', calendar }));
    const page = await pageOfReads(services, principal, filter, pageRequest(args, services.limits));
    const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: new ReadType(node) }));
    return new ReadConnection({ ...page, edges });
  }
}
