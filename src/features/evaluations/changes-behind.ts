import { EntityName, yearCode } from '../../kernel/codes';
import { documentKey } from '../../read-model/temporal-store';
import { blameOf } from '../../reading/blame';
import { changesUpTo } from '../../reading/entity-changes';
import { Scope } from '../../reading/scope';
import { longWork } from '../../kernel/turns';
import { LineScore } from '../../scoring/score-line';
import { ScoredLine } from '../../scoring/rules';
import { budgetLineage } from '../budgets/readings';
import { indicatorLineage } from '../indicators/readings';

/** A change, by its entity and its position. */
export interface ChangeAt {
  readonly entity: EntityName;
  readonly position: bigint;
}

/** Whose score it is, and what a person said about the line. */
export interface Owner {
  readonly evaluation: string;
  readonly department: string;
  readonly fiscalYear: number;
  /** The position of the change that recorded the judgement of the line. */
  readonly judgedAt?: bigint;
}

/** The changes that the inputs of a score rest on, in log order. */
export async function changesBehind(
  figuresAt: Scope,
  line: ScoredLine,
  score: LineScore,
  owner: Owner,
): Promise<readonly ChangeAt[]> {
  const found = await changesOfFigures(figuresAt, line, score, owner);
  const { judgedAt, evaluation } = owner;
  const entity = { entityType: 'EVALUATION', code: evaluation };
  const all = judgedAt === undefined ? found : [...found, { entity, position: judgedAt }];
  return [...all].sort((a, b) => (a.position < b.position ? -1 : 1));
}

async function changesOfFigures(
  scope: Scope,
  line: ScoredLine,
  { applicable, inputs }: LineScore,
  { department, fiscalYear }: Owner,
): Promise<readonly ChangeAt[]> {
  if (!applicable) return [];
  if (line.rule === 'EXECUTION_RATE') return changesOfBudget(scope, yearCode(department, fiscalYear));
  const codes = indicatorsIn(inputs);
  const found: ChangeAt[] = [];
  for (const code of codes) found.push(...(await changesOfIndicator(scope, code)));
  return found;
}

/** The codes of the indicators that a score was computed from. */
function indicatorsIn({ indicators, indicator }: LineScore['inputs']): readonly string[] {
  const listed = (indicators ?? (typeof indicator === 'object' ? [indicator] : [])) as readonly { code: string }[];
  return listed.map(({ code }) => code);
}

/** Closing a budget, and taking over in a later year what is left, change neither what was to be spent nor what was. */
const WITHOUT_EFFECT = new Set(['BudgetClosed', 'BudgetCarriedOut']);

async function changesOfBudget(scope: Scope, code: string): Promise<readonly ChangeAt[]> {
  const entity = { entityType: 'BUDGET', code };
  const { store, work } = scope.services;
  const changes = await changesUpTo(store, entity, scope.position);
  const effects = await longWork.run(budgetLineage.effects(changes.map(({ event }) => event)), work);
  const { effectiveAt = Infinity } = scope;
  return changes
    .filter((_, index) => effects[index]?.from.some((from) => from <= effectiveAt))
    .filter(({ event }) => !WITHOUT_EFFECT.has(event.type))
    .map(({ event }) => ({ entity, position: event.position }));
}

const FIGURES = /^\/(direction|target|targetUpper|points|latest|level1|level2|retired)(\/|$)/;
const LINEAGES = new Map([['INDICATOR', indicatorLineage]]);

/** The changes that gave the figures of an indicator their values. */
async function changesOfIndicator(scope: Scope, code: string): Promise<readonly ChangeAt[]> {
  const entity = { entityType: 'INDICATOR', code };
  const version = await scope.document(documentKey(entity.entityType, code));
  if (version === undefined) return [];
  const origins = await blameOf({ lineages: LINEAGES }, scope, { entity, version, view: undefined });
  const positions = new Set(origins.filter(({ path }) => FIGURES.test(path)).map(({ by }) => by.event.position));
  return [...positions].map((position) => ({ entity, position }));
}
