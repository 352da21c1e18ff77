import type { YearIndicatorsQuery } from '../../generated/documents';
import { LANGUAGES, Text } from '../../language/language';
import { formatDecimal } from '../../language/money';
import { DIRECTIONS, QUALIFIERS } from '../../terms/indicators';
import { INDICATOR_TEXTS } from './texts';

export type Indicator = NonNullable<NonNullable<YearIndicatorsQuery['asOf']>['indicators']>['nodes'][number];

type Target = Pick<Indicator, 'target' | 'targetUpper' | 'direction' | 'unit'>;

/** What the indicator has to reach: `≥ 98 %`, `5 – 10 个`. */
export function targetText({ target, targetUpper, direction, unit }: Target): Text {
  if (direction === 'QUALITATIVE') return DIRECTIONS.QUALITATIVE;
  if (target === null) return INDICATOR_TEXTS.noTarget;
  const value =
    targetUpper === null ? formatDecimal(target) : `${formatDecimal(target)} – ${formatDecimal(targetUpper)}`;
  const sign = direction === 'RANGE' ? '' : `${DIRECTIONS[direction].zh} `;
  return same(`${sign}${value}${unitText(unit)}`);
}

/** The latest value with its qualifier: `超过 98 %`. Without a reading it is said that there is none, never 0. */
export function valueText({ latest, unit }: Pick<Indicator, 'latest' | 'unit'>): Text {
  if (latest === null) return INDICATOR_TEXTS.noValue;
  const said = latest.value === null ? (latest.text ?? '') : `${formatDecimal(latest.value)}${unitText(unit)}`;
  const qualifier = QUALIFIERS[latest.qualifier];
  return { zh: `${qualifier.zh}${said}`, en: `${qualifier.en}${said}` };
}

const unitText = (unit: string | null): string => (unit === null ? '' : ` ${unit}`);
const same = (text: string): Text => Object.fromEntries(LANGUAGES.map((language) => [language, text])) as Text;
