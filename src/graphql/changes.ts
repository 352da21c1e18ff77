import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { matches } from '../change-feed/filter';
import { scan } from '../change-feed/scan';
import { optional, orDefault, position } from '../input/fields';
import { unwrap } from '../kernel/refusal';
import { pageRequest } from '../reading/pages';
import { ChangeConnection, changeEdge } from './change';
import { changeFilterType, readFilter } from './change-filter';
import { RequestContext } from './context';
import { Arguments, ArgumentsOf, fieldArguments } from './field-arguments';
import { size } from './pages';

const ChangesArguments = fieldArguments({
  after: optional(
    position(
      '起始位置。Only changes after this position; left out: from the start. Any position that the API returns is accepted.',
    ),
  ),
  first: orDefault(size('最多条数。At most this many changes. More than maxPageSize: LIMIT_EXCEEDED.'), 100),
});

@Resolver()
export class ChangesResolver {
  @Query(() => ChangeConnection, {
    nullable: true,
    description: '变更流(拉取)。The change feed, pulled: in log order, each change once, resumable after any position.',
  })
  async changes(
    @Arg('filter', changeFilterType, {
      nullable: true,
      description: '筛选。Which changes to give.',
    })
    filter: unknown,
    @Arguments(ChangesArguments) { after = 0n, first }: ArgumentsOf<typeof ChangesArguments>,
    @Ctx() context: RequestContext,
  ): Promise<ChangeConnection> {
    const { services } = context;
    const wanted = readFilter(filter, services);
    const { position: upTo } = await context.present();
    const { size } = pageRequest({ first }, services.limits);
    // A position past the one that this request sees may still be one of the ledger's; beyond the head it is refused.
    if (after > upTo) unwrap(await services.reader.resolve({ position: after }));
    services.reads?.departments('changes', { position: upTo }, wanted.departments);
    const { changes, position, more } = await scan(
      services.store,
      (change) => matches(wanted, change, services.calendar),
      // If a client asks for whole changes, the page still fits into one answer.
      { after, upTo, limit: size, maxBytes: services.limits.maxAnswerBytes / 2 },
      services.work,
    );
    const hasPrevious = after > 0n && (await services.store.pointAt({ position: after })).sequence > 0n;
    return new ChangeConnection(
      { edges: changes.map((change) => changeEdge(change, 'FEED')), hasPrevious, hasNext: more },
      position,
    );
  }
}
