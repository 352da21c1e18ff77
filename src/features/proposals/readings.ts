import { ALWAYS, Effect } from '../../audit/effect';
import { StoredEvent } from '../../event-store/envelope';
import { documentLineage, Pausing } from '../../reading/lineage';
import { Reading } from '../../reading/scope';
import { auditViewOfProposal } from './audit-view';
import { PROPOSALS, proposalsOf } from './projection';
import { proposalFold, ProposalRecord } from './record';
import { ProposalView, viewProposal } from './views';

export const proposalReading: Reading<ProposalRecord, ProposalView> = { ...proposalFold, view: viewProposal };

export const proposalLineage = documentLineage({
  reading: proposalReading,
  auditView: auditViewOfProposal,
  collection: PROPOSALS,
  codesOf: (scope, department) => scope.members(proposalsOf(department)),
  effects: fromTheBeginning,
});

/** A proposal looks the same as of every effective moment. */
function* fromTheBeginning(events: readonly StoredEvent[]): Pausing<readonly Effect[]> {
  const effects: Effect[] = [];
  for (const { position } of events) {
    yield;
    effects.push({ position, from: [ALWAYS] });
  }
  return effects;
}
