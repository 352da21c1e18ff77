import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { FieldChange } from '../audit/difference';
import { Awaitable } from '../kernel/async';
import { correctedBy, correctionsOf, fieldsChangedBy, reversedBy, scopeAt } from '../reading/change-lineage';
import { loadNode } from '../reading/nodes';
import { pageOfItems, PageRequest, pageRequest } from '../reading/pages';
import { Scope } from '../reading/scope';
import { ChangeConnection, ChangeType, FieldChangeConnection, FieldChangeType } from './change';
import { ChangesFound, listOfChanges, pageOfChanges } from './change-pages';
import { LedgerServices, RequestContext } from './context';
import { Arguments } from './field-arguments';
import { Node } from './node-type';
import { PageArgs, PageArguments } from './pages';

/** What a change did, and how it is related to other changes. Read only if a client selects it. */
@Resolver(() => ChangeType)
export class ChangeFields {
  @FieldResolver(() => [FieldChangeType], {
    description:
      '字段变化。What it did to the entity on record. Empty if no value of the entity changed, for example because a report is dated before the one in force.',
  })
  fields(@Root() parent: ChangeType, @Ctx() { services }: RequestContext): Awaitable<readonly FieldChange[]> {
    return fieldsOf(services, parent);
  }

  @FieldResolver(() => FieldChangeConnection, {
    description: '字段变化分页。A page of `fields`, for changes of many fields; a cursor is a path.',
  })
  async fieldsPage(
    @Root() parent: ChangeType,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<FieldChangeConnection> {
    return pageOfFields(await fieldsOf(services, parent), pageRequest(args, services.limits));
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: '所属实体。The entity at the snapshot that the change was read at; null in an item of the feed.',
  })
  subject(@Root() { change, readAt }: ChangeType, @Ctx() { services }: RequestContext): Awaitable<object | undefined> {
    const { entity } = change;
    return readAt === 'FEED'
      ? undefined
      : loadNode(services.nodes, readAt, { type: entity.entityType, code: entity.code });
  }

  @FieldResolver(() => ChangeType, {
    nullable: true,
    description: '被更正的变更。Of a correction: the change that it corrects, read at the same snapshot.',
  })
  async corrects(@Root() parent: ChangeType, @Ctx() { services }: RequestContext): Promise<ChangeType | undefined> {
    const scope = scopeOf(services, parent);
    const corrected = await correctedBy(services, scope, parent.change);
    return corrected && new ChangeType(corrected, scope);
  }

  @FieldResolver(() => ChangeType, {
    nullable: true,
    description: '被冲销的变更。Of a reversal: the change that it takes back, read at the same snapshot.',
  })
  async reverses(@Root() parent: ChangeType, @Ctx() { services }: RequestContext): Promise<ChangeType | undefined> {
    const scope = scopeOf(services, parent);
    const reversed = await reversedBy(services, scope, parent.change);
    return reversed && new ChangeType(reversed, scope);
  }

  @FieldResolver(() => [ChangeType], {
    description:
      '更正。The corrections of this change that are on record at the snapshot that it was read at, in order of recording. None in an item of the feed, which is read at its own position.',
  })
  async corrections(@Root() parent: ChangeType, @Ctx() { services }: RequestContext): Promise<readonly ChangeType[]> {
    return listOfChanges(await correctionsFound(services, parent), services.limits);
  }

  @FieldResolver(() => ChangeConnection, {
    description: '更正分页。A page of `corrections`, in order of recording; a cursor is a position.',
  })
  async correctionsPage(
    @Root() parent: ChangeType,
    @Arguments(PageArguments) args: PageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ChangeConnection> {
    return pageOfChanges(await correctionsFound(services, parent), pageRequest(args, services.limits));
  }
}

const fieldsOf = (services: LedgerServices, { change, readAt }: ChangeType): Awaitable<readonly FieldChange[]> =>
  fieldsChangedBy(services, readAt === 'FEED' ? services : readAt.services, change);

/** The snapshot that a change was read at. */
const scopeOf = (services: LedgerServices, { change, readAt }: ChangeType): Scope =>
  readAt === 'FEED' ? scopeAt(services, change, change.event.position) : readAt;

async function correctionsFound(services: LedgerServices, parent: ChangeType): Promise<ChangesFound> {
  const scope = scopeOf(services, parent);
  const { change } = parent;
  return { scope, entity: change.entity, positions: await correctionsOf(services, scope, change) };
}

export async function pageOfFields(
  fields: readonly FieldChange[],
  request: PageRequest,
): Promise<FieldChangeConnection> {
  return new FieldChangeConnection(
    await pageOfItems(fields, request, { cursorOf: ({ path }) => path, nodeOf: (field) => field }),
  );
}
