import { choice } from '../../input/choice';
import { PROPOSAL_STATUSES } from './record';

export const ProposalStatuses = choice(
  'ProposalStatus',
  PROPOSAL_STATUSES,
  '提议状态。What has become of a proposal.',
  {
    WAITING: '待确认。It waits for a second person.',
    CONFIRMED: '已确认。A second person has confirmed it, and the command is on record.',
    REJECTED: '已驳回。A second person has rejected it.',
    WITHDRAWN: '已撤回。Who proposed it has withdrawn it.',
  },
);
