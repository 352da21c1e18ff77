import { actionsOn, ActionsOf } from '../../actions/action';
import { ProposalCommand, proposalDecider } from './decider';
import { DecideProposalInput, RejectProposalInput } from './decision-input';
import { proposalProjection } from './projection';
import { proposalReading } from './readings';
import { ActionName, isActionName } from '../../auth/rights';
import { noAction } from './proposed-command';
import { ProposalRecord } from './record';

const action = actionsOn({
  decider: proposalDecider,
  reading: proposalReading,
  projection: proposalProjection,
  decidesProposals: true,
  codeOf: ({ code }: { readonly code: string }) => code,
});

/** Who decides must be one that may perform the command himself. */
function byRightOfCommand(record: ProposalRecord | undefined): ActionName | undefined {
  if (record === undefined) return undefined;
  const { made } = record;
  if (!isActionName(made.command)) throw noAction(made);
  return made.command;
}

/** Every command on a proposal that a client can send. */
type ProposalDecision = Extract<ProposalCommand, { readonly kind: 'confirm' | 'reject' | 'withdraw' }>;

export const proposalActions = {
  confirm: action({
    name: 'confirmProposal',
    description:
      '确认提议：由另一人确认，此人须可自行执行该操作；此时再次检查双方权限、引用和规则，被规则拒绝时提议继续等待。本人提议：OWN_PROPOSAL；已有结果：PROPOSAL_DECIDED。Confirms a proposal, by a second person who may perform the command himself. Permission of both persons, references and rules are judged again; if a rule refuses, the proposal goes on waiting. His own: OWN_PROPOSAL. Decided already: PROPOSAL_DECIDED.',
    input: DecideProposalInput,
    recordedBy: byRightOfCommand,
    toCommand: ({ code }) => ({ kind: 'confirm', code }),
  }),
  reject: action({
    name: 'rejectProposal',
    description:
      '驳回提议，须有理由；由可执行该操作的另一人驳回。本人提议：OWN_PROPOSAL；已有结果：PROPOSAL_DECIDED。Rejects a proposal, with a reason; by a second person who may perform the command himself. His own: OWN_PROPOSAL. Decided already: PROPOSAL_DECIDED.',
    input: RejectProposalInput,
    recordedBy: byRightOfCommand,
    toCommand: ({ code }) => ({ kind: 'reject', code }),
  }),
  withdraw: action({
    name: 'withdrawProposal',
    description:
      '撤回提议，只能由提议人撤回，否则 FORBIDDEN。已有结果：PROPOSAL_DECIDED。Withdraws a proposal, by who proposed it: else FORBIDDEN. Decided already: PROPOSAL_DECIDED.',
    input: DecideProposalInput,
    toCommand: ({ code }) => ({ kind: 'withdraw', code }),
  }),
} satisfies ActionsOf<ProposalDecision>;
