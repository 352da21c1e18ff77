import { Min } from 'class-validator';
import { Arg, Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql';
import { matches } from '../change-feed/filter';
import { scan } from '../change-feed/scan';
import { ChangeConnection, changeEdge } from './change';
import { ChangeFilterInput } from './change-filter';
import { RequestContext } from './context';
import { unwrap } from './errors';
import { JUDGED_BY_READER, readFilter } from './filter-reading';
import { parsePosition } from '../reading/ids';
import { pageRequest } from './pages';
import { PositionScalar } from './scalars';
import { IsPosition } from './validation';

@ArgsType()
class ChangesArgs {
  @IsPosition()
  @Field(() => PositionScalar, {
    nullable: true,
    description:
      '起始位置。After which position of the log; left out: from the start. Any position of the API is legal.',
  })
  after?: string | null;

  @Min(0)
  @Field(() => Int, {
    nullable: true,
    defaultValue: 100,
    description: '最多条数。At most this many changes. More than maxPageSize: LIMIT_EXCEEDED.',
  })
  first?: number | null;
}

@Resolver()
export class ChangesResolver {
  @Query(() => ChangeConnection, {
    nullable: true,
    description: '变更流(拉取)。The change feed, pulled: in log order, each change once, resumable after any position.',
  })
  async changes(
    @Arg('filter', () => ChangeFilterInput, {
      nullable: true,
      validateFn: JUDGED_BY_READER,
      description: '筛选。Which changes to give.',
    })
    filter: ChangeFilterInput | null | undefined,
    @Args(() => ChangesArgs) args: ChangesArgs,
    @Ctx() context: RequestContext,
  ): Promise<ChangeConnection> {
    const { services } = context;
    const wanted = unwrap(readFilter(filter, services));
    const { position: upTo } = await context.present();
    const { size } = pageRequest({ first: args.first ?? 100 }, services.limits);
    const after = (args.after ? parsePosition(args.after) : undefined) ?? 0n;
    // A position past the one that this request sees may still be one of the ledger's; beyond the head it is refused.
    if (after > upTo) unwrap(await services.reader.resolve({ position: after }));
    const { changes, position, more } = await scan(
      services.store,
      (change) => matches(wanted, change, services.calendar),
      { after, upTo, limit: size },
    );
    const hasPrevious = after > 0n && (await services.store.pointAt({ position: after })).sequence > 0n;
    return new ChangeConnection(
      { edges: changes.map((change) => changeEdge(change, 'FEED')), hasPrevious, hasNext: more },
      position,
    );
  }
}
