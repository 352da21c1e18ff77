import { Loaded, Scope } from '../../reading/scope';
import { lineKey, linesOf } from './projection';
import { datedBudgetFold } from './effective';
import { BudgetLineView, BudgetView, viewLine } from './views';

/** The lines of a budget, by code: from their documents, or from the record if the scope has an effective moment. */
export async function loadLines(scope: Scope, loaded: Loaded<BudgetView>): Promise<readonly BudgetLineView[]> {
  const { code: budget } = loaded.entity;
  const codes = await scope.members(linesOf(budget));
  if (scope.effectiveAt === undefined) {
    const versions = await scope.documents(codes.map((line) => lineKey(budget, line)));
    return versions.flatMap((version) => (version === undefined ? [] : [version.state as BudgetLineView]));
  }
  const record = await scope.record(datedBudgetFold, loaded);
  return codes.flatMap((line) => viewLine(record, line, scope.effectiveAt) ?? []);
}
