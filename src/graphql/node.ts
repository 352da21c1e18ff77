import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Awaitable } from '../kernel/async';
import { Limits, MOST_SNAPSHOTS } from '../kernel/limits';
import { RequestContext } from './context';
import { badInput, limitExceeded, unwrap } from '../kernel/refusal';
import { isOfDryRun, placeOf } from '../reading/ids';
import { readId } from '../reading/nodes';
import { loadAt, NodeReading, snapshotOf } from './node-reading';
import { Node } from './node-type';
import { SnapshotType } from './snapshot';

const Ids = (): ParameterDecorator =>
  Arg('ids', () => [ID], { description: '标识。At most maxPageSize of them.' }) as ParameterDecorator;

@Resolver(() => SnapshotType)
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: '按标识查询。The object behind an id, at the snapshot that the id carries; without one, now.',
  })
  async node(
    @Arg('id', () => ID, { description: '标识。The id of a node, from any snapshot; not an eventId.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object | undefined> {
    context.requireReading();
    const named = readId(id, context.services.nodes);
    if (named === undefined) return unwrap(badInput('/id', 'is no id of a node'));
    return new NodeReading(context).read(named);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: `批量查询。The objects behind the ids, in that order, each at the snapshot that its id carries; null for an id that is malformed or names nothing. At most maxPageSize ids and ${MOST_SNAPSHOTS} different snapshots: LIMIT_EXCEEDED.`,
  })
  nodes(@Ids() ids: readonly string[], @Ctx() context: RequestContext): readonly Awaitable<object | undefined>[] {
    context.requireReading();
    requireFewIds(ids, context.services.limits);
    const names = ids.map((id) => readId(id, context.services.nodes));
    const snapshots = names.flatMap((name) => (name && snapshotOf(name)) ?? []);
    if (new Set(snapshots.map(placeOf)).size > MOST_SNAPSHOTS) {
      unwrap(limitExceeded('maxSnapshots', `The ids are of more than ${MOST_SNAPSHOTS} different snapshots`));
    }
    const reading = new NodeReading(context);
    return names.map((name) => name && reading.read(name));
  }

  @FieldResolver(() => [Node], {
    name: 'nodes',
    nullable: 'items',
    description:
      '批量查询。The objects behind the ids, in that order, at this snapshot, whatever the ids carry; null for an id that is malformed or names nothing here. At most maxPageSize ids: LIMIT_EXCEEDED.',
  })
  nodesAt(
    @Root() { scope }: SnapshotType,
    @Ids() ids: readonly string[],
    @Ctx() { services }: RequestContext,
  ): readonly Awaitable<object | undefined>[] {
    requireFewIds(ids, services.limits);
    return ids.map(async (id) => {
      const name = readId(id, services.nodes);
      return name === undefined || isOfDryRun(name) ? undefined : loadAt(services, scope, name);
    });
  }
}

function requireFewIds(ids: readonly string[], { maxPageSize }: Limits): void {
  if (ids.length > maxPageSize) unwrap(limitExceeded('maxPageSize', `At most ${maxPageSize} ids are taken at once`));
}
