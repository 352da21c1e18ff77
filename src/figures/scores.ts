import { changesBehind, EvaluationView, scoredLines, ShownScores, shownScores } from '../features/evaluations/readings';
import { TemplateLine } from '../features/templates/events';
import { templateVersion } from '../features/templates/readings';
import { Loaded, Scope } from '../reading/scope';
import { LineScore } from '../scoring/score-line';
import { sourceOf, SourceOfSum, withFact, NO_FACTS } from './source';

/** The scores of an evaluation by its template. */
export interface ScoreFigures {
  readonly template: {
    readonly code: string;
    readonly version: number;
    readonly name: string;
    readonly unofficial: boolean;
  };
  /** null while a line that applies has no score. */
  readonly total: string | null;
  /** Whether a submission has fixed them; else they are as of the moment. */
  readonly submitted: boolean;
  /** The position that they were computed at. */
  readonly scoredAt: string;
  readonly lines: readonly ScoredLineFigures[];
}

/** A heading, or a line with its score. In the order of the template. */
export interface ScoredLineFigures {
  readonly line: TemplateLine;
  /** From 1. */
  readonly level: number;
  readonly score?: LineScore;
  /** The changes that the score rests on. */
  readonly source: SourceOfSum;
}

export async function readScores(scope: Scope, loaded: Loaded<EvaluationView>): Promise<ScoreFigures | undefined> {
  const { template, scored } = loaded.view;
  const shown = await shownScores(scope, loaded.view);
  if (template === undefined || shown === undefined) return undefined;
  const version = await templateVersion(scope, template.code, template.version);
  const { name = '', unofficial = false } = version?.loaded.view ?? {};
  return {
    template: { ...template, name, unofficial },
    total: shown.total,
    submitted: scored !== undefined,
    scoredAt: shown.figuresAt.position.toString(),
    lines: await linesWithScores(scope, loaded, shown),
  };
}

async function linesWithScores(
  scope: Scope,
  loaded: Loaded<EvaluationView>,
  shown: ShownScores,
): Promise<readonly ScoredLineFigures[]> {
  const lines = [...shown.lines.values()];
  const levels = new Map<string, number>();
  const found: ScoredLineFigures[] = [];
  for (const line of lines) {
    const level = line.parent === undefined ? 1 : (levels.get(line.parent) ?? 0) + 1;
    levels.set(line.code, level);
    const score = shown.scores.find((each) => each.line === line.code);
    found.push({ line, level, score, source: await sourceOfScore(scope, loaded, shown, line, score) });
  }
  return found;
}

async function sourceOfScore(
  scope: Scope,
  { entity, view }: Loaded<EvaluationView>,
  { figuresAt, judgedAt }: ShownScores,
  line: TemplateLine,
  score: LineScore | undefined,
): Promise<SourceOfSum> {
  const [scored] = scoredLines([line]);
  if (scored === undefined || score === undefined) return NO_FACTS;
  const { department, fiscalYear } = view;
  const owner = { evaluation: entity.code, department, fiscalYear, judgedAt: judgedAt.get(line.code) };
  const changes = await changesBehind(figuresAt, scored, score, owner);
  const last = changes.at(-1);
  if (last === undefined) return NO_FACTS;
  const source = sourceOf(await scope.change(last.entity, last.position), scope.services.calendar);
  return { ...withFact(NO_FACTS, source), count: changes.length };
}
