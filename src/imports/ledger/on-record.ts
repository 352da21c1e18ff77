import { BudgetFact, budgetOnRecord, BudgetOnRecord } from '../../features/budgets/readings';
import { indicatorLineage, indicatorReading } from '../../features/indicators/readings';
import { EntityName, yearCode } from '../../kernel/codes';
import { Change } from '../../read-model/change';
import { changesUpTo } from '../../reading/entity-changes';
import { Scope } from '../../reading/scope';
import { keyIn } from '../plan/source';

/** The keys under which imports recorded the changes of an entity, by the id of the change. */
export type ImportKeys = ReadonlyMap<string, readonly string[]>;

export interface BudgetKnown extends BudgetOnRecord {
  readonly keys: ImportKeys;
}

export interface IndicatorKnown {
  readonly view: Awaited<ReturnType<typeof loadIndicators>>[number]['view'];
  readonly keys: ImportKeys;
}

/** The budget with what imports recorded of it; undefined if there is none. */
export async function readBudget(scope: Scope, department: string, year: number): Promise<BudgetKnown | undefined> {
  const code = yearCode(department, year);
  const budget = await budgetOnRecord(scope, code);
  return budget && { ...budget, keys: await importKeys(scope, { entityType: 'BUDGET', code }) };
}

/** The facts of a budget that stand, its revision, and whether an import recorded a fact. */
export async function readPayments(scope: Scope, department: string, year: number) {
  const entity = { entityType: 'BUDGET', code: yearCode(department, year) };
  const budget = await budgetOnRecord(scope, entity.code);
  return {
    facts: budget?.facts ?? [],
    revision: budget?.revision ?? 0,
    isImported: async ({ position }: BudgetFact) => keysOf(await scope.change(entity, position)).length > 0,
  };
}

/** The indicators of the department and year, with what imports recorded of them. */
export async function readIndicators(
  scope: Scope,
  department: string,
  fiscalYear: number,
): Promise<readonly IndicatorKnown[]> {
  const loaded = await loadIndicators(scope, department);
  const ofYear = loaded.filter(({ view }) => view.fiscalYear === fiscalYear);
  return Promise.all(ofYear.map(async ({ view, entity }) => ({ view, keys: await importKeys(scope, entity) })));
}

const loadIndicators = async (scope: Scope, department: string) =>
  scope.entities(indicatorReading, await indicatorLineage.codesOf(scope, department));

async function importKeys(scope: Scope, entity: EntityName): Promise<ImportKeys> {
  const changes = await changesUpTo(scope.services.store, entity, scope.position);
  const keys = changes.map((change): [string, readonly string[]] => [change.event.id, keysOf(change)]);
  return new Map(keys.filter(([, found]) => found.length > 0));
}

const keysOf = ({ event }: Change): readonly string[] =>
  (event.metadata.evidence ?? []).flatMap(({ uri }) => keyIn(uri) ?? []);
