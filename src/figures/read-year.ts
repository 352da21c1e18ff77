import { notFound, Result, ok } from '../kernel/refusal';
import { Lineages } from '../reading/lineage';
import { Scope } from '../reading/scope';
import { readBudget } from './budget';
import { readDepartment } from './department';
import { readEvaluation } from './evaluation';
import { readIndicators } from './indicators';
import { momentOf } from './moment';
import { readTasks } from './tasks';
import { YearFigures } from './year-figures';

/** Everything that reports and forms show of a year. NOT_FOUND if the caller can read no such department. */
export async function readYear(
  lineages: Lineages,
  scope: Scope,
  code: string,
  fiscalYear: number,
): Promise<Result<YearFigures>> {
  const department = await readDepartment(lineages, scope, code);
  if (department === undefined) return notFound(`There is no department ${code}`);
  return ok({
    moment: momentOf(scope),
    fiscalYear,
    department,
    budget: await readBudget(scope, code, fiscalYear),
    tasks: await readTasks(lineages, scope, code, fiscalYear),
    indicators: await readIndicators(lineages, scope, code, fiscalYear),
    evaluation: await readEvaluation(lineages, scope, code, fiscalYear),
  });
}
