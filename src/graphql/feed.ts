import { Arg, createUnionType, Field, ObjectType, Resolver, ResolverData, Root, Subscription } from 'type-graphql';
import { feed, FeedItem, FeedMark } from '../change-feed/feed';
import { ClosableIterator, mapIterator } from '../kernel/async';
import { parsePosition, POSITION_EXPECTED } from '../kernel/position';
import { badInput, limitExceeded, unwrap } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { changeFilterType, readFilter } from './change-filter';
import { ChangeType } from './change';
import { RequestContext } from './context';
import { enumType } from './enums';
import { DateTimeScalar, PositionScalar } from './scalars';

const FeedMarkKindEnum = enumType(
  'FeedMarkKind',
  ['CAUGHT_UP', 'PROGRESS', 'LAGGED'] as const,
  '标记类型。What a mark in the feed means.',
  {
    CAUGHT_UP: '已追上。All recorded changes have been sent; from here on the feed is live.',
    PROGRESS: '进展。Nothing matched lately, but the point to resume from moved to `position`.',
    LAGGED: '已落后。The subscriber was too slow, and the feed closes. Resume after `position`: nothing is lost.',
  },
);

@ObjectType('FeedMark', { description: '订阅标记。How far a subscriber of the feed has come.' })
class FeedMarkType {
  constructor(private readonly mark: FeedMark) {}

  @Field(() => FeedMarkKindEnum, { simple: true, description: '标记类型。What the mark says.' })
  get kind(): FeedMark['kind'] {
    return this.mark.kind;
  }

  @Field(() => PositionScalar, { simple: true, description: '账本位置。Resume after it.' })
  get position(): bigint {
    return this.mark.position;
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    simple: true,
    description: '记录时间。The recordedAt of the last change up to `position`.',
  })
  get recordedAt(): Instant | undefined {
    return this.mark.recordedAt;
  }
}

const FeedItemUnion = createUnionType({
  name: 'FeedItem',
  description: '订阅项。A change, or a mark of how far the subscriber has come.',
  types: () => [ChangeType, FeedMarkType] as const,
});

interface ChangesArguments {
  readonly after?: string | null;
  readonly filter?: unknown;
}

@Resolver()
export class FeedResolver {
  @Subscription(() => FeedItemUnion, {
    subscribe: (data) => open(data as unknown as ResolverData<RequestContext>) as never,
    description:
      '变更流(推送)。Every change after `after`, once, in order, old and new alike, over WebSocket and SSE. `after` accepts any position that the API returns; left out: from now.',
  })
  changes(
    @Root() item: FeedItem,
    @Arg('after', () => PositionScalar, {
      nullable: true,
      description: '起始位置。Any position that the API returns; left out: from now.',
    })
    _after?: string | null,
    @Arg('filter', changeFilterType, {
      nullable: true,
      description: '筛选。Which changes to send.',
    })
    _filter?: unknown,
  ): typeof FeedItemUnion {
    return item.kind === 'CHANGE' ? new ChangeType(item.change, 'FEED') : new FeedMarkType(item);
  }
}

/** Checks the arguments and takes a seat for the subscriber, before anything is sent. */
async function open(data: ResolverData<RequestContext>): Promise<ClosableIterator<FeedItem>> {
  const { context } = data;
  const { after: given, filter } = data.args as ChangesArguments;
  const asked = context.resumeAfter ?? given;
  context.requireReading();
  const wanted = readFilter(filter, context.services);
  const after = typeof asked === 'string' ? parsePosition(asked) : undefined;
  if (typeof asked === 'string' && after === undefined) unwrap(badInput('/after', POSITION_EXPECTED));
  const present = await context.present();
  const { services, principal, masking } = context;
  // Beyond the head there is nothing yet to resume after.
  if (after !== undefined) unwrap(await services.reader.resolve({ position: after }, '/after'));
  services.reads?.departments('subscription', present, wanted.departments);
  const leave = services.feed.quota.acquire(principal.sub);
  if (typeof leave === 'string')
    return unwrap(limitExceeded(leave, 'There are too many readers of the feed; close some first'));
  services.patience?.lift();
  const items = feed({
    store: services.store,
    live: services.feed.live,
    calendar: services.calendar,
    filter: wanted,
    shown: masking && ((change) => masking.change(change)),
    shows: (change) => services.visibility?.showsChange(change) ?? true,
    present,
    after,
    progressMs: services.feed.progressMs,
    signal: services.feed.draining,
  });
  return mapIterator(items, (item) => item, leave);
}
