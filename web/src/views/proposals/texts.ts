import { ProposalStatus } from '../../generated/documents';
import { Text } from '../../language/language';

export const PROPOSAL_TEXTS = {
  title: { zh: '待复核的提议', en: 'Proposals that wait' },
  one: { zh: '提议', en: 'Proposal' },
  all: { zh: '← 全部待复核的提议', en: '← All that wait' },
  intro: {
    zh: '须由另一人确认的操作。确认之前，除提议外没有记录任何内容。',
    en: 'Commands that need a second person. Until one confirms, nothing but the proposal is on record.',
  },
  none: { zh: '没有待复核的提议。', en: 'No proposal waits.' },
  noSuch: { zh: '此时没有该提议。', en: 'There is no such proposal at this moment.' },
  proposedBy: { zh: '提议人', en: 'Proposed by' },
  proposedAt: { zh: '提议时间', en: 'Proposed' },
  decidedBy: { zh: '决定人', en: 'Decided by' },
  decidedAt: { zh: '决定时间', en: 'Decided' },
  reason: { zh: '理由', en: 'Reason' },
  input: { zh: '输入内容', en: 'Input' },
  preview: { zh: '如现在确认，将改变', en: 'If it were confirmed now, it would change' },
  refusedBy: { zh: '如现在确认，将被拒绝', en: 'If it were confirmed now, it would be refused' },
  confirm: { zh: '确认', en: 'Confirm' },
  reject: { zh: '驳回', en: 'Reject' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  rejectReason: { zh: '驳回理由', en: 'Why it is rejected' },
  needsReason: { zh: '请填写理由', en: 'A reason is needed' },
  cancel: { zh: '取消', en: 'Cancel' },
  sending: { zh: '正在记录…', en: 'Recording…' },
  own: {
    zh: '这是您自己的提议，须由另一人确认。',
    en: 'This is your own proposal: a second person has to confirm it.',
  },
  decided: { zh: '决定已记录', en: 'The decision is on record' },
  unknown: {
    zh: '没有收到答复：可能已记录，也可能没有。再次点击同一按钮，只会记录一次。',
    en: 'There was no answer: it may be on record or not. Press the same button again: it is recorded once.',
  },
} as const;

export const STATUS_TEXTS: Readonly<Record<ProposalStatus, Text>> = {
  WAITING: { zh: '等待中', en: 'Waiting' },
  CONFIRMED: { zh: '已确认', en: 'Confirmed' },
  REJECTED: { zh: '已驳回', en: 'Rejected' },
  WITHDRAWN: { zh: '已撤回', en: 'Withdrawn' },
};
