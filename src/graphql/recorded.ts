import { Ctx, Field, FieldResolver, Int, InterfaceType, Resolver, Root } from 'type-graphql';
import { FieldOrigin } from '../audit/blame';
import { andThen, Awaitable } from '../kernel/async';
import { Change } from '../read-model/change';
import { blameOf } from '../reading/blame';
import { historyOf } from '../reading/history';
import { pageOfItems, pageRequest } from '../reading/pages';
import { Loaded, Reading, Scope } from '../reading/scope';
import { ChangeConnection, changeEdge, ChangeType, FieldOriginConnection, FieldOriginType } from './change';
import { RequestContext } from './context';
import { Arguments } from './field-arguments';
import { PageArgs, PageArguments } from './pages';

/**
 * An entity, as a scope sees it. `revision`, `lastChange` and `history` follow what is on record at the snapshot, also if it is
 * not in effect.
 */
@InterfaceType({ description: '有记录的实体。An entity that can be traced back through its changes.' })
export abstract class Recorded {
  @Field(() => Int, {
    simple: true,
    description:
      "修订号。The number of this entity's changes on record, from 1; equals lastChange.revision. Pass it as expectedRevision to prevent a lost update; 0 means: must not exist yet.",
  })
  readonly revision!: number;
}

/** What the classes of all entities share. */
export abstract class EntityNode<View> {
  constructor(
    readonly scope: Scope,
    readonly loaded: Loaded<View>,
  ) {}

  get view(): View {
    return this.loaded.view;
  }

  get code(): string {
    return this.loaded.entity.code;
  }

  get id(): string {
    const { entityType, code } = this.loaded.entity;
    return this.scope.id({ type: entityType, code });
  }

  get revision(): number {
    return this.loaded.version.revision;
  }

  lastChange(): Awaitable<ChangeType> {
    const { entity, version } = this.loaded;
    const change = version.change ?? this.scope.change(entity, version.position);
    return andThen(change, (last) => new ChangeType(last, this.scope));
  }
}

/** The entity in a scope, as an instance of its class. */
export const loadNode = <State, View, Node extends EntityNode<View>>(
  scope: Scope,
  reading: Reading<State, View>,
  NodeClass: new (scope: Scope, loaded: Loaded<View>) => Node,
  code: string,
): Awaitable<Node | undefined> =>
  andThen(scope.entity(reading, code), (loaded) => loaded && new NodeClass(scope, loaded));

@Resolver(() => Recorded)
export class RecordedResolver {
  @FieldResolver(() => ChangeType, { description: '最近变更。The newest change of this entity on record.' })
  lastChange(@Root() entity: EntityNode<unknown>): Awaitable<ChangeType> {
    return entity.lastChange();
  }

  @FieldResolver(() => [FieldOriginType], {
    description:
      '溯源。For each field that the changes of the entity set, the change that gave it its value at this snapshot, with its actor, time and reason. As of an effective moment, this is the last recorded change that altered the value in effect then; a change that repeats the same value does not count.',
  })
  async blame(
    @Root() { scope, loaded }: EntityNode<unknown>,
    @Ctx() { services }: RequestContext,
  ): Promise<readonly FieldOriginType[]> {
    scope.readHistory('blame', loaded);
    const origins = await blameOf(services, scope, loaded);
    return origins.map(originIn(scope));
  }

  @FieldResolver(() => FieldOriginConnection, {
    description: '溯源分页。A page of `blame`, for entities with many fields; a cursor is a path.',
  })
  async blamePage(
    @Root() { scope, loaded }: EntityNode<unknown>,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<FieldOriginConnection> {
    const request = pageRequest(args, services.limits);
    scope.readHistory('blame', loaded);
    const page = await pageOfItems(await blameOf(services, scope, loaded), request, {
      cursorOf: ({ path }) => path,
      nodeOf: originIn(scope),
    });
    return new FieldOriginConnection(page);
  }

  @FieldResolver(() => ChangeConnection, {
    description: '历史。Every change of this entity on record up to the snapshot, newest last.',
  })
  async history(
    @Root() { scope, loaded }: EntityNode<unknown>,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ChangeConnection> {
    const request = pageRequest(args, services.limits);
    scope.readHistory('history', loaded);
    const { page, position } = await historyOf(scope, loaded, request, services.reader);
    return new ChangeConnection(
      { ...page, edges: page.edges.map(({ node }) => changeEdge(node, scope)) },
      scope.positionShown(position),
    );
  }
}

const originIn =
  (scope: Scope) =>
  ({ path, value, by }: FieldOrigin<Change>): FieldOriginType => ({ path, value, change: new ChangeType(by, scope) });
