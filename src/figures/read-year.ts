import { notFound, Result, ok } from '../kernel/refusal';
import { Scope } from '../reading/scope';
import { FigureTerms } from './bounds';
import { readBudget } from './budget';
import { readDepartment } from './department';
import { readEvaluation } from './evaluation';
import { readIndicators } from './indicators';
import { momentOf } from './moment';
import { readTasks } from './tasks';
import { YearFigures } from './year-figures';

/** Everything that reports and forms show of a year. NOT_FOUND if the caller can read no such department. Throws LIMIT_EXCEEDED for a long list. */
export async function readYear(
  terms: FigureTerms,
  scope: Scope,
  code: string,
  fiscalYear: number,
): Promise<Result<YearFigures>> {
  const department = await readDepartment(terms.lineages, scope, code);
  if (department === undefined) return notFound(`There is no department ${code}`);
  return ok({
    moment: momentOf(scope),
    fiscalYear,
    department,
    budget: await readBudget(terms, scope, code, fiscalYear),
    tasks: await readTasks(terms, scope, code, fiscalYear),
    indicators: await readIndicators(terms, scope, code, fiscalYear),
    evaluation: await readEvaluation(terms.lineages, scope, code, fiscalYear),
  });
}
