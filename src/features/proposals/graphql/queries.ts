import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { ChangeType } from '../../../graphql/change';
import { ActorType } from '../../../graphql/change-origin';
import { AtScope, RequestContext } from '../../../graphql/context';
import { Arguments, ArgumentsOf, fieldArguments } from '../../../graphql/field-arguments';
import { LooksBeyond } from '../../../graphql/lasting/looks-beyond';
import { PAGE } from '../../../graphql/pages';
import { Payload } from '../../../graphql/payload';
import { loadNode } from '../../../graphql/recorded';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { anyOf, optional, texts } from '../../../input/fields';
import { Awaitable } from '../../../kernel/async';
import { INPUT_BOUNDS } from '../../../kernel/limits';
import { documentKey } from '../../../read-model/temporal-store';
import { scopeAt } from '../../../reading/change-lineage';
import { allOf, isAnyOf } from '../../../reading/entity-filter';
import { pageOfList } from '../../../reading/lists/page-of-list';
import { pageRequest } from '../../../reading/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { DepartmentType, loadDepartment } from '../../departments';
import { anyOfChoice, departmentFilter } from '../../shared/fields';
import { ProposalStatuses } from '../choices';
import { ALL_PROPOSALS, proposalListing, proposalsOfDepartment, ProposalSummary } from '../listing';
import { Preview, previewOf } from '../preview';
import { proposalReading } from '../readings';
import { ProposalView } from '../views';
import { ProposalConnection, ProposalPreviewType, ProposalType } from './proposal';

const ProposalArguments = fieldArguments({
  ...PAGE,
  status: anyOfChoice(ProposalStatuses),
  department: departmentFilter,
  command: optional(
    anyOf(
      texts('STRING', '', (name) => /^[A-Za-z]+$/.test(name), 'must be the name of a mutation'),
      { most: INPUT_BOUNDS.maxFilterValues },
      '仅限这些操作；空列表不匹配任何一项。Only proposals of these mutations; an empty list matches none.',
    ),
  ),
});

@Resolver(() => SnapshotType)
export class ProposalQueries {
  @RootField(() => ProposalType, {
    nullable: true,
    description: '提议；没有该提议时为 null。The proposal with this code; null if there is none.',
  })
  proposal(
    @Arg('code', () => ID, { description: '提议代码。The code of the proposal.' }) code: string,
    @AtScope() scope: Scope,
  ): Awaitable<ProposalType | undefined> {
    return loadProposal(scope, code);
  }

  @RootField(() => ProposalConnection, {
    nullable: true,
    description:
      '提议列表，同时满足所有条件，按代码排列。The proposals that meet all of the conditions, by code. status: [WAITING] lists what waits for a second person.',
  })
  async proposals(
    @Arguments(ProposalArguments) args: ArgumentsOf<typeof ProposalArguments>,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<ProposalConnection> {
    const request = {
      members: args.department === undefined ? ALL_PROPOSALS : proposalsOfDepartment(args.department),
      page: pageRequest(args, services.limits),
      condition: allOf<ProposalSummary>(
        isAnyOf(args.status, ({ status }) => status),
        isAnyOf(args.command, ({ command }) => command),
      ),
    };
    const nodeOf = (loaded: Loaded<ProposalView>) => new ProposalType(scope, loaded);
    return new ProposalConnection(await pageOfList({ scope, lists: services.lists }, proposalListing, request, nodeOf));
  }
}

@Resolver(() => ProposalType)
export class ProposalFields {
  @FieldResolver(() => DepartmentType, {
    nullable: true,
    description:
      '所属部门，按同一快照；尚未登记为 null。The department, at the same snapshot; null if it is not there yet.',
  })
  department(@Root() { scope, view }: ProposalType): Awaitable<DepartmentType | undefined> {
    return loadDepartment(scope, view.department);
  }

  @FieldResolver(() => ChangeType, {
    nullable: true,
    description:
      '由此产生的变更；多项时为第一项；未确认时为 null。The change that came of it, the first one if there are several; null if it is not confirmed.',
  })
  async change(@Root() { scope, view }: ProposalType): Promise<ChangeType | undefined> {
    if (view.facts === undefined) return undefined;
    const range = { after: BigInt(view.facts.after), upTo: BigInt(view.facts.upTo), limit: 1 };
    const [fact] = await scope.services.store.walk(documentKey(view.entityType, view.entity), range, 'change');
    return fact?.change && new ChangeType(fact.change, scope);
  }

  @FieldResolver(() => ProposalPreviewType, {
    nullable: true,
    description:
      '预览：如现在确认，实体各字段的变化，或会拒绝它的规则；已有结果时为 null。What it would do to the entity if it were confirmed now: the fields with their values before and after, or the rule that refuses. Null once it is decided.',
  })
  @LooksBeyond()
  async preview(
    @Root() { code, view }: ProposalType,
    @Ctx() { services }: RequestContext,
  ): Promise<Preview | undefined> {
    if (view.status !== 'WAITING') return undefined;
    const { patience } = services;
    patience?.require();
    const preview = previewOf(services, code);
    return patience === undefined ? preview : patience.bound(preview);
  }
}

/** What a change has of the proposal that it came of. */
@Resolver(() => ChangeType)
export class ProposedChangeFields {
  @FieldResolver(() => ActorType, {
    nullable: true,
    description:
      '确认人；actor 为提议人；不经提议时为 null。Who confirmed it, if it was proposed: actor is who proposed. Null if it was not.',
  })
  confirmedBy(@Root() { change }: ChangeType): ActorType | undefined {
    return change.event.metadata.confirmedBy;
  }

  @FieldResolver(() => ProposalType, {
    nullable: true,
    description:
      '来源的提议，按该变更的快照；不经提议时为 null。The proposal that it came of, at the snapshot that the change was read at: in an item of the feed, just before the confirmation is on record. Null if it was not proposed.',
  })
  proposal(
    @Root() { change, readAt }: ChangeType,
    @Ctx() { services }: RequestContext,
  ): Awaitable<ProposalType | undefined> {
    const { proposal } = change.event.metadata;
    if (proposal === undefined) return undefined;
    return loadProposal(readAt === 'FEED' ? scopeAt(services, change, change.event.position) : readAt, proposal);
  }
}

@Resolver(() => Payload)
export class ProposedPayloadFields {
  @FieldResolver(() => ProposalType, {
    nullable: true,
    description:
      '提议：该操作须由另一人确认，此外没有记录任何内容；不需要时为 null。The proposal that the mutation became, because it needs a second person: nothing else is on record. Null if it became none.',
  })
  proposal(@Root() { projection }: Payload<unknown>): ProposalType | undefined {
    return projection?.proposal && new ProposalType(projection.scope, projection.proposal as Loaded<ProposalView>);
  }
}

export const loadProposal = (scope: Scope, code: string): Awaitable<ProposalType | undefined> =>
  loadNode(scope, proposalReading, ProposalType, code);
