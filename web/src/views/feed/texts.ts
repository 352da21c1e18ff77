import { Text } from '../../language/language';

export const FEED_TEXTS = {
  title: { zh: '变更动态', en: 'Feed of changes' },
  intro: {
    zh: '账本的每一项变更，按记录顺序，最新的在最上面。',
    en: 'Every change of the ledger in the order of its recording, the newest at the top.',
  },
  list: { zh: '变更', en: 'Changes' },
  inEffect: { zh: '生效于', en: 'in effect on' },
  late: (days: number): Text => ({ zh: `迟记 ${days} 天`, en: `${days} days late` }),
  newer: (changes: number): Text => ({ zh: `${changes} 项新变更 ↑`, en: `${changes} new changes ↑` }),
  fromStart: { zh: '从头开始', en: 'From the beginning' },
  fromNow: { zh: '从现在开始', en: 'From now' },
  none: { zh: '还没有变更。新的变更会自动出现。', en: 'No change yet. New changes appear by themselves.' },
  kept: (kept: number, all: number): Text => ({
    zh: `已收到 ${all} 项，保留最新的 ${kept} 项`,
    en: `${all} changes received, the newest ${kept} are kept`,
  }),
  states: {
    CONNECTING: { zh: '正在连接…', en: 'Connecting…' },
    CATCHING_UP: { zh: '正在读取已记录的变更…', en: 'Reading what is on record…' },
    LIVE: { zh: '实时', en: 'Live' },
    WAITING: {
      zh: '连接中断，正在自动重连，不会遗漏变更。',
      en: 'The connection was lost. It is tried again; no change is left out.',
    },
    STOPPED: { zh: '已停止', en: 'Stopped' },
  },
} as const;
