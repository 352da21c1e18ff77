import { BudgetFact, postingsOf } from '../features/budgets/readings';
import { Fen } from '../kernel/money';
import { longWork } from '../kernel/turns';
import { Scope } from '../reading/scope';
import { sourceOfFact } from './fact-sources';
import { NO_FACTS, SourceOfSum, withFact } from './source';

export interface MonthFigures {
  /** From 1. */
  readonly month: number;
  /** Spent in the month, less what came back in it. */
  readonly executed: Fen;
  /** From the beginning of the year to the end of the month. */
  readonly executedSoFar: Fen;
  /** The revised budget at the end of the month. */
  readonly revised: Fen;
  /** The facts of spending of the month. */
  readonly source: SourceOfSum;
}

const MONTHS = 12;

/** The months of the year that have begun, or have facts. Facts are in effective order. */
export async function monthsOf(
  scope: Scope,
  fiscalYear: number,
  facts: readonly BudgetFact[],
): Promise<readonly MonthFigures[]> {
  const { calendar, work } = scope.services;
  const until = scope.effectiveAt ?? scope.snapshot.recordedAt;
  const ends = Array.from({ length: MONTHS }, (_, index) => endOfMonth(scope, fiscalYear, index + 1));
  const last = facts.at(-1)?.effectiveAt ?? 0;
  const months: MonthFigures[] = [];
  let [executedSoFar, revised, next] = [0n, 0n, 0];
  for (const [index, end] of ends.entries()) {
    const begins = index === 0 ? calendar.startOf(`${fiscalYear}-01-01`) : (ends[index - 1] as number) + 1;
    if (begins > until && begins > last) break;
    let [executed, source] = [0n, NO_FACTS];
    for (; next < facts.length && (facts[next] as BudgetFact).effectiveAt <= end; next++) {
      const turn = longWork.pass(work);
      if (turn !== undefined) await turn;
      const fact = facts[next] as BudgetFact;
      for (const { measure, amount } of postingsOf(fact)) {
        if (measure === 'opening' || measure === 'adjustment') revised += amount;
        if (measure !== 'executed') continue;
        executed += amount;
        source = withFact(source, sourceOfFact(fact, calendar));
      }
    }
    executedSoFar += executed;
    months.push({ month: index + 1, executed, executedSoFar, revised, source });
  }
  return months;
}

function endOfMonth({ services: { calendar } }: Scope, year: number, month: number): number {
  const next = month === MONTHS ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return calendar.startOf(next) - 1;
}
