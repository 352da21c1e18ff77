import { formatDecimal, formatYuan, isYuan, percentText, UNIT_SIGNS } from '../language/money';
import { Text } from '../language/language';
import { say } from '../language/say';
import { isDay } from '../language/dates';
import { unit } from '../preferences/preferences';
import { showDay } from '../session/ledger';
import { ENTRY_KINDS, EXPENDITURE_KINDS, FUND_SOURCES, FUND_VINTAGES } from '../terms/budgets';
import { EVALUATION_STATUSES, GRADES, SCORE_SOURCES } from '../terms/evaluations';
import { DIRECTIONS, LEVELS_1, LEVELS_2, QUALIFIERS } from '../terms/indicators';
import { lookUp } from '../terms/look-up';
import { TASK_STATUSES } from '../terms/tasks';
import { tokensOf } from './paths';
import { readQualified } from './qualified';

const AMOUNTS = new Set(['opening', 'adjustment', 'revised', 'executed', 'remaining', 'carriedOut']);
const PERCENTAGES = new Set(['executionRate', 'completionRate', 'progress']);

const TERMS: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  fundSource: FUND_SOURCES,
  vintage: FUND_VINTAGES,
  expenditureKind: EXPENDITURE_KINDS,
  kind: ENTRY_KINDS,
  status: { ...TASK_STATUSES, ...EVALUATION_STATUSES },
  grade: GRADES,
  scoredBy: SCORE_SOURCES,
  direction: DIRECTIONS,
  level1: LEVELS_1,
  level2: LEVELS_2,
};

/** The value of a field as a person reads it: amounts in the chosen unit, days and terms in the chosen language. */
export function showValue(path: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return say(value ? TEXTS.yes : TEXTS.no);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return listText(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  const name = tokensOf(path).at(-1) ?? '';
  if (AMOUNTS.has(name) && isYuan(value)) return `${formatYuan(value, unit.value)} ${say(UNIT_SIGNS[unit.value])}`;
  if (PERCENTAGES.has(name)) return percentText(value);
  if (name === 'qualifier') return value === 'EQ' ? '=' : say(QUALIFIERS[value as keyof typeof QUALIFIERS]).trim();
  const observed = name === 'value' ? readQualified(value) : undefined;
  if (observed !== undefined) return `${say(observed.words)}${formatDecimal(observed.value)}`;
  const term = lookUp(lookUp(TERMS, name) ?? {}, value);
  if (term !== undefined) return say(term);
  return isDay(value) ? showDay(value) : formatDecimal(value);
}

const MOST_ITEMS = 4;

const listText = (items: readonly unknown[]): string =>
  items.length > MOST_ITEMS ? say(TEXTS.items(items.length)) : items.map(itemText).join('; ') || '—';

/** An item of a list: its code if it has one. */
const itemText = (item: unknown): string =>
  typeof item === 'object' && item !== null && 'code' in item
    ? String(item.code)
    : typeof item === 'string'
      ? item
      : JSON.stringify(item);

const TEXTS = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  items: (count: number): Text => ({ zh: `${count} 项`, en: `${count} items` }),
};
