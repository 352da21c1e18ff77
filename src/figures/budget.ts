import {
  bridgeOf,
  BudgetFact,
  budgetReading,
  datedBudgetFold,
  loadLines,
  viewEntries,
} from '../features/budgets/readings';
import { yearCode } from '../kernel/codes';
import { Fen, readYuan } from '../kernel/money';
import { longWork } from '../kernel/turns';
import { Scope } from '../reading/scope';
import { AdjustmentFigures, readAdjustments } from './adjustments';
import { FigureTerms, requireShort } from './bounds';
import { AmountSources, sourceOfFact, SourcesOfFacts } from './fact-sources';
import { MonthFigures, monthsOf } from './months';
import { Source } from './source';

export interface Amounts {
  readonly opening: Fen;
  readonly adjustment: Fen;
  readonly executed: Fen;
}

export interface BudgetFigures extends Amounts {
  readonly sources: AmountSources;
  readonly goals: readonly string[];
  /** The approval, which has the goals too. */
  readonly approval?: Source;
  readonly closed: boolean;
  readonly lines: readonly LineFigures[];
  readonly adjustments: readonly AdjustmentFigures[];
  readonly months: readonly MonthFigures[];
}

export interface LineFigures extends Amounts {
  readonly code: string;
  readonly name: string;
  readonly fundSource: string;
  readonly vintage: string;
  readonly expenditureKind: string;
  readonly projectCode?: string;
  readonly sources: AmountSources;
}

/** undefined if the department has no budget for the year. */
export async function readBudget(
  terms: Pick<FigureTerms, 'limits'>,
  scope: Scope,
  department: string,
  fiscalYear: number,
): Promise<BudgetFigures | undefined> {
  const loaded = await scope.entity(budgetReading, yearCode(department, fiscalYear));
  if (loaded === undefined) return undefined;
  const record = await scope.record(datedBudgetFold, loaded);
  const { effectiveAt } = scope;
  const { work, calendar } = scope.services;
  await longWork.turn(work);
  const facts = viewEntries(record, effectiveAt);
  const sources = new SourcesOfFacts(calendar);
  for await (const fact of longWork.each(facts, work)) sources.add(fact);
  const lines = requireShort(await loadLines(scope, loaded), 'budget lines', terms);
  await longWork.turn(work);
  const steps = requireShort(bridgeOf(record, effectiveAt), 'adjustments', terms);
  const { goals, closed, ...amounts } = loaded.view;
  return {
    ...amountsIn(amounts),
    sources: sources.ofAll(),
    goals,
    approval: approvalIn(facts, scope),
    closed,
    lines: lines.map(({ definition, ...line }) => ({
      code: definition.code,
      name: definition.name,
      fundSource: definition.fundSource,
      vintage: definition.vintage,
      expenditureKind: definition.expenditureKind,
      projectCode: definition.projectCode,
      ...amountsIn(line),
      sources: sources.ofLine(definition.code),
    })),
    adjustments: await readAdjustments(scope, loaded.entity, steps),
    months: await monthsOf(scope, fiscalYear, facts),
  };
}

const amountsIn = (view: Readonly<Record<keyof Amounts, string>>): Amounts => ({
  opening: readYuan(view.opening),
  adjustment: readYuan(view.adjustment),
  executed: readYuan(view.executed),
});

function approvalIn(facts: readonly BudgetFact[], { services }: Scope): Source | undefined {
  const opening = facts.find(({ kind }) => kind === 'OPENING');
  return opening && sourceOfFact(opening, services.calendar);
}
