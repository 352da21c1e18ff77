import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { ChangeType } from '../../../graphql/change';
import { listOfChanges } from '../../../graphql/change-pages';
import { RequestContext } from '../../../graphql/context';
import { Payload } from '../../../graphql/payload';
import { pendingCarryOvers } from '../counterparts';
import { budgetFold } from '../record';
import { BudgetView } from '../views';
import { BudgetType } from './budget';

@ObjectType('CarryOverPayload', { description: '预算结转结果。The result of a carry-over.' })
export class CarryOverPayload extends Payload<BudgetView> {
  @Field(() => BudgetType, {
    nullable: true,
    simple: true,
    description:
      '转入年度的预算；projected 为 false 时为 null。The budget of the year entered; null while projected is false.',
  })
  get budget(): BudgetType | undefined {
    const { projection } = this;
    const entered = projection?.followed.at(-1);
    return projection && entered && new BudgetType(projection.scope, entered);
  }

  @Field(() => BudgetType, {
    nullable: true,
    simple: true,
    description:
      '转出年度的预算；projected 为 false 时为 null。The budget of the year left; null while projected is false.',
  })
  get from(): BudgetType | undefined {
    const { projection } = this;
    return projection?.entity && new BudgetType(projection.scope, projection.entity);
  }
}

@Resolver(() => BudgetType)
export class CarryOverFields {
  @FieldResolver(() => [ChangeType], {
    description:
      '结转出及其更正，其在转入年度的对应变更尚未记录；按记录顺序。The carry-outs, and corrections of them, that the budget of the later year has not followed on record yet; in order of recording.',
  })
  async carryOverPending(
    @Root() { scope, loaded }: BudgetType,
    @Ctx() { services }: RequestContext,
  ): Promise<readonly ChangeType[]> {
    const positions = await pendingCarryOvers(scope, await scope.record(budgetFold, loaded));
    return listOfChanges({ scope, entity: loaded.entity, positions }, services.limits);
  }
}
