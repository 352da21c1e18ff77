import { JsonObject } from '../../kernel/json';
import { formatInstant } from '../../kernel/time';
import { Actor, ProposalRecord, ProposalStatus, statusOf } from './record';

export interface ProposalView {
  readonly status: ProposalStatus;
  readonly department: string;
  readonly fiscalYear?: number;
  readonly command: string;
  readonly input: JsonObject;
  /** The entity of the command. */
  readonly entityType: string;
  readonly entity: string;
  readonly proposedBy: Actor;
  readonly proposedAt: string;
  readonly decidedBy?: Actor;
  readonly decidedAt?: string;
  readonly reason?: string;
  /** Where the changes that the command recorded are. Positions are texts. */
  readonly facts?: { readonly after: string; readonly upTo: string; readonly count: number };
}

/** A proposal follows the known clock only: it looks the same as of every effective moment. */
export function viewProposal(record: ProposalRecord): ProposalView {
  const { made, proposedBy, proposedAt, decision } = record;
  const { department, fiscalYear, command, input, entityType, entity } = made;
  const facts = decision?.facts;
  return {
    status: statusOf(record),
    department,
    fiscalYear,
    command,
    input,
    entityType,
    entity,
    proposedBy,
    proposedAt: formatInstant(proposedAt),
    decidedBy: decision?.by,
    decidedAt: decision && formatInstant(decision.at),
    reason: decision?.reason,
    facts: facts && { after: String(facts.after), upTo: String(facts.upTo), count: facts.count },
  };
}
