import { Text } from '../../language/language';

export const HISTORY_TEXTS = {
  none: { zh: '该时点没有这个对象。', en: 'There is no such entity at this moment.' },
  about: {
    zh: '所示时点已记录的全部变更，最新的在前。',
    en: 'Every change on record at the moment that is shown, the newest first.',
  },
  changes: { zh: '变更', en: 'Changes' },
  position: { zh: '账本位置', en: 'Position' },
  what: { zh: '变更', en: 'What' },
  changed: { zh: '改变', en: 'What it changed' },
  first: { zh: '首次记录', en: 'First recorded' },
  corrects: { zh: '更正位置', en: 'corrects position' },
  recorded: { zh: '记录于', en: 'Recorded' },
  effective: { zh: '生效于', en: 'In effect' },
  by: { zh: '经办人', en: 'By' },
  document: { zh: '文号', en: 'Document' },
  reason: { zh: '理由', en: 'Reason' },
  older: { zh: '更早的变更', en: 'Older changes' },
  newest: { zh: '最新的变更', en: 'Newest changes' },
} satisfies Readonly<Record<string, Text>>;
