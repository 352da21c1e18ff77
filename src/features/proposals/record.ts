import { effectiveAtOf } from '../../event-store/envelope';
import { Fold } from '../../event-store/fold';
import { CorruptLedger } from '../../kernel/outage';
import { Instant } from '../../kernel/time';
import { ProposalClaimed, ProposalEvent, proposalEventOf, ProposalMade } from './events';

export const PROPOSAL_STATUSES = ['WAITING', 'CONFIRMED', 'REJECTED', 'WITHDRAWN'] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

export interface Actor {
  readonly sub: string;
  readonly name?: string;
}

/** What is on record of a proposal. */
export interface ProposalRecord {
  readonly made: ProposalMade;
  readonly proposedBy: Actor;
  readonly proposedAt: Instant;
  /** What the actor said of the command, and what proves it. */
  readonly origin: Pick<ProposalEvent['metadata'], 'reason' | 'documentNo' | 'evidence'>;
  /** A confirmation that has begun and is not settled yet. */
  readonly claim?: Claim;
  readonly decision?: Decision;
  /** The position of the newest event. */
  readonly position: bigint;
}

export interface Claim extends ProposalClaimed {
  readonly id: string;
  /** The revision of the claim in the stream of the proposal. */
  readonly revision: bigint;
  readonly metadata: ProposalEvent['metadata'];
}

export interface Decision {
  /** The id of the event. */
  readonly id: string;
  readonly status: Exclude<ProposalStatus, 'WAITING'>;
  readonly by: Actor;
  readonly at: Instant;
  readonly reason?: string;
  /** Only of a confirmation. */
  readonly facts?: RecordedFacts;
}

/** Where the events of the command are: the first of its entity after one position, up to another one. */
export interface RecordedFacts {
  readonly after: bigint;
  readonly upTo: bigint;
  readonly count: number;
}

export const statusOf = ({ decision }: Pick<ProposalRecord, 'decision'>): ProposalStatus =>
  decision?.status ?? 'WAITING';

export const proposalFold: Fold<ProposalRecord> = {
  entityType: 'PROPOSAL',
  evolve(record, stored) {
    const event = proposalEventOf(stored);
    if (event.type === 'ProposalMade') return newRecord(event);
    if (record === undefined) throw new CorruptLedger(`${event.stream} does not begin with a proposal`);
    return { ...evolved(record, event), position: event.position };
  },
};

function newRecord(event: Extract<ProposalEvent, { readonly type: 'ProposalMade' }>): ProposalRecord {
  const { actor, reason, documentNo, evidence } = event.metadata;
  return {
    made: event.data,
    proposedBy: actor,
    proposedAt: effectiveAtOf(event),
    origin: { reason, documentNo, evidence },
    position: event.position,
  };
}

function evolved(
  record: ProposalRecord,
  event: Exclude<ProposalEvent, { readonly type: 'ProposalMade' }>,
): ProposalRecord {
  switch (event.type) {
    case 'ProposalClaimed': {
      const { id, revision, metadata, data } = event;
      return { ...record, claim: { ...data, id, revision, metadata } };
    }
    case 'ProposalReleased':
      return { ...record, claim: undefined };
    case 'ProposalConfirmed': {
      const facts = { after: record.position, upTo: event.position, count: event.data.changes };
      return { ...record, claim: undefined, decision: { ...decisionOf('CONFIRMED', event), facts } };
    }
    case 'ProposalRejected':
      return { ...record, decision: decisionOf('REJECTED', event) };
    case 'ProposalWithdrawn':
      return { ...record, decision: decisionOf('WITHDRAWN', event) };
  }
}

const decisionOf = (status: Decision['status'], event: ProposalEvent): Decision => ({
  id: event.id,
  status,
  by: event.metadata.actor,
  at: effectiveAtOf(event),
  reason: event.metadata.reason,
});
