import { Field, ID, Int, ObjectType } from 'type-graphql';
import { effectiveAtOf } from '../event-store/envelope';
import { Instant } from '../kernel/time';
import { Change, shownData } from '../read-model/change';
import { ActorType, EvidenceType } from './change-origin';
import { EntityTypeEnum } from './entity-types';
import { encodeId, NodeName } from '../reading/ids';
import { Node } from './node-type';
import { Edge, Page } from '../reading/pages';
import { connectionTypes } from './pages';
import { DateTimeScalar, JSONScalar, PositionScalar } from './scalars';
import { Scope } from '../reading/scope';

const PATH =
  '字段路径。A JSON Pointer (RFC 6901) into the entity as the API shows it, amounts in yuan: "/executed", "/lines/0/revised". A list that changes in length is named as a whole.';

/**
 * The scope that a change was read in. An item of the feed is read at its own position, and is the same for every subscriber. Its
 * `subject` is null, so it is not the same object as the change in the history at that position.
 */
export type ReadAt = Scope | 'FEED';

@ObjectType('Change', {
  implements: [Node],
  description:
    '变更。One event of the ledger, exactly as recorded: what later happened to it (a correction, a reversal) is shown by the entries and observations of its entity.',
})
export class ChangeType implements Node {
  constructor(
    readonly change: Change,
    readonly readAt: ReadAt,
  ) {}

  get id(): string {
    const { event, entity } = this.change;
    const name: NodeName = { type: 'CHANGE', entity, eventId: event.id, position: event.position };
    return this.readAt === 'FEED' ? encodeId({ ...name, at: 'FEED' }) : this.readAt.id(name);
  }

  @Field(() => ID, {
    simple: true,
    description:
      '事件标识。The UUID of the event: the natural key, the same at every snapshot, in feeds and in exports. Compare changes by it. An argument that accepts the id of a change accepts it too; node does not.',
  })
  get eventId(): string {
    return this.change.event.id;
  }

  @Field(() => PositionScalar, { simple: true, description: '账本位置。Its place in the log, and its cursor.' })
  get position(): bigint {
    const { position } = this.change.event;
    return this.readAt === 'FEED' ? position : this.readAt.positionShown(position);
  }

  @Field(() => Boolean, {
    simple: true,
    description:
      '试算。Whether it is not on record: a dry run made it. Its position is that of the newest change on record, its sequence is the next one, and its recordedAt is now.',
  })
  get dryRun(): boolean {
    return this.readAt !== 'FEED' && this.readAt.isPending(this.change.event.position);
  }

  @Field(() => String, {
    simple: true,
    description:
      '序号。1, 2, 3 … without a gap over the whole ledger: a reader of the unfiltered feed can check that nothing is missing.',
  })
  get sequence(): string {
    return this.change.sequence.toString();
  }

  @Field(() => String, {
    simple: true,
    description: '变更类型。The type of the event, in the past tense: "BudgetApproved".',
  })
  get type(): string {
    return this.change.event.type;
  }

  @Field(() => EntityTypeEnum, { simple: true, description: '实体类型。The kind of entity that changed.' })
  get entityType(): string {
    return this.change.entity.entityType;
  }

  @Field(() => String, {
    simple: true,
    description: '实体代码。The code of the entity; of a budget or an evaluation DEPARTMENT.YEAR.',
  })
  get entity(): string {
    return this.change.entity.code;
  }

  @Field(() => ID, { simple: true, description: '部门代码。The code of the department that the entity belongs to.' })
  get department(): string {
    return this.change.department;
  }

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: '预算年度。The fiscal year of the entity; null for a department.',
  })
  get fiscalYear(): number | undefined {
    return this.change.fiscalYear;
  }

  @Field(() => Int, { simple: true, description: "修订号。1 for the entity's first change." })
  get revision(): number {
    return Number(this.change.event.revision) + 1;
  }

  @Field(() => DateTimeScalar, {
    simple: true,
    description: "记录时间。The store's time, made non-decreasing along the log: the known clock.",
  })
  get recordedAt(): Instant {
    return this.change.recordedAt;
  }

  @Field(() => DateTimeScalar, { simple: true, description: "存储时间。The store's own time, which may step back." })
  get storedAt(): Instant {
    return this.change.event.storedAt;
  }

  @Field(() => DateTimeScalar, {
    simple: true,
    description: '生效时间。When the fact is true in the world, as first recorded.',
  })
  get effectiveAt(): Instant {
    return effectiveAtOf(this.change.event);
  }

  @Field(() => ActorType, { simple: true, description: '操作人。The account that made the change.' })
  get actor(): ActorType {
    return this.change.event.metadata.actor;
  }

  @Field(() => String, { nullable: true, simple: true, description: '理由。Why, as the actor put it.' })
  get reason(): string | undefined {
    return this.change.event.metadata.reason;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '文号。The number of the document that the change rests on.',
  })
  get documentNo(): string | undefined {
    return this.change.event.metadata.documentNo;
  }

  @Field(() => [EvidenceType], { simple: true, description: '佐证材料。The documents that support the change.' })
  get evidence(): readonly EvidenceType[] {
    return this.change.event.metadata.evidence ?? [];
  }

  @Field(() => ID, {
    nullable: true,
    simple: true,
    description: '请求标识。The id of the request that made the change.',
  })
  get correlationId(): string | undefined {
    return this.change.event.metadata.$correlationId;
  }

  @Field(() => ID, {
    nullable: true,
    simple: true,
    description: '起因标识。What caused the request, as its header x-causation-id says.',
  })
  get causationId(): string | undefined {
    return this.change.event.metadata.$causationId;
  }

  @Field(() => JSONScalar, {
    simple: true,
    description:
      "变更数据，仅供参考，可能随版本变化。The event's own data, in the newest version of its type. For information only: a release may change its form.",
  })
  get data(): unknown {
    return shownData(this.change);
  }
}

@ObjectType('FieldChange', { description: '字段变化。A path into an entity, and its value before and after.' })
export class FieldChangeType {
  @Field(() => String, { simple: true, description: PATH })
  readonly path!: string;

  @Field(() => JSONScalar, {
    nullable: true,
    simple: true,
    description: '变更前。The value before; null if there was none.',
  })
  readonly before?: unknown;

  @Field(() => JSONScalar, {
    nullable: true,
    simple: true,
    description: '变更后。The value after; null if there is none.',
  })
  readonly after?: unknown;
}

@ObjectType('FieldOrigin', {
  description: '字段来源。A path into an entity, its value, and the change that gave it that value.',
})
export class FieldOriginType {
  @Field(() => String, { simple: true, description: PATH })
  readonly path!: string;

  @Field(() => JSONScalar, { nullable: true, simple: true, description: '字段值。The value at this snapshot.' })
  readonly value?: unknown;

  @Field(() => ChangeType, { simple: true, description: '来源变更。The change that gave the value.' })
  readonly change!: ChangeType;
}

export const FieldChangeConnection = connectionTypes(
  'FieldChange',
  () => FieldChangeType,
  '字段变化分页，游标为字段路径。A page of field changes; a cursor is a path',
);
export type FieldChangeConnection = InstanceType<typeof FieldChangeConnection>;

export const FieldOriginConnection = connectionTypes(
  'FieldOrigin',
  () => FieldOriginType,
  '溯源分页，游标为字段路径。A page of the origins of fields; a cursor is a path',
);
export type FieldOriginConnection = InstanceType<typeof FieldOriginConnection>;

const Connection = connectionTypes(
  'Change',
  () => ChangeType,
  '变更分页。A page of changes, in log order; a cursor is a position',
);

@ObjectType('ChangeConnection', { description: '变更分页。A page of changes, in log order; a cursor is a position.' })
export class ChangeConnection extends Connection {
  @Field(() => PositionScalar, {
    simple: true,
    description: '扫描位置。The log has been scanned up to here, even if nothing matched; resume after it.',
  })
  readonly position: bigint;

  constructor(page: Page<ChangeType>, position: bigint) {
    super(page);
    this.position = position;
  }
}

export function changeEdge(change: Change, readAt: ReadAt): Edge<ChangeType> {
  const node = new ChangeType(change, readAt);
  return { cursor: node.position.toString(), node };
}
