import type { IndicatorDirection, IndicatorLevel1, IndicatorLevel2, ValueQualifier } from '../generated/documents';
import { Text } from '../language/language';

export const LEVELS_1: Readonly<Record<IndicatorLevel1, Text>> = {
  OUTPUT: { zh: '产出指标', en: 'Output' },
  BENEFIT: { zh: '效益指标', en: 'Benefit' },
  SATISFACTION: { zh: '满意度指标', en: 'Satisfaction' },
  COST: { zh: '成本指标', en: 'Cost' },
};

export const LEVELS_2: Readonly<Record<IndicatorLevel2, Text>> = {
  QUANTITY: { zh: '数量', en: 'Quantity' },
  QUALITY: { zh: '质量', en: 'Quality' },
  TIMELINESS: { zh: '时效', en: 'Timeliness' },
  COST: { zh: '成本', en: 'Cost' },
  ECONOMIC: { zh: '经济效益', en: 'Economic' },
  SOCIAL: { zh: '社会效益', en: 'Social' },
  ECOLOGICAL: { zh: '生态效益', en: 'Ecological' },
  SUSTAINABLE: { zh: '可持续影响', en: 'Lasting effect' },
  SATISFACTION: { zh: '服务对象满意度', en: 'Satisfaction' },
};

/** What a target asks of the value. */
export const DIRECTIONS: Readonly<Record<IndicatorDirection, Text>> = {
  AT_LEAST: { zh: '≥', en: '≥' },
  AT_MOST: { zh: '≤', en: '≤' },
  EQUAL: { zh: '=', en: '=' },
  RANGE: { zh: '区间', en: 'within' },
  QUALITATIVE: { zh: '定性', en: 'qualitative' },
};

/** What stands before a value that is not exact. */
export const QUALIFIERS: Readonly<Record<ValueQualifier, Text>> = {
  EQ: { zh: '', en: '' },
  GT: { zh: '超过 ', en: 'more than ' },
  GE: { zh: '不少于 ', en: 'at least ' },
  LT: { zh: '少于 ', en: 'less than ' },
  LE: { zh: '不超过 ', en: 'at most ' },
  APPROX: { zh: '约 ', en: 'about ' },
};
