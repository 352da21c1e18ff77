import { mutationsOf } from '../../graphql/action-mutations';
import { Feature } from '../feature';
import { proposalActions } from './actions';
import { CLAIM_COLLECTIONS } from './claims';
import { proposalEventTypes } from './events';
import { ProposalPayload } from './graphql/proposal';
import {
  loadProposal,
  ProposalFields,
  ProposalQueries,
  ProposedChangeFields,
  ProposedPayloadFields,
} from './graphql/queries';
import { proposalProjection } from './projection';
import { proposalLineage } from './readings';
import { PROPOSAL_RULES } from './rules';
import { ProposalView } from './views';

export const proposals: Feature = {
  entity: {
    type: 'PROPOSAL',
    category: 'proposal',
    description: '提议。A command that waits for a second person, or has been decided on.',
  },
  eventTypes: proposalEventTypes,
  projection: proposalProjection,
  lineage: proposalLineage,
  homes: {
    documents: { PROPOSAL: (state) => (state as ProposalView).department },
    collections: {
      // Not the collections of the departments: a proposal may register a department that is not there yet.
      PROPOSAL: { documents: 'PROPOSAL' },
      'PROPOSAL/': 'NAME',
      ...Object.fromEntries(CLAIM_COLLECTIONS.map((name) => [name, 'LEDGER'])),
    },
  },
  rules: PROPOSAL_RULES,
  actions: proposalActions,
  nodes: { PROPOSAL: { load: (scope, { code }) => loadProposal(scope, code) } },
  tables: [],
  resolvers: [
    ProposalQueries,
    ProposalFields,
    ProposedChangeFields,
    ProposedPayloadFields,
    mutationsOf(proposalActions, ProposalPayload),
  ],
};

export { claimedProposals } from './claims';
export { ProposalDesk } from './desk';
