import { EntityName, yearCode } from '../../kernel/codes';
import { Loaded, Scope } from '../../reading/scope';
import { BudgetFact, keyByLine } from './facts';
import { budgetReading } from './readings';
import { budgetFold, BudgetRecord } from './record';
import { BudgetView } from './views';

/** Where a change is: its entity, and its position. */
export interface ChangePlace {
  readonly entity: EntityName;
  readonly position: bigint;
}

/** Of a carry-out the change that carried in, and the other way round; undefined if it is not on record yet. */
export async function counterpartOf(
  scope: Scope,
  { view: { department } }: Loaded<BudgetView>,
  { kind, changeId, counterpart }: BudgetFact,
): Promise<ChangePlace | undefined> {
  if (counterpart === undefined) return undefined;
  const other = await budgetOf(scope, department, counterpart.fiscalYear);
  if (other === undefined) return undefined;
  const { record, entity } = other;
  const position =
    kind === 'CARRY_OUT'
      ? record.carryOvers.takenOver.get(changeId)?.position
      : record.facts.get(keyByLine(counterpart.carryOut, counterpart.line))?.position;
  return position === undefined ? undefined : { entity, position };
}

/** The positions of the changes of a budget that the budget of a later year has to take over and has not. */
export async function pendingCarryOvers(
  scope: Scope,
  { department, carryOvers: { handedOn } }: BudgetRecord,
): Promise<readonly bigint[]> {
  const years = [...new Set(handedOn.map(({ toFiscalYear }) => toFiscalYear))];
  const records = await Promise.all(
    years.map(async (year) => [year, (await budgetOf(scope, department, year))?.record] as const),
  );
  const recordOf = new Map(records);
  return handedOn.flatMap(({ changeId, position, toFiscalYear }) =>
    recordOf.get(toFiscalYear)?.carryOvers.takenOver.has(changeId) ? [] : [position],
  );
}

interface BudgetOnRecord {
  readonly entity: EntityName;
  readonly record: BudgetRecord;
}

async function budgetOf(scope: Scope, department: string, fiscalYear: number): Promise<BudgetOnRecord | undefined> {
  const loaded = await scope.entity(budgetReading, yearCode(department, fiscalYear));
  return loaded && { entity: loaded.entity, record: await scope.record(budgetFold, loaded) };
}
