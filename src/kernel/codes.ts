import { INPUT_BOUNDS } from './limits';

/** The name of one entity: its code, or `<department>.<year>` for a budget and an evaluation. */
export interface EntityName {
  /** Of the feature that declares it: `BUDGET`. */
  readonly entityType: string;
  readonly code: string;
}

/** Codes are case-sensitive and unique per type. They contain no dot, so `<department>.<year>` has only one reading. */
export const CODE = new RegExp(`^[A-Za-z0-9][A-Za-z0-9_-]{0,${INPUT_BOUNDS.maxCodeLength - 1}}$`);

export const CODE_EXPECTED = `must be a code: letters, digits, _ and -, at most ${INPUT_BOUNDS.maxCodeLength}, beginning with a letter or digit`;

export const isCode = (text: string): boolean => CODE.test(text);

export const FISCAL_YEARS = { first: 1949, last: 9998 } as const;

export const FISCAL_YEAR_EXPECTED = `must be a year from ${FISCAL_YEARS.first} to ${FISCAL_YEARS.last}`;

export const isFiscalYear = (year: number): boolean =>
  Number.isInteger(year) && year >= FISCAL_YEARS.first && year <= FISCAL_YEARS.last;

/** The code of a budget or an evaluation. */
export const yearCode = (department: string, fiscalYear: number): string => `${department}.${fiscalYear}`;

/** Whether this can be the code of a budget or an evaluation. */
export function isYearCode(text: string): boolean {
  const [department = '', year = '', ...rest] = text.split('.');
  return isCode(department) && /^\d{4}$/.test(year) && isFiscalYear(Number(year)) && rest.length === 0;
}

/** Whether this can be the code of an entity of some type. */
export const isEntityCode = (text: string): boolean => isCode(text) || isYearCode(text);
