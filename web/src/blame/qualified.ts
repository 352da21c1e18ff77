import type { ValueQualifier } from '../generated/documents';
import { Text } from '../language/language';
import { QUALIFIERS } from '../terms/indicators';

const QUALIFIED = new RegExp(`^(${Object.keys(QUALIFIERS).join('|')}) (.+)$`);

/** A value with its qualifier in one text, `GT 97.4`; an exact value stays as it is. */
export const qualified = (value: unknown, qualifier: unknown): unknown =>
  typeof value === 'string' && typeof qualifier === 'string' && qualifier !== 'EQ' ? `${qualifier} ${value}` : value;

/** The parts of such a text; undefined if it has no qualifier. */
export function readQualified(text: string): { readonly words: Text; readonly value: string } | undefined {
  const [, qualifier, value = ''] = QUALIFIED.exec(text) ?? [];
  return qualifier === undefined ? undefined : { words: QUALIFIERS[qualifier as ValueQualifier], value };
}
