import { ArrayMaxSize, Min } from 'class-validator';
import { Arg, Args, ArgsType, Ctx, Field, ID, InputType, Int, Query, Resolver } from 'type-graphql';
import { ChangeFilter } from '../change-feed/filter';
import { scan } from '../change-feed/scan';
import { EntityType } from '../kernel/codes';
import { ChangeConnection, changeEdge, EntityTypeEnum } from './change';
import { given } from './command-input';
import { RequestContext } from './context';
import { unwrap } from './errors';
import { parsePosition } from './ids';
import { pageRequest } from './pages';
import { PositionScalar } from './scalars';
import { IsPosition } from './validation';

const MAX_VALUES = 1_000;

@InputType('ChangeFilter', { description: 'Changes that match every part given; a part that is left out matches all.' })
export class ChangeFilterInput {
  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [ID], { nullable: true })
  departments?: string[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [Int], { nullable: true })
  fiscalYears?: number[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [EntityTypeEnum], { nullable: true })
  entityTypes?: EntityType[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [String], { nullable: true, description: 'Codes; of budgets and evaluations DEPARTMENT.YEAR.' })
  entities?: string[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [String], { nullable: true, description: 'Types of event, such as "ExpenditureRecorded".' })
  types?: string[] | null;

  @ArrayMaxSize(MAX_VALUES)
  @Field(() => [ID], { nullable: true, description: 'The subs of actors.' })
  actors?: string[] | null;
}

@ArgsType()
class ChangesArgs {
  @IsPosition()
  @Field(() => PositionScalar, { nullable: true, description: 'Any position of the API; left out: from the start.' })
  after?: string | null;

  @Min(0)
  @Field(() => Int, { nullable: true, defaultValue: 100 })
  first?: number | null;
}

@Resolver()
export class ChangesResolver {
  @Query(() => ChangeConnection, {
    nullable: true,
    description: 'The change feed, pulled: in log order, each change once, resumable after any position.',
  })
  async changes(
    @Arg('filter', () => ChangeFilterInput, { nullable: true }) filter: ChangeFilterInput | null | undefined,
    @Args(() => ChangesArgs) args: ChangesArgs,
    @Ctx() context: RequestContext,
  ): Promise<ChangeConnection> {
    const { services } = context;
    const { position: upTo } = await context.present();
    const { size } = pageRequest({ first: args.first ?? 100 }, services.limits);
    const after = (args.after ? parsePosition(args.after) : undefined) ?? 0n;
    // A position past the one that this request sees may still be one of the ledger's; beyond the head it is refused.
    if (after > upTo) unwrap(await services.reader.resolve({ position: after }));
    const { changes, position, more } = await scan(services.store, readFilter(filter), { after, upTo, limit: size });
    const hasPrevious = after > 0n && (await services.store.cutAt({ position: after })).sequence > 0n;
    return new ChangeConnection({ edges: changes.map(changeEdge), hasPrevious, hasNext: more }, position);
  }
}

const readFilter = (filter: ChangeFilterInput | null | undefined): ChangeFilter => ({
  departments: given(filter?.departments),
  fiscalYears: given(filter?.fiscalYears),
  entityTypes: given(filter?.entityTypes),
  entities: given(filter?.entities),
  types: given(filter?.types),
  actors: given(filter?.actors),
});
