import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { FieldChange } from '../audit/difference';
import { Awaitable } from '../kernel/async';
import { correctedBy, correctionsOf, fieldsChangedBy, scopeAt } from '../reading/change-lineage';
import { loadNode } from '../reading/nodes';
import { Scope } from '../reading/scope';
import { ChangeType, FieldChangeType } from './change';
import { LedgerServices, RequestContext } from './context';
import { Node } from './node-type';

/** What a change did, and how it is related to other changes. Read only if a client selects it. */
@Resolver(() => ChangeType)
export class ChangeFields {
  @FieldResolver(() => [FieldChangeType], {
    description:
      '字段变化。What it did to the entity on record. Empty if no value of the entity changed, for example because a report is dated before the one in force.',
  })
  fields(@Root() { change }: ChangeType, @Ctx() { services }: RequestContext): Promise<readonly FieldChange[]> {
    return fieldsChangedBy(services, change);
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

  @FieldResolver(() => [ChangeType], {
    description:
      '更正。The corrections of this change that are on record at the snapshot that it was read at, in order of recording. None in an item of the feed, which is read at its own position.',
  })
  async corrections(@Root() parent: ChangeType, @Ctx() { services }: RequestContext): Promise<readonly ChangeType[]> {
    const scope = scopeOf(services, parent);
    const corrections = await correctionsOf(services, scope, parent.change);
    return corrections.map((change) => new ChangeType(change, scope));
  }
}

/** The snapshot that a change was read at. */
const scopeOf = (services: LedgerServices, { change, readAt }: ChangeType): Scope =>
  readAt === 'FEED' ? scopeAt(services, change, change.event.position) : readAt;
