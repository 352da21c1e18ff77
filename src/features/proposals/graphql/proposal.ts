import { Field, ID, Int, ObjectType } from 'type-graphql';
import { FieldChange } from '../../../audit/difference';
import { FieldChangeType } from '../../../graphql/change';
import { ActorType } from '../../../graphql/change-origin';
import { enumOf } from '../../../graphql/enums';
import { Node } from '../../../graphql/node-type';
import { countedConnectionTypes } from '../../../graphql/pages';
import { payloadType } from '../../../graphql/payload';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { DateTimeScalar, JSONScalar } from '../../../graphql/scalars';
import { Instant, readInstant } from '../../../kernel/time';
import { Preview } from '../preview';
import { ProposalStatuses } from '../choices';
import { ProposalStatus } from '../record';
import { ProposalView } from '../views';

export const ProposalStatusEnum = enumOf(ProposalStatuses);

@ObjectType('Proposal', {
  implements: [Node, Recorded],
  description:
    '提议：等待另一人确认的操作，只随知悉时点变化。A command that waits for a second person, because FOUR_EYES names it. It follows the known clock only.',
})
export class ProposalType extends EntityNode<ProposalView> {
  @Field(() => ID, { simple: true, description: '提议代码。The code of the proposal.' })
  override get code(): string {
    return this.loaded.entity.code;
  }

  @Field(() => ID, { simple: true, description: '部门代码。The code of the department that the command is about.' })
  get departmentCode(): string {
    return this.view.department;
  }

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: '预算年度。The fiscal year of the entity of the command; null for a department.',
  })
  get fiscalYear(): number | undefined {
    return this.view.fiscalYear;
  }

  @Field(() => ProposalStatusEnum, {
    simple: true,
    description: '状态；确认记录之前为 WAITING。The status; WAITING until the decision is on record.',
  })
  get status(): ProposalStatus {
    return this.view.status;
  }

  @Field(() => String, { simple: true, description: '操作。The mutation.' })
  get command(): string {
    return this.view.command;
  }

  @Field(() => JSONScalar, { simple: true, description: '操作的输入，按原样。The input of the mutation, as sent.' })
  get input(): unknown {
    return this.view.input;
  }

  @Field(() => ActorType, { simple: true, description: '提议人。Who proposed it.' })
  get proposedBy(): ActorType {
    return this.view.proposedBy;
  }

  @Field(() => DateTimeScalar, { simple: true, description: '提议时间。When it was proposed.' })
  get proposedAt(): Instant {
    return readInstant(this.view.proposedAt);
  }

  @Field(() => ActorType, {
    nullable: true,
    simple: true,
    description: '决定人。Who confirmed, rejected or withdrew it; null while it waits.',
  })
  get decidedBy(): ActorType | undefined {
    return this.view.decidedBy;
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    simple: true,
    description: '决定时间。When it was confirmed, rejected or withdrawn; null while it waits.',
  })
  get decidedAt(): Instant | undefined {
    const { decidedAt } = this.view;
    return decidedAt === undefined ? undefined : readInstant(decidedAt);
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '决定的理由。The reason of the decision; null if it has none.',
  })
  get reason(): string | undefined {
    return this.view.reason;
  }
}

@ObjectType('ProposalPreview', {
  description: '预览。What a proposal would do if it were confirmed now.',
})
export class ProposalPreviewType implements Preview {
  @Field(() => [FieldChangeType], {
    simple: true,
    description:
      '字段变化。What it would do to the entity of the command; empty if it would be refused. The fields with their values before and after.',
  })
  readonly fields!: readonly FieldChange[];

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '会拒绝它的规则。The rule that would refuse it; null if none would.',
  })
  readonly rule?: string;

  @Field(() => String, {
    nullable: true,
    simple: true,
    description: '会拒绝它的原因。Why it would be refused; null if it would not be.',
  })
  readonly message?: string;
}

export const ProposalPayload = payloadType('Proposal', ProposalType, '对提议的决定的结果。The result of a decision.');

export const ProposalConnection = countedConnectionTypes(
  'Proposal',
  () => ProposalType,
  '提议分页，按代码排列，游标为代码。A page of proposals, by code; a cursor is a code',
);
export type ProposalConnection = InstanceType<typeof ProposalConnection>;
