import { EvaluationStatus, evaluationReading, EvaluationView, gradeOf, Grade } from '../features/evaluations/readings';
import { yearCode } from '../kernel/codes';
import { Lineages } from '../reading/lineage';
import { Scope } from '../reading/scope';
import { Origins } from './origins';
import { readScores, ScoreFigures } from './scores';
import { Source } from './source';
import { readSteps, StepFigures } from './steps';

/** The evaluation of the year. Texts and scores of a submission are those of the last one in force. */
export interface EvaluationFigures {
  readonly status: EvaluationStatus;
  readonly round: number;
  readonly revises?: number;
  readonly selfScore?: string;
  readonly selfScoreSource?: Source;
  readonly reviewScore?: string;
  readonly reviewScoreSource?: Source;
  readonly grade?: Grade;
  readonly conclusion?: string;
  readonly conclusionSource?: Source;
  readonly problems: readonly string[];
  readonly problemsSource?: Source;
  readonly improvements: readonly string[];
  readonly improvementsSource?: Source;
  /** undefined without a template. */
  readonly scores?: ScoreFigures;
  readonly steps: readonly StepFigures[];
}

/** undefined if the department has no evaluation of the year. */
export async function readEvaluation(
  lineages: Lineages,
  scope: Scope,
  department: string,
  fiscalYear: number,
): Promise<EvaluationFigures | undefined> {
  const loaded = await scope.entity(evaluationReading, yearCode(department, fiscalYear));
  if (loaded === undefined) return undefined;
  const origins = await Origins.of(lineages, scope, loaded);
  const { status, round, revises, selfScore, reviewScore, conclusion, problems, improvements } = loaded.view;
  return {
    status,
    round,
    revises,
    selfScore,
    selfScoreSource: origins.at('/selfScore'),
    reviewScore,
    reviewScoreSource: origins.at('/reviewScore'),
    grade: gradeIn(loaded.view),
    conclusion,
    conclusionSource: origins.at('/conclusion'),
    problems,
    problemsSource: origins.at('/problems'),
    improvements,
    improvementsSource: origins.at('/improvements'),
    scores: await readScores(scope, loaded),
    steps: await readSteps(scope, loaded),
  };
}

function gradeIn({ reviewScore, selfScore }: EvaluationView): Grade | undefined {
  const score = reviewScore ?? selfScore;
  return score === undefined ? undefined : gradeOf(score);
}
