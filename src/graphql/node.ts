import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { badInput } from '../kernel/refusal';
import { RequestContext } from './context';
import { unwrap } from './errors';
import { decodeId } from './ids';
import { Node } from './recorded';
import { scopeOf } from './snapshot';

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'The entity behind an id, at the snapshot that the id carries; without one, now.',
  })
  async node(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<object | undefined> {
    const named = decodeId(id);
    if (named === undefined || named.type === 'OBSERVATION') return unwrap(badInput('/id', 'is no id of a node'));
    const scope = named.at === undefined ? await context.present() : await scopeOf(context, asOf(named.at));
    return context.services.nodes[named.type](scope, named.code);
  }
}

const asOf = ({ position, effectiveAt }: { position: bigint; effectiveAt?: number }) => ({
  position,
  effectiveAt: effectiveAt === undefined ? undefined : ({ kind: 'instant', at: effectiveAt } as const),
});
