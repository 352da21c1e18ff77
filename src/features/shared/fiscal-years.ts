import { andThen, Awaitable } from '../../kernel/async';
import { yearCode } from '../../kernel/codes';
import { Membership } from '../../read-model/temporal-store';
import { Scope } from '../../reading/scope';

/** The collection of the fiscal years that a department has something in. */
const fiscalYearsOf = (department: string): string => `FISCAL_YEAR/${department}`;
export const FISCAL_YEAR_COLLECTIONS = { 'FISCAL_YEAR/': 'NAME' } as const;

export const inFiscalYear = (department: string, fiscalYear: number): Membership => ({
  collection: fiscalYearsOf(department),
  code: String(fiscalYear),
});

export const loadFiscalYears = (scope: Scope, department: string): Awaitable<readonly number[]> =>
  andThen(scope.members(fiscalYearsOf(department)), (years) => years.map(Number));

/** The codes of a department's entities of a kind with one entity for each fiscal year. */
export const yearCodesOf = (scope: Scope, department: string): Awaitable<readonly string[]> =>
  andThen(loadFiscalYears(scope, department), (years) => years.map((year) => yearCode(department, year)));
