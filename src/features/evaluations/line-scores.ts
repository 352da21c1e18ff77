import { Decimal } from '../../kernel/decimal';
import { LineScore, scoreLine } from '../../scoring/score-line';
import { totalOf } from '../../scoring/total';
import { LineJudgement } from './events';
import { scoredLines, ScoringBasis } from './scoring-basis';

export interface Scores {
  /** In the order of the template. */
  readonly scores: readonly LineScore[];
  readonly total: Decimal | null;
}

/** The score of each line of a template that has a rule, and the total. */
export function scoresFrom(
  { lines, figures }: Pick<ScoringBasis, 'lines' | 'figures'>,
  judgements: readonly LineJudgement[],
): Scores {
  const byLine = new Map(judgements.map((judgement) => [judgement.line, judgement]));
  const scored = scoredLines(lines);
  const scores = scored.map((line) => scoreLine(line, figures, byLine.get(line.code)));
  return { scores, total: totalOf(scored, new Map(scores.map((score) => [score.line, score]))) };
}
