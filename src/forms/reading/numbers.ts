import { IndicatorDirection, ValueQualifier } from '../../features/indicators/events';
import { Decimal, parseDecimal } from '../../kernel/decimal';
import { DIRECTION_WORDS } from '../layouts/words';
import { cleaned, short } from './texts';

/** A number with the words around it: `超过98%`, `≥50个`. */
export interface WrittenNumber {
  /** Empty if the cell writes a bare number. */
  readonly operator: string;
  readonly number: Decimal;
  /** Empty if none is written. */
  readonly unit: string;
}

const NUMBER = String.raw`(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)`;
const WRITTEN = new RegExp(String.raw`^([^\d.-]*?)\s*${NUMBER}\s*([^\d]*)$`);
const INTERVAL = new RegExp(
  String.raw`^[\[(]?\s*${NUMBER}\s*([^\d\s,~-]*)\s*(?:~|-|—|–|至|到|,)\s*${NUMBER}\s*([^\d\])]*)[\])]?$`,
);

/** The number in a text; undefined if the text is no number with an operator and a unit. */
export function writtenNumber(text: string): WrittenNumber | undefined {
  const [, operator = '', digits, unit = ''] = WRITTEN.exec(cleaned(short(text))) ?? [];
  const number = digits === undefined ? undefined : parseDecimal(digits.replaceAll(',', ''));
  return number === undefined ? undefined : { operator: operator.trim(), number, unit: unitKey(unit) };
}

export interface WrittenRange {
  readonly from: Decimal;
  readonly to: Decimal;
  readonly unit: string;
}

/** The range in a text, such as `50-60%` or `[0.5,0.8]`; undefined if it is none. */
export function writtenRange(text: string): WrittenRange | undefined {
  const [, first, innerUnit = '', second, unit = ''] = INTERVAL.exec(cleaned(short(text))) ?? [];
  const from = first === undefined ? undefined : parseDecimal(first.replaceAll(',', ''));
  const to = second === undefined ? undefined : parseDecimal(second.replaceAll(',', ''));
  if (from === undefined || to === undefined) return undefined;
  return { from, to, unit: unitKey(unit || innerUnit) };
}

/** Units that people read as the same have the same key. */
export const unitKey = (unit: string): string => {
  const name = unit.normalize('NFKC').replace(/[\s。.;]+/g, '');
  return name === '百分比' || name === '百分之' ? '%' : name;
};

/** The direction that an operator or a word means; undefined if it means none. */
export function directionOf(word: string): IndicatorDirection | undefined {
  const key = word.normalize('NFKC').replace(/\s/g, '');
  const found = Object.entries(DIRECTION_WORDS).find(([, words]) =>
    words.some((each) => each.normalize('NFKC') === key),
  );
  return found?.[0] as IndicatorDirection | undefined;
}

const WORDS: Readonly<Partial<Record<ValueQualifier, readonly string[]>>> = {
  EQ: ['', '=', '共', '达', '达到', '累计'],
  GT: ['>', '超', '超过', '高于', '大于', '逾'],
  GE: ['≥', '>=', '不低于', '不少于'],
  LT: ['<', '低于', '少于', '小于'],
  LE: ['≤', '<=', '不超过', '不高于', '不多于'],
  APPROX: ['约', '近', '大约', '≈'],
};

const QUALIFIERS: ReadonlyMap<string, ValueQualifier> = new Map(
  Object.entries(WORDS).flatMap(([qualifier, words]) => words.map((word) => [word, qualifier as ValueQualifier])),
);

/** How the words before a value say that it is to be read; undefined if they say something else. */
export const qualifierOf = (operator: string): ValueQualifier | undefined => QUALIFIERS.get(operator);
