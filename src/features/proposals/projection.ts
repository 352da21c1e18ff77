import { Projection } from '../../projector/projection';
import { Membership } from '../../read-model/temporal-store';
import { claimMade, claimSettled } from './claims';
import { ProposalEvent, proposalEventOf } from './events';
import { proposalFold, ProposalRecord } from './record';
import { viewProposal } from './views';

export const PROPOSALS = 'PROPOSAL';
export const proposalsOf = (department: string): string => `PROPOSAL/${department}`;

export const proposalProjection: Projection<ProposalRecord> = {
  ...proposalFold,
  project(record, stored) {
    const { department, fiscalYear } = record.made;
    return {
      department,
      fiscalYear,
      state: viewProposal(record),
      members: membershipsOf(record, proposalEventOf(stored)),
    };
  },
};

function membershipsOf({ made: { code, department } }: ProposalRecord, event: ProposalEvent): readonly Membership[] {
  switch (event.type) {
    case 'ProposalMade':
      return [
        { collection: PROPOSALS, code },
        { collection: proposalsOf(department), code },
      ];
    case 'ProposalClaimed':
      return [claimMade(code, event.id)];
    case 'ProposalReleased':
    case 'ProposalConfirmed': {
      const { $causationId } = event.metadata;
      return $causationId === undefined ? [] : [claimSettled(code, $causationId)];
    }
    case 'ProposalRejected':
    case 'ProposalWithdrawn':
      return [];
  }
}
