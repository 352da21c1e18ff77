import { AuditView } from '../../audit/audit-view';
import { ProposalView } from './views';

export const auditViewOfProposal = (proposal: ProposalView): AuditView => ({
  department: { code: proposal.department },
  fiscalYear: proposal.fiscalYear ?? null,
  status: proposal.status,
  command: proposal.command,
  decidedBy: proposal.decidedBy === undefined ? null : { sub: proposal.decidedBy.sub },
  decidedAt: proposal.decidedAt ?? null,
  reason: proposal.reason ?? null,
});
