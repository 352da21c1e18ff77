import { Limits } from '../../../kernel/limits';
import { longWork } from '../../../kernel/turns';
import { Scope } from '../../../reading/scope';
import { FundSource } from '../events';
import { linesOfYear } from './budget-lines';
import { TotalsDimension } from './dimensions';
import { LineAmounts, SumRow, SumTable } from './sum-table';

export interface SumsRequest {
  readonly fiscalYear: number;
  /** Without a dimension there is one row. */
  readonly by: readonly TotalsDimension[];
  readonly departments?: readonly string[];
  readonly fundSources?: readonly FundSource[];
}

/** Sums over the lines of a fiscal year's budgets, at the snapshot of the scope. Refusals, as `Refused`: LIMIT_EXCEEDED. */
export async function sumsOfYear(
  scope: Scope,
  { fiscalYear, by, departments, fundSources }: SumsRequest,
  { maxTotalsRows }: Pick<Limits, 'maxTotalsRows'>,
): Promise<readonly SumRow[]> {
  const { work } = scope.services;
  const table = new SumTable(by, maxTotalsRows);
  const sources = fundSources && new Set(fundSources);
  const isWanted = ({ definition }: LineAmounts) => sources === undefined || sources.has(definition.fundSource);
  for await (const { department, lines } of linesOfYear(scope, fiscalYear, departments)) {
    await longWork.turn(work);
    table.add(department, lines.filter(isWanted));
  }
  const rows: SumRow[] = [];
  for await (const row of longWork.each(table.rows(), work)) rows.push(row);
  return rows;
}
