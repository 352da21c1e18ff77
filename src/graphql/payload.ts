import { Field, ObjectType } from 'type-graphql';
import { Performed } from '../actions/performed';
import { Loaded, Scope } from '../reading/scope';
import { ChangeType } from './change';
import { PositionScalar } from './scalars';

/** What a mutation answers, whatever the entity. */
@ObjectType()
export abstract class Payload<View> {
  constructor(private readonly performed: Performed<View>) {}

  /** What was read of the write. */
  get projection(): Performed<View>['projected'] {
    const { fault, projected } = this.performed;
    if (fault !== undefined) throw fault;
    return projected;
  }

  @Field(() => PositionScalar, {
    simple: true,
    description:
      '账本位置。The position of the write in the log: pass it as asOf.position, or as after. Of a dry run: the position of the newest change on record.',
  })
  get position(): bigint {
    return this.performed.position;
  }

  @Field(() => [ChangeType], {
    simple: true,
    description:
      '变更。The changes that were recorded, or would be in a dry run; the first is the requested one. Empty while projected is false, and while the command waits for a second person.',
  })
  get changes(): readonly ChangeType[] {
    const { projection } = this;
    return projection?.changes.map((change) => new ChangeType(change, projection.scope)) ?? [];
  }

  @Field(() => Boolean, {
    simple: true,
    description: '已投影。false: the write is recorded, but the read models did not reach it in time.',
  })
  get projected(): boolean {
    return this.performed.projected !== undefined;
  }

  @Field(() => Boolean, {
    simple: true,
    description:
      '需另一人确认。Whether the command needs a second person: it is a proposal, or would become one (also in a dry run, which shows what its confirmation would leave).',
  })
  get needsProposal(): boolean {
    return this.performed.needsProposal ?? false;
  }

  @Field(() => Boolean, {
    simple: true,
    description:
      '试算。Whether nothing was recorded, because the mutation was sent with dryRun. false for what was recorded before under the same idempotencyKey.',
  })
  get dryRun(): boolean {
    return this.performed.dryRun ?? false;
  }
}

/** The type of the entity's node: a class that is made for what was read of one. */
export type NodeClass<View> = new (scope: Scope, loaded: Loaded<View>) => object;
export type PayloadClass<View> = new (performed: Performed<View>) => object;

/** Makes the class of what the mutations on one kind of entity answer: `BudgetPayload` with the field `budget` for `Budget`. */
export function payloadType<View>(name: string, node: NodeClass<View>, description: string): PayloadClass<View> {
  const field = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

  @ObjectType(`${name}Payload`, { description })
  class EntityPayload extends Payload<View> {
    @Field(() => node, {
      name: field,
      nullable: true,
      simple: true,
      description:
        '写入后的实体；projected 为 false 时为 null；等待另一人确认时为现状，尚不存在则为 null。The entity as this write left it, or would leave it in a dry run; null while projected is false. While the command waits for a second person: the entity as it is, null if there is none yet.',
    })
    get entity(): object | undefined {
      const { projection } = this;
      return projection?.entity && new node(projection.scope, projection.entity);
    }
  }

  return EntityPayload;
}
