import { AuditView } from '../../audit/audit-view';
import { andThen } from '../../kernel/async';
import { Lineage } from '../../reading/lineage';
import { Loaded, Reading, Scope } from '../../reading/scope';
import { yearCodesOf } from '../shared/fiscal-years';
import { auditViewOfBudget, auditViewOfLine } from './audit-view';
import { datedBudgetFold } from './effective';
import { budgetEventOf } from './events';
import { BudgetFact, keyByLine } from './facts';
import { budgetAuditViews, budgetEffects } from './lineage';
import { loadLines } from './lines';
import { budgetFold, BudgetRecord, correctedKey, factOf } from './record';
import { BudgetLineView, BudgetView, derivedAmounts, TotalsView, viewAmounts, viewBudget } from './views';

export const budgetReading: Reading<BudgetRecord, BudgetView> = { ...datedBudgetFold, view: viewBudget };

/** For series, which show only amounts. */
export const amountsReading: Reading<BudgetRecord, TotalsView> = { ...datedBudgetFold, view: viewAmounts };

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
    corrected(scope, entity, correction) {
      const event = budgetEventOf(correction);
      if (event.type !== 'BudgetFactCorrected') return undefined;
      return andThen(scope.record(budgetFold, entity), (record) => factOf(record, correctedKey(event.data)).position);
    },
  },
  reversals: {
    reversedId(stored) {
      const event = budgetEventOf(stored);
      return event.type === 'ExpenditureReversed' ? event.data.expenditure : undefined;
    },
    positionOf: (scope, entity, id) =>
      andThen(scope.record(budgetFold, entity), (record) => factOf(record, id).position),
  },
};

/** The amounts of a budget and of its lines, in yuan; undefined if there is no such budget. */
export async function budgetFigures(scope: Scope, code: string) {
  const loaded = await scope.entity(budgetReading, code);
  if (loaded === undefined) return undefined;
  const amountsOf = (view: TotalsView) => ({ revised: derivedAmounts(view).revised, executed: view.executed });
  const lines = await loadLines(scope, loaded);
  return {
    ...amountsOf(loaded.view),
    lines: lines.map((line) => ({ code: line.definition.code, name: line.definition.name, ...amountsOf(line) })),
  };
}

/** A change that records one fact for each of several lines: each of them has its own corrections. */
function correctionsOf({ facts, linesByChange }: BudgetRecord, changeId: string): readonly bigint[] {
  const keys = linesByChange.get(changeId)?.map((line) => keyByLine(changeId, line)) ?? [changeId];
  return keys.flatMap((key) => facts.get(key)?.corrections ?? []).sort((a, b) => (a < b ? -1 : 1));
}

async function withLines(scope: Scope, loaded: Loaded<BudgetView>): Promise<AuditView> {
  const lines = await loadLines(scope, loaded);
  return auditViewOfBudget(loaded.view, lines.map(auditViewOfLine));
}

/** For readers outside: the facts of a budget, one by one. */
export { bridgeOf } from './bridge';
export { EntryKinds, postingsOf } from './facts';
export { viewEntries } from './views';
export { datedBudgetFold, loadLines };
export type { BridgeStep } from './bridge';
export type { BudgetFact, EntryKind } from './facts';

/** A budget with the facts that stand, for whoever compares a document with it. */
export interface BudgetOnRecord {
  /** How many changes it has. */
  readonly revision: number;
  readonly lines: readonly BudgetLineView[];
  readonly facts: readonly BudgetFact[];
}

/** undefined if there is no such budget. */
export async function budgetOnRecord(scope: Scope, code: string): Promise<BudgetOnRecord | undefined> {
  const loaded = await scope.entity(budgetReading, code);
  if (loaded === undefined) return undefined;
  const record = await scope.record(budgetFold, loaded);
  return {
    revision: loaded.version.revision,
    lines: await loadLines(scope, loaded),
    facts: [...record.facts].filter(({ withdrawn }) => !withdrawn),
  };
}
