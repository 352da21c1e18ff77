import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { difference, FieldChange } from '../audit/difference';
import { Awaitable } from '../kernel/async';
import { Change } from '../read-model/change';
import { documentKey } from '../read-model/temporal-store';
import { ChangeType, FieldChangeType } from './change';
import { LedgerServices, RequestContext } from './context';
import { Node } from './node-type';
import { Corrections } from '../reading/lineage';
import { Loaded, Scope } from '../reading/scope';

/** What a change did, and what it has to do with other changes: read when it is asked for. */
@Resolver(() => ChangeType)
export class ChangeFields {
  @FieldResolver(() => [FieldChangeType], {
    description:
      '字段变化。What it did to the entity on record. Empty where nothing that the entity shows became another, as with a report that is dated before the one in force.',
  })
  async fields(@Root() { change }: ChangeType, @Ctx() { services }: RequestContext): Promise<readonly FieldChange[]> {
    const { entityType, code } = change.entity;
    const { position } = change.event;
    const shapeAt = async (at: bigint) =>
      services.lineages[entityType].auditViewAt(scopeAt(services, change, at), code);
    const [before, after] = await Promise.all([shapeAt(position - 1n), shapeAt(position)]);
    return difference(before, after);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: '所属实体。The entity at the snapshot that the change was read at; null in an item of the feed.',
  })
  subject(@Root() { change, readAt }: ChangeType, @Ctx() { services }: RequestContext): Awaitable<object | undefined> {
    return readAt === 'FEED' ? undefined : services.nodes[change.entity.entityType](readAt, change.entity);
  }

  @FieldResolver(() => ChangeType, {
    nullable: true,
    description: '被更正的变更。Of a correction: the change that it corrects, read at the same snapshot.',
  })
  async corrects(@Root() parent: ChangeType, @Ctx() { services }: RequestContext): Promise<ChangeType | undefined> {
    const { change } = parent;
    const corrections = correctionsOf(services, change);
    if (corrections === undefined || !('corrects' in change.event.data)) return undefined;
    const scope = scopeOf(services, parent);
    const position = await corrections.corrected(scope, await entityAt(scope, change), change.event);
    return position === undefined ? undefined : new ChangeType(await scope.change(change.entity, position), scope);
  }

  @FieldResolver(() => [ChangeType], {
    description:
      '更正。The corrections of it on record up to the snapshot that it was read at, in order of recording. None in an item of the feed, which is read at its own position.',
  })
  async corrections(@Root() parent: ChangeType, @Ctx() { services }: RequestContext): Promise<readonly ChangeType[]> {
    const { change } = parent;
    const corrections = correctionsOf(services, change);
    if (corrections === undefined) return [];
    const scope = scopeOf(services, parent);
    const positions = await corrections.of(scope, await entityAt(scope, change), change.event.id);
    return Promise.all(
      positions.map(async (position) => new ChangeType(await scope.change(change.entity, position), scope)),
    );
  }
}

const correctionsOf = ({ lineages: tracers }: LedgerServices, { entity }: Change): Corrections | undefined =>
  tracers[entity.entityType].corrections;

/** The snapshot that a change was read at. */
const scopeOf = (services: LedgerServices, { change, readAt }: ChangeType): Scope =>
  readAt === 'FEED' ? scopeAt(services, change, change.event.position) : readAt;

const scopeAt = (services: LedgerServices, { recordedAt }: Change, position: bigint): Scope =>
  new Scope(services, { position, recordedAt }, 'snapshot');

async function entityAt(scope: Scope, { entity }: Change): Promise<Loaded<unknown>> {
  const version = await scope.document(documentKey(entity.entityType, entity.code));
  if (version === undefined) throw new Error(`${entity.code} is not there at ${String(scope.position)}`);
  return { entity, version, view: version.state };
}
