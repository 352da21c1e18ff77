import { Args, Ctx, Field, FieldResolver, Int, InterfaceType, Resolver, Root } from 'type-graphql';
import { andThen, Awaitable } from '../kernel/async';
import { badInput } from '../kernel/refusal';
import { Blame } from '../audit/blame';
import { Change } from '../read-model/change';
import { changesUpTo } from '../reading/entity-changes';
import { documentKey } from '../read-model/temporal-store';
import { ChangeConnection, changeEdge, ChangeType, FieldOriginType } from './change';
import { LedgerServices, RequestContext } from './context';
import { unwrap } from './errors';
import { parsePosition } from '../reading/ids';
import { longWork } from '../reading/turns';
import { cutPage, PageArgs, pageRequest } from './pages';
import { Loaded, Reading, Scope } from '../reading/scope';

/**
 * An entity as it stands in a scope. `revision`, `lastChange` and `history` follow the record up to the snapshot, whatever is
 * in force.
 */
@InterfaceType({ description: '有记录的实体。What can be traced back through its changes.' })
export abstract class Recorded {
  @Field(() => Int, {
    simple: true,
    description:
      "修订号。The number of this entity's changes on record, from 1; equals lastChange.revision. Pass it as expectedRevision to refuse a lost update; 0 means: must not exist.",
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
      '溯源。For each field that the changes of the entity set, the change that gave it its value at this snapshot: who, when, why. As of an effective moment, the last recorded change that altered what is in effect then; one that says the same again gave nothing.',
  })
  blame(@Root() entity: EntityNode<unknown>, @Ctx() { services }: RequestContext): Promise<readonly FieldOriginType[]> {
    return blame(entity, services);
  }

  @FieldResolver(() => ChangeConnection, {
    description: '历史。Every change of this entity on record up to the snapshot, newest last.',
  })
  async history(
    @Root() entity: EntityNode<unknown>,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ChangeConnection> {
    const { scope } = entity;
    const { entityType, code } = entity.loaded.entity;
    const startOf = (after: string | undefined): bigint => (after === undefined ? 0n : cursorPosition(after, '/after'));
    const endOf = (before: string | undefined): bigint => {
      const end = before === undefined ? scope.position : cursorPosition(before, '/before') - 1n;
      return end < 0n ? 0n : end < scope.position ? end : scope.position;
    };
    const request = pageRequest(args, services.limits);
    const page = await cutPage(request, async ({ after, before, limit, backward }) => {
      const range = { after: startOf(after), upTo: endOf(before), limit, last: backward };
      const versions = await services.store.walk(documentKey(entityType, code), range);
      return versions.flatMap(({ change }) => (change === undefined ? [] : [changeEdge(change, scope)]));
    });
    const [start, end] = [startOf(request.after), endOf(request.before)];
    const isCutShort = page.hasNext && !request.backward;
    const lookedAt = isCutShort ? page.edges.at(-1)?.node.position : end;
    return new ChangeConnection(page, lookedAt !== undefined && lookedAt > start ? lookedAt : start);
  }
}

/** For each field of an entity at a scope, the change that gave it its value. */
async function blame(
  { scope, loaded }: EntityNode<unknown>,
  { store, lineages: tracers, signal }: LedgerServices,
): Promise<FieldOriginType[]> {
  const { entityType, code } = loaded.entity;
  const changes = await changesUpTo(store, loaded.entity, scope.position);
  const blamed = new Blame<Change>();
  let step = 0;
  for (const shape of tracers[entityType].auditViews(
    changes.map(({ event }) => event),
    scope.effectiveAt,
  )) {
    blamed.step(shape, changes[step++] as Change);
    await longWork.pass(signal);
  }
  if (step !== changes.length) throw new Error(`${code} has ${changes.length} changes and ${step} shapes`);
  return blamed.fields().map(({ path, value, by }) => ({ path, value, change: new ChangeType(by, scope) }));
}

/** The position that a change's cursor is. */
export const cursorPosition = (cursor: string, path: string): bigint =>
  parsePosition(cursor) ?? unwrap(badInput(path, 'must be a position of the log'));
