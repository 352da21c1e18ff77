export const SLIDER_TEXTS = {
  slider: { zh: '所知时点', en: 'Known moment' },
  scale: { zh: '滑块刻度', en: 'Scale of the slider' },
  change: { zh: '按变更', en: 'by change' },
  date: { zh: '按日期', en: 'by date' },
  now: (changes: number) => ({ zh: `现在 · 共 ${changes} 项变更`, en: `now · ${changes} changes` }),
  before: { zh: '早于滑块上的第一项变更', en: 'before the first change on the slider' },
  reading: { zh: '正在读取变更…', en: 'reading the changes…' },
  unread: { zh: '未能读取全部变更。', en: 'Not all changes could be read.' },
  again: { zh: '重试', en: 'Try again' },
  play: { zh: '播放', en: 'Play' },
  pause: { zh: '暂停', en: 'Pause' },
};
