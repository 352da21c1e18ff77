import { Text } from '../language/language';

/** What a person has filled in, by the name of the field; a field that is ticked has TICKED. */
export type Values = Readonly<Record<string, string>>;

export const TICKED = 'yes';

export interface Option {
  readonly value: string;
  readonly text: string;
}

/** A field of a form. Its name is that of the field of the input, so the server's refusals find it. */
export interface Field {
  readonly name: string;
  readonly title: Text;
  readonly kind: 'text' | 'long' | 'decimal' | 'day' | 'tick' | 'choice';
  readonly isRequired?: boolean;
  readonly hint?: Text;
  /** Another unit stands behind the field, such as yuan. */
  readonly unit?: Text;
}

/** The text of a field, without blanks around it; undefined if it is empty. */
export function given(values: Values, name: string): string | undefined {
  const text = values[name]?.trim();
  return text === undefined || text === '' ? undefined : text;
}

/** What may be chosen, by the name of the field; undefined: not known yet. */
export type OptionsOf = Readonly<Record<string, readonly Option[] | undefined>>;

/** The required fields that are empty. What is not among the options is not shown, so it counts as empty, too. */
export const missing = (fields: readonly Field[], values: Values, options: OptionsOf = {}): readonly string[] =>
  fields
    .filter(({ name, isRequired }) => {
      const value = given(values, name);
      const isShown = options[name]?.some((option) => option.value === value) ?? true;
      return isRequired === true && (value === undefined || !isShown);
    })
    .map(({ name }) => name);

/** Fields that every fact has. */
export const FACT_FIELDS: readonly Field[] = [
  { name: 'documentNo', title: { zh: '文号', en: 'Document number' }, kind: 'text' },
  { name: 'evidence', title: { zh: '佐证材料地址', en: 'Address of the evidence' }, kind: 'text' },
  { name: 'reason', title: { zh: '理由', en: 'Reason' }, kind: 'long' },
];

/** What those fields are in an input. */
export const factInput = (values: Values) => ({
  documentNo: given(values, 'documentNo'),
  reason: given(values, 'reason'),
  evidence: evidenceOf(given(values, 'evidence')),
});

const evidenceOf = (uri: string | undefined) => (uri === undefined ? undefined : [{ uri }]);
