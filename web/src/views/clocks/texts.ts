import { Text } from '../../language/language';

export const CLOCKS_TEXTS = {
  none: { zh: '没有可以绘制的变更。', en: 'There is nothing to draw.' },
  tooMany: (changes: number, most: number): Text => ({
    zh: `共有 ${changes} 项变更，超过绘图上限 ${most} 项。`,
    en: `It has ${changes} changes, and a map is drawn of at most ${most}.`,
  }),
  history: { zh: '查看全部变更', en: 'Show all of them' },
  about: {
    zh: '横轴：何时得知。纵轴：何时生效。每个矩形是一个值；点击查看由谁、何时、因何、凭何文件。',
    en: 'To the right: when it was known. Upwards: when it was in effect. Each rectangle is a value; click it to see who, when, why and which document.',
  },
  figure: { zh: '数', en: 'Figure' },
  map: { zh: '两个时钟上的值', en: 'The values on both clocks' },
  table: { zh: '值与时段', en: 'The values and their times' },
  known: { zh: '得知', en: 'Known' },
  effective: { zh: '生效', en: 'In effect' },
  knownAxis: { zh: '何时得知', en: 'known' },
  effectiveAxis: { zh: '何时生效', en: 'in effect' },
  now: { zh: '现在', en: 'now' },
  before: { zh: '此前', en: 'earlier' },
  onward: { zh: '此后', en: 'later' },
  reading: (changes: number): Text => ({
    zh: `正在读取 ${changes} 项变更…`,
    en: changes === 1 ? 'Reading its change…' : `Reading its ${changes} changes…`,
  }),
  asking: { zh: '正在逐格查询…', en: 'Asking about each part of the map…' },
  earlierChanges: { zh: '← 更早得知', en: '← Known earlier' },
  laterChanges: { zh: '更晚得知 →', en: 'Known later →' },
  earlierDates: { zh: '↓ 更早生效', en: '↓ In effect earlier' },
  laterDates: { zh: '↑ 更晚生效', en: '↑ In effect later' },
} satisfies Readonly<Record<string, unknown>>;
