import { andThen, Awaitable } from '../../../kernel/async';
import { yearCode } from '../../../kernel/codes';
import { longWork } from '../../../kernel/turns';
import { documentKey, Version } from '../../../read-model/temporal-store';
import { Loaded, Scope } from '../../../reading/scope';
import { loadLines } from '../lines';
import { datedBudgetFold } from '../effective';
import { BudgetView, lineTotals, totalsIn } from '../views';
import { LineAmounts } from './sum-table';

/** A budget's lines. */
export interface BudgetLines {
  readonly department: string;
  readonly lines: readonly LineAmounts[];
}

/** How many budgets are read at once. */
const BATCH = 250;

/** The lines of the budgets of a fiscal year, in code order; only of these departments, if they are given. */
export async function* linesOfYear(
  scope: Scope,
  fiscalYear: number,
  departments?: readonly string[],
): AsyncIterable<BudgetLines> {
  const codes =
    departments === undefined
      ? await codesOfYear(scope, fiscalYear)
      : [...new Set(departments)].map((department) => yearCode(department, fiscalYear));
  for (let start = 0; start < codes.length; start += BATCH) {
    const batch = codes.slice(start, start + BATCH);
    const versions = await scope.documents(batch.map((code) => documentKey('BUDGET', code)));
    const found = versions.flatMap((version, index) =>
      version === undefined ? [] : [loadedOf(batch[index] as string, version)],
    );
    yield* await Promise.all(
      found.map(async (loaded) => ({ department: loaded.view.department, lines: await linesOf(scope, loaded) })),
    );
  }
}

async function codesOfYear(scope: Scope, fiscalYear: number): Promise<readonly string[]> {
  const codes = await scope.members('BUDGET');
  return codes.filter((code) => code.endsWith(yearCode('', fiscalYear)));
}

const loadedOf = (code: string, version: Version): Loaded<BudgetView> => ({
  entity: { entityType: 'BUDGET', code },
  version,
  view: version.state as BudgetView,
});

function linesOf(scope: Scope, loaded: Loaded<BudgetView>): Awaitable<readonly LineAmounts[]> {
  const { effectiveAt } = scope;
  return andThen(longWork.pass(scope.services.work), () =>
    effectiveAt === undefined
      ? scope.derived('amounts of lines', loaded, () => linesOnRecord(scope, loaded))
      : andThen(scope.record(datedBudgetFold, loaded), (record) =>
          [...record.lines.values()].map((line) => ({
            definition: line.definition,
            totals: lineTotals(record, line, effectiveAt),
          })),
        ),
  );
}

async function linesOnRecord(scope: Scope, loaded: Loaded<BudgetView>): Promise<readonly LineAmounts[]> {
  const lines = await loadLines(scope, loaded);
  return lines.map((line) => ({ definition: line.definition, totals: totalsIn(line) }));
}
