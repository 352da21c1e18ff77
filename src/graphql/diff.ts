import { Arg, Args, Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { difference, FieldChange } from '../audit/difference';
import { effectsThatDiffer } from '../audit/effect';
import { AuditView } from '../audit/audit-view';
import { ChangeFilter, isAboutChanges, matches, matchesEntity } from '../change-feed/filter';
import { ENTITY_TYPES, EntityName, EntityType } from '../kernel/codes';
import { badInput } from '../kernel/refusal';
import { Change } from '../read-model/change';
import { changesUpTo } from '../reading/entity-changes';
import { ChangeFilterInput } from './change-filter';
import { ChangeType, EntityTypeEnum, FieldChangeType } from './change';
import { LedgerServices, RequestContext } from './context';
import { candidates, Moments } from '../reading/diff-candidates';
import { unwrap } from './errors';
import { JUDGED_BY_READER, readFilter } from './filter-reading';
import { longWork } from '../reading/turns';
import { connectionTypes, Edge, ForwardPageArgs, pageRequest } from './pages';
import { Scope } from '../reading/scope';
import { AsOfInput, scopeAsOf } from './snapshot';

@ObjectType('EntityDiff', { description: '实体差异。What differs of one entity between the two moments.' })
export class EntityDiffType {
  private found: Promise<readonly Change[]> | undefined;

  constructor(
    readonly entityName: EntityName,
    readonly moments: Moments,
    private readonly differences: readonly FieldChange[],
  ) {}

  @Field(() => [FieldChangeType], {
    simple: true,
    description:
      '字段变化。What leads from the first moment to the second. Of an entity that was not there before, every field.',
  })
  get fields(): readonly FieldChange[] {
    return this.differences;
  }

  @Field(() => EntityTypeEnum, { simple: true, description: '实体类型。The kind of entity.' })
  get entityType(): EntityType {
    return this.entityName.entityType;
  }

  @Field(() => String, {
    simple: true,
    description: '实体代码。The code of the entity; of a budget or an evaluation DEPARTMENT.YEAR.',
  })
  get entity(): string {
    return this.entityName.code;
  }

  /** Looked for once, where they are asked for. */
  differing(services: LedgerServices): Promise<readonly Change[]> {
    return (this.found ??= changesThatDiffer(services, this.entityName, this.moments));
  }
}

const EntityDiffConnection = connectionTypes(
  'EntityDiff',
  () => EntityDiffType,
  '差异分页。A page of what differs, by type and code of the entity; a cursor is both, TYPE/CODE',
);
type EntityDiffConnection = InstanceType<typeof EntityDiffConnection>;

@Resolver(() => EntityDiffType)
export class DiffResolver {
  @Query(() => EntityDiffConnection, {
    nullable: true,
    description:
      '差异。What differs between two moments, also backwards, computed on request. Fields that did not change are absent, and so are entities. Parts of the filter that are about changes keep the entities that have such a change among those whose effect differs.',
  })
  async diff(
    @Arg('from', () => AsOfInput, { description: '起始时点。The first moment.' }) from: AsOfInput,
    @Arg('to', () => AsOfInput, { nullable: true, description: '截止时点。The second moment; left out: now.' })
    to: AsOfInput | null | undefined,
    @Arg('filter', () => ChangeFilterInput, {
      nullable: true,
      validateFn: JUDGED_BY_READER,
      description: '筛选。Which entities and changes to compare.',
    })
    filter: ChangeFilterInput | null | undefined,
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Ctx() context: RequestContext,
  ): Promise<EntityDiffConnection> {
    const { services } = context;
    const wanted = unwrap(readFilter(filter, services));
    const { size, after } = pageRequest(args, services.limits);
    const moments: Moments = {
      from: await scopeAsOf(context, from, 'from'),
      to: await scopeAsOf(context, to ?? {}, 'to'),
    };
    const start = after === undefined ? undefined : readCursor(after);
    const edges: Edge<EntityDiffType>[] = [];
    for await (const name of candidates(services, moments, wanted, start)) {
      const node = await diffOf(services, name, moments, wanted);
      if (node !== undefined) edges.push({ cursor: `${name.entityType}/${name.code}`, node });
      if (edges.length > size) break;
      await longWork.pass(services.signal);
    }
    const page = edges.slice(0, size);
    return new EntityDiffConnection({ edges: page, hasPrevious: after !== undefined, hasNext: edges.length > size });
  }

  @FieldResolver(() => [ChangeType], {
    description:
      '相关变更。Those whose effect differs between the two moments: on record, and in effect, at one of them only. Read at `to`, or at `from` if only that has them on record.',
  })
  async changes(@Root() node: EntityDiffType, @Ctx() { services }: RequestContext): Promise<readonly ChangeType[]> {
    const { from, to } = node.moments;
    const differing = await node.differing(services);
    return differing.map((change) => new ChangeType(change, change.event.position <= to.position ? to : from));
  }
}

async function diffOf(
  services: LedgerServices,
  name: EntityName,
  moments: Moments,
  wanted: ChangeFilter,
): Promise<EntityDiffType | undefined> {
  const { from, to } = moments;
  const shapeAt = async (scope: Scope) => services.lineages[name.entityType].auditViewAt(scope, name.code);
  const [before, after] = await Promise.all([shapeAt(from), shapeAt(to)]);
  const fields = difference(before, after);
  if (fields.length === 0 || !isWanted(wanted, name, after ?? before)) return undefined;
  const node = new EntityDiffType(name, moments, fields);
  if (!isAboutChanges(wanted)) return node;
  const differing = await node.differing(services);
  return differing.some((change) => matches(wanted, change, services.calendar)) ? node : undefined;
}

/** By what the shapes say of whose the entity is. */
function isWanted(wanted: ChangeFilter, entity: EntityName, shape: AuditView | undefined): boolean {
  const department = (shape?.department as AuditView | undefined)?.code ?? entity.code;
  const fiscalYear = shape?.fiscalYear as number | undefined;
  return matchesEntity(wanted, { entity, department: department as string, fiscalYear });
}

async function changesThatDiffer(
  { store, lineages: tracers }: LedgerServices,
  name: EntityName,
  { from, to }: Moments,
): Promise<readonly Change[]> {
  const upTo = from.position > to.position ? from.position : to.position;
  const changes = await changesUpTo(store, name, upTo);
  const effectsAt = ({ position }: Scope) =>
    tracers[name.entityType].effects(changes.map(({ event }) => event).filter((event) => event.position <= position));
  const differing = new Set(effectsThatDiffer([from, to], [effectsAt(from), effectsAt(to)]));
  return changes.filter(({ event }) => differing.has(event.position));
}

function readCursor(cursor: string): EntityName {
  const [, type = '', code = ''] = /^([A-Z]+)\/(.+)$/.exec(cursor) ?? [];
  const entityType = ENTITY_TYPES.find((known) => known === type);
  return entityType === undefined ? unwrap(badInput('/after', 'is no cursor of this list')) : { entityType, code };
}
