import { INPUT_BOUNDS } from './limits';

/** The kinds of entity, in the words of the API. */
export const ENTITY_TYPES = ['DEPARTMENT', 'BUDGET', 'TASK', 'INDICATOR', 'EVALUATION'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** The name of one entity: its code, or `<department>.<year>` for a budget and an evaluation. */
export interface EntityName {
  readonly entityType: EntityType;
  readonly code: string;
}

/** Codes are case-sensitive and unique per type. They contain no dot, so `<department>.<year>` has only one reading. */
export const CODE = new RegExp(`^[A-Za-z0-9][A-Za-z0-9_-]{0,${INPUT_BOUNDS.maxCodeLength - 1}}$`);

export const isCode = (text: string): boolean => CODE.test(text);

export const FISCAL_YEARS = { first: 1949, last: 9998 } as const;

export const isFiscalYear = (year: number): boolean =>
  Number.isInteger(year) && year >= FISCAL_YEARS.first && year <= FISCAL_YEARS.last;

/** The collection of the fiscal years that a department has something in. */
export const fiscalYearsOf = (department: string): string => `FISCAL_YEAR/${department}`;

/** The code of a budget or an evaluation. */
export const yearCode = (department: string, fiscalYear: number): string => `${department}.${fiscalYear}`;

/** Whether this can be the code of an entity: a plain code, or `<department>.<year>`. */
export function isEntityCode(text: string): boolean {
  const [code = '', year, ...rest] = text.split('.');
  if (!isCode(code) || rest.length > 0) return false;
  return year === undefined || (/^\d{4}$/.test(year) && isFiscalYear(Number(year)));
}
