import { yearCode } from '../../../kernel/codes';
import { Scope } from '../../../reading/scope';
import { scoredLines } from '../scoring-basis';
import { ShownScores } from '../shown-scores';
import { EvaluationView } from '../views';
import { LineScoreType } from './line-score';

/** The scores of a department's year, in the order of the template. */
export function lineScoresOf(
  scope: Scope,
  { department, fiscalYear }: Pick<EvaluationView, 'department' | 'fiscalYear'>,
  { lines, scores, figuresAt, judgedAt }: ShownScores,
): readonly LineScoreType[] {
  const evaluation = yearCode(department, fiscalYear);
  const scored = new Map(scoredLines([...lines.values()]).map((line) => [line.code, line]));
  return scores.flatMap((score) => {
    const line = scored.get(score.line);
    if (line === undefined) return [];
    const owner = { evaluation, department, fiscalYear, judgedAt: judgedAt.get(score.line) };
    return [new LineScoreType({ scope, figuresAt, line, score, owner })];
  });
}
