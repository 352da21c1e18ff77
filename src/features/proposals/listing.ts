import { isUuid } from '../../kernel/uuid';
import { Listing, Members } from '../../reading/lists/listing';
import { PROPOSALS, proposalsOf } from './projection';
import { proposalReading } from './readings';
import { ProposalRecord } from './record';
import { ProposalView } from './views';

export type ProposalSummary = Pick<ProposalView, 'department' | 'status' | 'command'>;

export const proposalListing: Listing<ProposalRecord, ProposalView, ProposalSummary> = {
  reading: proposalReading,
  isCode: isUuid,
  summary: ({ department, status, command }) => ({ department, status, command }),
};

export const ALL_PROPOSALS: Members<ProposalSummary> = { collection: PROPOSALS, has: () => true };

export const proposalsOfDepartment = (department: string): Members<ProposalSummary> => ({
  collection: proposalsOf(department),
  department,
  has: (proposal) => proposal.department === department,
});
