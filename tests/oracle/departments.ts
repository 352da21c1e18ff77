import { DepartmentEvent, DepartmentRegistered, DepartmentRenamed } from '../../src/features/departments/events';
import { belonging, RECORDED_FIELDS, recordedOf } from './changes';
import { lastInForce, LoggedEvent } from './log';

export const DEPARTMENT_FIELDS = `
  code name level functions fiscalYears
  ${RECORDED_FIELDS}`;

export function departmentOf(code: string, known: readonly LoggedEvent[], effectiveAt: number | undefined) {
  const own = known.filter((event) => event.category === 'department' && event.code === code);
  const [registered] = own;
  if (registered === undefined) return null;
  const founding = registered.data as unknown as DepartmentRegistered;
  // "Founding, and true from the beginning": every rename comes after the registration, whatever date that has.
  const renames = own.filter(({ type }) => type === ('DepartmentRenamed' satisfies DepartmentEvent['type']));
  const rename = lastInForce(renames, effectiveAt)?.data as DepartmentRenamed | undefined;
  return {
    code,
    name: rename?.name ?? founding.name,
    level: founding.level ?? null,
    functions: founding.functions,
    fiscalYears: fiscalYearsOf(code, known),
    ...recordedOf(own),
  };
}

/** The effective clock "filters facts, not existence": every year in which anything of the department is on record. */
function fiscalYearsOf(code: string, known: readonly LoggedEvent[]): number[] {
  const years = known
    .map((event) => belonging(event, known))
    .filter(({ department }) => department === code)
    .flatMap(({ fiscalYear }) => (fiscalYear === null ? [] : [fiscalYear]));
  return [...new Set(years)].sort((a, b) => a - b);
}
