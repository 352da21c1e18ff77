import { Arg, Ctx, Field, FieldResolver, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import { andThen, Awaitable } from '../kernel/async';
import { parsePosition, POSITION_EXPECTED } from '../kernel/position';
import { ok, refused, Result, unwrap, Violation } from '../kernel/refusal';
import { Instant, parseMoment } from '../kernel/time';
import { AsOf } from '../reading/ledger-reader';
import { Scope } from '../reading/scope';
import { RequestContext, Scoped } from './context';
import { Node } from './node-type';
import { DateTimeScalar, MomentScalar, PositionScalar } from './scalars';
import { MOMENT_EXPECTED } from '../input/fields';

@InputType({
  description: `两个时钟。Both clocks; {} means now, an explicit null means left out.

Known: only facts recorded up to then. A time resolves to the last event recorded at or before it, once per request. Now is the later of the server's clock and the head's recordedAt. Today's date means now. Anything later: AS_OF_IN_FUTURE. If the read models have not passed it after a short wait: READ_MODEL_BEHIND.

Effective: of the facts on record, only those whose effective date is not later; left out, no upper bound; it may lie in the future. It filters facts, not existence: what was recorded when an entity was registered, planned or defined, and every budget line, is true from the beginning. Before its effective date a fact has no effect. If a fact replaces another (name, target, progress, status) the one with the later effective date holds, ties by position.

revision, lastChange and history follow the record, whatever is in force.`,
})
export class AsOfInput {
  @Field(() => MomentScalar, {
    nullable: true,
    description: '知悉时点。Only what was recorded up to then; a date means its end. Later than now: AS_OF_IN_FUTURE.',
  })
  knownAt?: string | null;

  @Field(() => PositionScalar, {
    nullable: true,
    description: '账本位置。An exact place instead of a time; excludes knownAt. Beyond the head: AS_OF_IN_FUTURE.',
  })
  position?: string | null;

  @Field(() => MomentScalar, {
    nullable: true,
    description: '生效时点。Only facts that are effective up to then; a date means its end. Left out: all.',
  })
  effectiveAt?: string | null;
}

@ObjectType('Snapshot', {
  implements: [Node],
  description:
    '快照。The ledger at a moment: every field below is answered as if that moment were now, and as if nothing later had been recorded.',
})
export class SnapshotType implements Scoped, Node {
  constructor(readonly scope: Scope) {}

  get id(): string {
    return this.scope.id({ type: 'SNAPSHOT' });
  }

  @Field(() => PositionScalar, {
    simple: true,
    description:
      '账本位置。The last event of this snapshot: it fixes the facts on record. If you pass it as asOf.position with the same effectiveAt, the facts are always the same. What depends on the requested moment (knownAt, overdue without `on`, KNOWN series) then follows the recordedAt of the position.',
  })
  get position(): bigint {
    return this.scope.snapshot.position;
  }

  @Field(() => DateTimeScalar, {
    simple: true,
    description:
      '知悉时点。The requested moment. If a position was requested, the recordedAt of its event; at position 0, the epoch.',
  })
  get knownAt(): Instant {
    return this.scope.snapshot.knownAt ?? this.scope.snapshot.recordedAt;
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    simple: true,
    description: '生效时点。The requested moment; null: no upper bound.',
  })
  get effectiveAt(): Instant | undefined {
    return this.scope.snapshot.effectiveAt;
  }
}

type Returns = Parameters<typeof Query>[0];
interface RootFieldOptions {
  readonly nullable?: boolean;
  readonly description?: string;
}

/** A field of Query and of Snapshot at once: one definition for now and for then. Used in a class that resolves Snapshot. */
export function RootField(returns: Returns, options: RootFieldOptions): MethodDecorator {
  return ((prototype: object, name: string, descriptor: PropertyDescriptor) => {
    Query(returns, options)(prototype, name, descriptor);
    FieldResolver(returns, options)(prototype, name, descriptor);
  }) as MethodDecorator;
}

@Resolver()
export class AsOfResolver {
  @Query(() => SnapshotType, {
    nullable: true,
    description:
      '时点查询。The ledger at that moment. Root fields without asOf are answered at one position that is fixed when the request starts, so two fields of one request never disagree.',
  })
  asOf(
    @Arg('at', () => AsOfInput, { description: '时点。On both clocks; {} means now.' })
    at: AsOfInput,
    @Ctx() context: RequestContext,
  ): Awaitable<SnapshotType> {
    return andThen(scopeAsOf(context, at, 'at'), (scope) => new SnapshotType(scope.readAs('asOf')));
  }
}

/** The scope of the moment that an argument names. */
export function scopeAsOf(context: RequestContext, at: AsOfInput, argument: string): Awaitable<Scope> {
  const asOf = unwrap(readAsOf(at, argument));
  context.requireReading();
  const { services } = context;
  return andThen(
    services.reader.resolve(asOf, `/${argument}`),
    (snapshot) => new Scope(services, unwrap(snapshot), 'snapshot'),
  );
}

function readAsOf(at: AsOfInput, argument: string): Result<AsOf> {
  const violations: Violation[] = [];
  const read = <T>(part: keyof AsOfInput, parse: (text: string) => T | undefined, message: string): T | undefined => {
    const text = at[part];
    if (typeof text !== 'string') return undefined;
    const value = parse(text);
    if (value === undefined) violations.push({ path: `/${argument}/${part}`, message });
    return value;
  };
  const knownAt = read('knownAt', parseMoment, MOMENT_EXPECTED);
  const position = read('position', parsePosition, POSITION_EXPECTED);
  const effectiveAt = read('effectiveAt', parseMoment, MOMENT_EXPECTED);
  return violations.length > 0
    ? refused({ kind: 'BAD_USER_INPUT', violations })
    : ok({ knownAt, position, effectiveAt });
}
