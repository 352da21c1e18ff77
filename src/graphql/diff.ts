import { Arg, Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { FieldChange } from '../audit/difference';
import { EntityName, isEntityCode } from '../kernel/codes';
import { placeOfCursor } from '../reading/cursors';
import { diffsBetween, EntityDiff } from '../reading/diff';
import { Moments } from '../reading/diff-candidates';
import { Lineages } from '../reading/lineage';
import { Edge, pageOfItems, pageRequest } from '../reading/pages';
import { Change } from '../read-model/change';
import { ChangeConnection, ChangeType, FieldChangeConnection, FieldChangeType } from './change';
import { pageOfFields } from './change-fields';
import { changeConnection } from './change-pages';
import { changeFilterType, readFilter } from './change-filter';
import { RequestContext } from './context';
import { EntityTypeEnum } from './entity-types';
import { Arguments } from './field-arguments';
import { connectionTypes, ForwardPageArgs, ForwardPageArguments, PageArgs, PageArguments } from './pages';
import { AsOfInput, scopeAsOf } from './snapshot';

@ObjectType('EntityDiff', { description: '实体差异。How one entity differs between the two moments.' })
export class EntityDiffType {
  constructor(readonly diff: EntityDiff) {}

  @Field(() => [FieldChangeType], {
    simple: true,
    description:
      '字段变化。The changes from the first moment to the second. Of an entity that did not exist at the first, every field.',
  })
  get fields(): readonly FieldChange[] {
    return this.diff.fields;
  }

  @Field(() => EntityTypeEnum, { simple: true, description: '实体类型。The kind of entity.' })
  get entityType(): string {
    return this.diff.entity.entityType;
  }

  @Field(() => String, {
    simple: true,
    description: '实体代码。The code of the entity; of a budget or an evaluation DEPARTMENT.YEAR.',
  })
  get entity(): string {
    return this.diff.entity.code;
  }
}

const EntityDiffConnection = connectionTypes(
  'EntityDiff',
  () => EntityDiffType,
  '差异分页。A page of differences, ordered by type and code of the entity; a cursor is both, TYPE/CODE',
);
type EntityDiffConnection = InstanceType<typeof EntityDiffConnection>;

@Resolver(() => EntityDiffType)
export class DiffResolver {
  @Query(() => EntityDiffConnection, {
    nullable: true,
    description:
      '差异。What differs between two moments, in either direction, computed on request. Fields and entities that did not change are left out. If the filter has conditions on changes, only entities with a matching change among `changes` are kept.',
  })
  async diff(
    @Arg('from', () => AsOfInput, { description: '起始时点。The first moment.' }) from: AsOfInput,
    @Arg('to', () => AsOfInput, { nullable: true, description: '截止时点。The second moment; left out: now.' })
    to: AsOfInput | null | undefined,
    @Arg('filter', changeFilterType, {
      nullable: true,
      description: '筛选。Which entities and changes to compare.',
    })
    filter: unknown,
    @Arguments(ForwardPageArguments) args: ForwardPageArgs,
    @Ctx() context: RequestContext,
  ): Promise<EntityDiffConnection> {
    const { services } = context;
    const wanted = readFilter(filter, services);
    const { size, after } = pageRequest(args, services.limits);
    const moments: Moments = {
      from: await scopeAsOf(context, from, 'from'),
      to: await scopeAsOf(context, to ?? {}, 'to'),
    };
    // One read with two moments.
    moments.from.readAs('diff', 0);
    moments.to.readAs('diff');
    const read = (cursor: string): EntityName | undefined => parseCursor(cursor, services.lineages);
    const start = after === undefined ? undefined : placeOfCursor(after, '/after', read);
    const edges: Edge<EntityDiffType>[] = [];
    for await (const diff of diffsBetween(services, moments, wanted, start)) {
      edges.push({ cursor: cursorOf(diff.entity), node: new EntityDiffType(diff) });
      if (edges.length > size) break;
    }
    const page = edges.slice(0, size);
    return new EntityDiffConnection({ edges: page, hasPrevious: after !== undefined, hasNext: edges.length > size });
  }

  @FieldResolver(() => FieldChangeConnection, {
    description: '字段变化分页。A page of `fields`, for entities of many fields; a cursor is a path.',
  })
  fieldsPage(
    @Root() { diff }: EntityDiffType,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<FieldChangeConnection> {
    return pageOfFields(diff.fields, pageRequest(args, services.limits));
  }

  @FieldResolver(() => ChangeConnection, {
    description: '相关变更分页。A page of `changes`, in log order; a cursor is a position.',
  })
  async changesPage(
    @Root() { diff }: EntityDiffType,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ChangeConnection> {
    const changes = await diff.changes();
    const request = pageRequest(args, services.limits);
    const page = await pageOfItems(changes, request, {
      cursorOf: ({ event }) => event.position.toString(),
      nodeOf: changeIn(diff.moments),
    });
    const { from, to } = diff.moments;
    return changeConnection(page, request, from.position > to.position ? from.position : to.position);
  }

  @FieldResolver(() => [ChangeType], {
    description:
      '相关变更。The changes whose effect differs between the two moments: they are on record and in effect at only one of them. Read at `to`, or at `from` if they are on record only there.',
  })
  async changes(@Root() { diff }: EntityDiffType): Promise<readonly ChangeType[]> {
    const changes = await diff.changes();
    return changes.map(changeIn(diff.moments));
  }
}

const changeIn =
  ({ from, to }: Moments) =>
  (change: Change): ChangeType =>
    new ChangeType(change, change.event.position <= to.position ? to : from);

const cursorOf = ({ entityType, code }: EntityName): string => `${entityType}/${code}`;

/** undefined for what `cursorOf` cannot have written. */
function parseCursor(cursor: string, lineages: Lineages): EntityName | undefined {
  const [entityType = '', code = '', ...rest] = cursor.split('/');
  return lineages.has(entityType) && isEntityCode(code) && rest.length === 0 ? { entityType, code } : undefined;
}
