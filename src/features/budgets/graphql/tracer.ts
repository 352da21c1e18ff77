import { Shape } from '../../../audit/shape';
import { Loaded, Scope } from '../../../graphql/scope';
import { Tracer, yearCodesOf } from '../../../graphql/tracing';
import { andThen } from '../../../kernel/async';
import { BudgetFactCorrected } from '../events';
import { factKey } from '../facts';
import { budgetFold, BudgetRecord, correctedKey } from '../record';
import { shapeOfBudget, shapeOfLine } from '../shape';
import { budgetEffects, budgetShapes } from '../trace';
import { BudgetView } from '../views';
import { budgetReading } from './budget';
import { loadLines } from './lines';

export const budgetTracer: Tracer = {
  shapeAt: (scope, code) =>
    andThen(scope.entity(budgetReading, code), (loaded) =>
      loaded === undefined ? undefined : withLines(scope, loaded),
    ),
  shapes: budgetShapes,
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

async function withLines(scope: Scope, loaded: Loaded<BudgetView>): Promise<Shape> {
  const lines = await loadLines(scope, loaded);
  return shapeOfBudget(loaded.view, lines.map(shapeOfLine));
}
