import { maskedProposal } from '../../../src/features/proposals/masked-view';
import { ProposalView } from '../../../src/features/proposals/views';

const WAITING: ProposalView = {
  status: 'WAITING',
  department: 'D1',
  fiscalYear: 2023,
  command: 'recordExpenditure',
  input: { payee: '某公司' },
  entityType: 'BUDGET',
  entity: 'D1.2023',
  proposedBy: { sub: 'u-1', name: '张编辑' },
  proposedAt: '2023-06-30T04:00:00.000Z',
};
const masked = (view: ProposalView) => maskedProposal(view, (sub) => `p-${sub}`);

test('a proposal without details of persons has no input, no reason, and pseudonyms', () => {
  const decidedBy = { sub: 'u-2', name: '周复核' };
  expect(masked({ ...WAITING, status: 'CONFIRMED', reason: '同意付给张三', decidedBy })).toEqual({
    ...WAITING,
    status: 'CONFIRMED',
    input: {},
    proposedBy: { sub: 'p-u-1' },
    decidedBy: { sub: 'p-u-2' },
  });
});

test('it names nobody who decided if nobody did', () => {
  expect(masked(WAITING).decidedBy).toBeUndefined();
});
