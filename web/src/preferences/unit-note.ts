import { MoneyUnit } from '../language/money';
import { Text } from '../language/language';
import { say } from '../language/say';
import { unit } from './preferences';

const NOTES: Readonly<Record<MoneyUnit, Text>> = {
  YUAN: { zh: '单位：元', en: 'in yuan' },
  WAN_YUAN: { zh: '单位：万元', en: 'in 万元 (10,000 yuan)' },
  YI_YUAN: { zh: '单位：亿元', en: 'in 亿元 (100 million yuan)' },
};

/** In which unit the amounts of a table are. A page that is printed has nothing else that says so. */
export const unitNote = (): string => say(NOTES[unit.value]);
