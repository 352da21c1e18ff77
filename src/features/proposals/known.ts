import { FactsOnRecord, KnownProposal } from '../../actions/proposing';
import { ProposalRecord } from './record';

/** What the way to act needs to know of a proposal on record. */
export const knownProposal = (record: ProposalRecord): KnownProposal => ({
  code: record.made.code,
  department: record.made.department,
  fingerprint: record.made.key?.fingerprint,
  position: record.position,
  facts: factsOnRecord(record),
});

export function factsOnRecord({ made, decision }: ProposalRecord): FactsOnRecord | undefined {
  const { entityType, entity: code } = made;
  return decision?.facts && { entity: { entityType, code }, ...decision.facts };
}
