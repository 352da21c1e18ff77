import { PseudonymOf } from '../../auth/pseudonym';
import { ProposalView } from './views';

/** The view without what the client sent, the reason, and the names of persons. */
export function maskedProposal(state: unknown, pseudonymOf: PseudonymOf): ProposalView {
  const view = state as ProposalView;
  const { proposedBy, decidedBy } = view;
  return {
    ...view,
    input: {},
    reason: undefined,
    proposedBy: { sub: pseudonymOf(proposedBy.sub) },
    decidedBy: decidedBy && { sub: pseudonymOf(decidedBy.sub) },
  };
}
