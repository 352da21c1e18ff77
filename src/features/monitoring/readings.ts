import { isFiscalYear, yearCode } from '../../kernel/codes';
import { MonitoredFigures } from '../../monitoring/figures';
import { Scope } from '../../reading/scope';
import { budgetFigures } from '../budgets/readings';
import { departmentReading } from '../departments/readings';
import { indicatorFigures } from '../indicators/readings';

/** The figures of the scope, compared with the day of the scope; undefined if there is no such department. */
export async function readMonitored(
  scope: Scope,
  department: string,
  fiscalYear: number,
): Promise<MonitoredFigures | undefined> {
  if (!isFiscalYear(fiscalYear)) return undefined;
  if ((await scope.entity(departmentReading, department)) === undefined) return undefined;
  return {
    department,
    fiscalYear,
    day: scope.today,
    budget: await budgetFigures(scope, yearCode(department, fiscalYear)),
    indicators: await indicatorFigures(scope, department, fiscalYear),
  };
}
