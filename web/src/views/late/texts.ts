import { Text } from '../../language/language';

export const LATE_TEXTS = {
  title: { zh: '迟记与更正的事实', en: 'Late and corrected facts' },
  tabs: { zh: '类别', en: 'Which' },
  late: { zh: '迟记', en: 'Recorded late' },
  corrected: { zh: '更正与冲销', en: 'Corrected or reversed' },
  lateIntro: (days: string): Text => ({
    zh: `记录时间比生效日期晚 ${days} 天以上的变更。`,
    en: `Changes that were recorded ${days} days or more after they took effect.`,
  }),
  correctedIntro: {
    zh: '更正、撤回或冲销了先前事实的变更，及其改变的数字。',
    en: 'Changes that corrected, withdrew or reversed an earlier fact, and the figures that they changed.',
  },
  what: { zh: '变更', en: 'Change' },
  of: { zh: '对象', en: 'Of' },
  recorded: { zh: '记录时间', en: 'Recorded' },
  inEffect: { zh: '生效日期', en: 'In effect on' },
  days: { zh: '迟记天数', en: 'Days late' },
  did: { zh: '改变了什么', en: 'What it changed' },
  more: { zh: '…以及其他字段', en: '… and other fields' },
  nothing: { zh: '没有改变最新的数', en: 'No figure of the newest state' },
  by: { zh: '经办人', en: 'By' },
  document: { zh: '文号、理由', en: 'Document, reason' },
} as const;
