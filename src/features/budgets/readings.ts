import { AuditView } from '../../audit/audit-view';
import { Loaded, Scope } from '../../reading/scope';
import { Lineage, yearCodesOf } from '../../reading/lineage';
import { andThen } from '../../kernel/async';
import { BudgetFactCorrected } from './events';
import { factKey } from './facts';
import { budgetFold, BudgetRecord, correctedKey } from './record';
import { auditViewOfBudget, auditViewOfLine } from './audit-view';
import { budgetEffects, budgetAuditViews } from './lineage';
import { BudgetView } from './views';
import { budgetReading } from './graphql/budget';
import { loadLines } from './lines';

export const budgetLineage: Lineage = {
  auditViewAt: (scope, code) =>
    andThen(scope.entity(budgetReading, code), (loaded) =>
      loaded === undefined ? undefined : withLines(scope, loaded),
    ),
  auditViews: budgetAuditViews,
  effects: budgetEffects,
  collection: 'BUDGET',
  codesOf: yearCodesOf,
  corrections: {
    of: (scope, entity, changeId) =>
      andThen(scope.record(budgetFold, entity), (record) => correctionsOf(record, changeId)),
    corrected: (scope, entity, { data }) =>
      andThen(
        scope.record(budgetFold, entity),
        ({ facts }) => facts.get(correctedKey(data as unknown as BudgetFactCorrected))?.position,
      ),
  },
};

/** An approval has a fact a line, each with corrections of its own. */
function correctionsOf({ facts, approval }: BudgetRecord, changeId: string): readonly bigint[] {
  const keys = changeId === approval.id ? approval.lines.map((line) => factKey(changeId, 'OPENING', line)) : [changeId];
  return keys.flatMap((key) => facts.get(key)?.corrections ?? []).sort((a, b) => (a < b ? -1 : 1));
}

async function withLines(scope: Scope, loaded: Loaded<BudgetView>): Promise<AuditView> {
  const lines = await loadLines(scope, loaded);
  return auditViewOfBudget(loaded.view, lines.map(auditViewOfLine));
}
