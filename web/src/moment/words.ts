import { Text } from '../language/language';

/** What the clocks of a moment say, as texts of one language. */
export interface ClockWords {
  /** A day or a time; undefined: now. */
  readonly known: string | undefined;
  /** A day or a time; undefined: whatever its effective date. */
  readonly effective: string | undefined;
}

/** "as known on 31 July 2023 · as in effect on 30 June 2023" */
export const momentWords = ({ known, effective }: ClockWords): { readonly known: Text; readonly effective: Text } => ({
  known:
    known === undefined
      ? { zh: '按现在所知', en: 'as known now' }
      : { zh: `按 ${known} 所知`, en: `as known on ${known}` },
  effective:
    effective === undefined
      ? { zh: '不限生效日期', en: 'in effect on any date' }
      : { zh: `于 ${effective} 有效`, en: `as in effect on ${effective}` },
});
