import { yearCode } from '../../kernel/codes';
import { fractionOf, plus, rounded } from '../../kernel/fraction';
import { Scope } from '../../reading/scope';
import { BudgetFigures, Figures, IndicatorFigures } from '../../scoring/figures';
import { ScoredLine } from '../../scoring/rules';
import { amountsReading } from '../budgets/readings';
import { indicatorFigures } from '../indicators/readings';
import { TemplateLine } from '../templates/events';
import { LineIndicator, TemplateVersion } from './events';

/** What an evaluation is scored from: its template, and the figures of the ledger at a point of the log. */
export interface ScoringBasis {
  readonly template: TemplateVersion;
  readonly lines: readonly TemplateLine[];
  readonly figures: Figures;
  /** The newest event on record then. */
  readonly sequence: bigint;
  readonly position: bigint;
}

/** Whose figures they are. */
export interface Scored {
  readonly department: string;
  readonly fiscalYear: number;
  readonly indicators: readonly LineIndicator[];
}

/** The lines that have a score of their own. */
export const scoredLines = (lines: readonly TemplateLine[]): readonly (TemplateLine & ScoredLine)[] =>
  lines.filter((line): line is TemplateLine & ScoredLine => line.rule !== undefined);

/** Whether the evaluation names the indicator of a line. */
export const namesIndicator = (line: ScoredLine): boolean =>
  line.rule === 'RANGE' || line.rule === 'DEDUCTION' || (line.rule === 'RATIO' && line.parameters.level1 === undefined);

/** The figures that the lines are computed from, as the scope sees them. */
export async function readFigures(scope: Scope, of: Scored, lines: readonly TemplateLine[]): Promise<Figures> {
  const rules = new Set(lines.map(({ rule }) => rule));
  const needsIndicators = rules.has('RATIO') || rules.has('RANGE') || rules.has('DEDUCTION');
  return {
    budget: rules.has('EXECUTION_RATE') ? await readBudget(scope, of) : undefined,
    indicators: needsIndicators ? await readIndicators(scope, of) : new Map<string, IndicatorFigures>(),
    indicatorOfLine: new Map(of.indicators.map(({ line, indicator }) => [line, indicator])),
  };
}

async function readBudget(scope: Scope, { department, fiscalYear }: Scored): Promise<BudgetFigures | undefined> {
  const loaded = await scope.entity(amountsReading, yearCode(department, fiscalYear));
  if (loaded === undefined) return undefined;
  const { opening, adjustment, executed } = loaded.view;
  return { opening, revised: rounded(plus(fractionOf(opening), fractionOf(adjustment)), 2), executed };
}

async function readIndicators(
  scope: Scope,
  { department, fiscalYear }: Scored,
): Promise<ReadonlyMap<string, IndicatorFigures>> {
  const figures = await indicatorFigures(scope, department, fiscalYear);
  return new Map(figures.map((indicator) => [indicator.code, indicator]));
}
