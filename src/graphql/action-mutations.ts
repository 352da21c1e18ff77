import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Action } from '../actions/action';
import { perform } from '../actions/perform';
import { unwrap } from '../kernel/refusal';
import { RequestContext } from './context';
import { inputTypeOf } from './input-types';
import { PayloadClass } from './payload';

const INPUT =
  '写入内容，按此顺序检查：输入本身（BAD_USER_INPUT）、权限（UNAUTHENTICATED、FORBIDDEN）、幂等键与修订号（CONFLICT）、是否存在（已存在为 CONFLICT，所指不存在为 NOT_FOUND）、规则（RULE_VIOLATION）。被拒绝时不记录任何内容。What to record. It is checked in this order: the input itself (BAD_USER_INPUT), permission (UNAUTHENTICATED, FORBIDDEN), idempotencyKey and expectedRevision (CONFLICT), existence (CONFLICT if it exists already, NOT_FOUND if what it names does not), rules (RULE_VIOLATION). A refused input records nothing.';

const DRY_RUN =
  '试算：为 true 时按同样的顺序作同样的检查，返回写入后的样子，但不记录任何内容，也不占用幂等键。If true, the input is checked in the same way and order, and the answer shows what the mutation would leave; nothing is recorded, and no idempotencyKey is used up.';

/** An action on entities that are seen as this view. */
type ActionFor<View> = Action<unknown, unknown, unknown, View>;

/**
 * Makes a resolver with a mutation for each action. A mutation that is refused is null, with an error whose path is that field: so
 * the other mutations of the request keep their answers.
 */
export function mutationsOf<View>(
  actions: Readonly<Record<string, ActionFor<View>>>,
  payload: PayloadClass<View>,
): NewableFunction {
  class ActionMutations {}
  Resolver()(ActionMutations);
  for (const action of Object.values(actions)) declareMutation(ActionMutations.prototype, action, payload);
  return ActionMutations;
}

function declareMutation<View>(prototype: object, action: ActionFor<View>, PayloadOf: PayloadClass<View>): void {
  const { name, description, input } = action;
  const resolve = async (sent: unknown, dryRun: boolean | null, context: RequestContext): Promise<object> =>
    new PayloadOf(unwrap(await perform(context.services, action, sent, context, { dryRun: dryRun ?? false })));
  const descriptor = { value: resolve, configurable: true, writable: true };
  Object.defineProperty(prototype, name, descriptor);
  // type-graphql looks for the types that the compiler writes down for a method.
  Reflect.defineMetadata('design:paramtypes', [Object, Boolean, Object], prototype, name);
  Mutation(() => PayloadOf, { nullable: true, description })(prototype, name, descriptor);
  // Made now: type-graphql lists its types before it asks the arguments for theirs.
  const type = inputTypeOf(input);
  Arg('input', () => type, { description: INPUT })(prototype, name, 0);
  Arg('dryRun', () => Boolean, { nullable: true, defaultValue: false, description: DRY_RUN })(prototype, name, 1);
  Ctx()(prototype, name, 2);
}
