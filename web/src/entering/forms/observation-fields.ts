import { ValueQualifier } from '../../generated/documents';
import { Text } from '../../language/language';
import { Field, given, Values } from '../field';

/** How a value is to be read. */
export const QUALIFIER_CHOICES: Readonly<Record<ValueQualifier, Text>> = {
  EQ: { zh: '等于', en: 'exactly' },
  GT: { zh: '超过', en: 'more than' },
  GE: { zh: '不低于', en: 'at least' },
  LT: { zh: '低于', en: 'less than' },
  LE: { zh: '不超过', en: 'at most' },
  APPROX: { zh: '约', en: 'about' },
};

export const VALUE_FIELDS: readonly Field[] = [
  { name: 'qualifier', title: { zh: '数值限定', en: 'Read as' }, kind: 'choice' },
  {
    name: 'value',
    title: { zh: '观测值', en: 'Value' },
    kind: 'decimal',
    hint: { zh: '定性指标不填', en: 'A qualitative indicator has none' },
  },
  {
    name: 'text',
    title: { zh: '文字', en: 'Text' },
    kind: 'long',
    hint: { zh: '定性指标必填', en: 'A qualitative indicator needs it' },
  },
];

export const valueInput = (values: Values) => ({
  value: given(values, 'value'),
  text: given(values, 'text'),
  ...(given(values, 'qualifier') !== undefined && { qualifier: values.qualifier as ValueQualifier }),
});
