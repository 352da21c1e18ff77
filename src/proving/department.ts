import { EntityName, FISCAL_YEARS, yearCode } from '../kernel/codes';

/** The entity that a department is itself. Its history is part of all evidence on what belongs to it. */
export const departmentNamed = (code: string): EntityName => ({ entityType: 'DEPARTMENT', code });

/** Whether the code says that an entity belongs to another fiscal year of the department: then no answer about this one shows it. */
export function isOfAnotherYear(code: string, department: string, fiscalYear: number): boolean {
  const year = Number(code.slice(department.length + 1));
  const isYear = year >= FISCAL_YEARS.first && year <= FISCAL_YEARS.last;
  return isYear && year !== fiscalYear && code === yearCode(department, year);
}
