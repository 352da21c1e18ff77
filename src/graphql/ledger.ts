import { Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { RequestContext } from './context';
import { LimitsType, reportedLimits } from './limits-type';
import { PositionScalar } from './scalars';

@ObjectType('Ledger', { description: '账本。The ledger itself, and how far its read models are.' })
export class LedgerType {
  @Field(() => String, {
    simple: true,
    description: '时区。The IANA name of the time zone in which days and fiscal years begin and end.',
  })
  readonly timeZone!: string;

  @Field(() => Boolean, { simple: true, description: '演示账本。Whether it holds invented data for demonstration.' })
  readonly demo!: boolean;

  @Field(() => LimitsType, { simple: true, description: '限制。What a request may ask for.' })
  readonly limits!: LimitsType;
}

/** A larger lag is reported as this. */
const MAX_LAG = 10_000;

@Resolver(() => LedgerType)
export class LedgerResolver {
  @Query(() => LedgerType, { description: '账本状态。The ledger itself, and how far its read models are.' })
  ledger(@Ctx() context: RequestContext): LedgerType {
    context.requireReading();
    const { calendar, demo, limits } = context.services;
    return Object.assign(new LedgerType(), {
      timeZone: calendar.timeZone,
      demo,
      limits: reportedLimits(limits),
    });
  }

  @FieldResolver(() => PositionScalar, {
    nullable: true,
    description: '最新位置。The newest event; null while there is none.',
  })
  async head(@Ctx() { services }: RequestContext): Promise<bigint | undefined> {
    return present(await services.log.head());
  }

  @FieldResolver(() => PositionScalar, {
    nullable: true,
    description: '投影位置。The read models have reached this position; null while they cannot answer.',
  })
  async projected(@Ctx() { services }: RequestContext): Promise<bigint | undefined> {
    const point = await services.reader.projected();
    return point && present(point.position);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: `滞后条数。How many events the read models are behind, up to ${MAX_LAG}; null while they cannot answer.`,
  })
  async lagEvents(@Ctx() { services }: RequestContext): Promise<number | undefined> {
    const point = await services.reader.projected();
    if (point === undefined) return undefined;
    let lag = 0;
    if ((await services.log.head()) > point.position) {
      for await (const _event of services.log.readAll(point.position)) if (++lag === MAX_LAG) break;
    }
    return lag;
  }
}

const present = (position: bigint): bigint | undefined => (position === 0n ? undefined : position);
