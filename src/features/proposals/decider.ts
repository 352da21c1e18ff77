import { Decider, DecisionOf } from '../../command-handling/decider';
import { conflict, notFound, ok, Refusal, refused } from '../../kernel/refusal';
import { ProposalClaimed, ProposalConfirmed, ProposalEvent, ProposalMade } from './events';
import { proposalFold, ProposalRecord } from './record';
import { ruleViolation } from './rules';

export type ProposalCommand =
  | { readonly kind: 'propose'; readonly proposal: ProposalMade }
  /** The facts are those that the confirmed command would record; left out until it is judged. */
  | { readonly kind: 'confirm'; readonly code: string; readonly confirmation?: ProposalConfirmed }
  | { readonly kind: 'claim'; readonly code: string; readonly claim: ProposalClaimed }
  | { readonly kind: 'reject'; readonly code: string }
  | { readonly kind: 'withdraw'; readonly code: string };

type Decision = DecisionOf<ProposalEvent>;

/** Somebody else confirms the proposal. Whoever is refused so finishes the claim first, and tries again. */
export const CLAIMED: Refusal = { kind: 'CONFLICT', message: 'The proposal is being confirmed' };

export const proposalDecider: Decider<ProposalRecord, ProposalCommand> = {
  ...proposalFold,
  departmentOf: (record, command) =>
    record?.made.department ?? (command.kind === 'propose' ? command.proposal.department : undefined),
  references: () => [],
  decide(record, command, { actor }): Decision {
    if (command.kind === 'propose') {
      if (record !== undefined) return conflict(`Proposal ${command.proposal.code} is there already`);
      return ok([{ type: 'ProposalMade', data: command.proposal }]);
    }
    if (record === undefined) return notFound(`There is no proposal ${command.code}`);
    const isOwn = actor === record.proposedBy.sub;
    if (command.kind === 'withdraw' && !isOwn) {
      return refused({ kind: 'FORBIDDEN', message: 'Only who proposed a command withdraws it' });
    }
    if (record.decision !== undefined) {
      return ruleViolation('PROPOSAL_DECIDED', `Proposal ${command.code} is ${record.decision.status}`);
    }
    if (record.claim !== undefined) return refused(CLAIMED);
    if (command.kind !== 'withdraw' && isOwn) {
      return ruleViolation('OWN_PROPOSAL', 'A second person decides on a proposal');
    }
    return ok([factOf(command)]);
  },
};

function factOf(command: Exclude<ProposalCommand, { readonly kind: 'propose' }>) {
  switch (command.kind) {
    case 'confirm':
      return { type: 'ProposalConfirmed', data: command.confirmation ?? { change: '', changes: 0 } } as const;
    case 'claim':
      return { type: 'ProposalClaimed', data: command.claim } as const;
    case 'reject':
      return { type: 'ProposalRejected', data: {} } as const;
    case 'withdraw':
      return { type: 'ProposalWithdrawn', data: {} } as const;
  }
}
