import { isBlank } from '../../kernel/blank';
import { compareDecimals } from '../../kernel/decimal';
import { ok, Result } from '../../kernel/refusal';
import { LineScore } from '../../scoring/score-line';
import { TemplateLine } from '../templates/events';
import { LineJudgement, SubmittedScores } from './events';
import { scoresFrom } from './line-scores';
import { ruleViolation } from './rules';
import { scoredLines, ScoringBasis } from './scoring-basis';

/** How many lines a refusal names. */
const NAMED = 10;

/** The scores that a submission freezes. Refusals: SCORE_INCOMPLETE, REASON_REQUIRED. */
export function submittedScores(basis: ScoringBasis, judgements: readonly LineJudgement[]): Result<SubmittedScores> {
  const { scores, total } = scoresFrom(basis, judgements);
  const missing = scores.filter(({ applicable, score }) => applicable && score === undefined);
  if (missing.length > 0) {
    return ruleViolation('SCORE_INCOMPLETE', `These lines have no score: ${named(missing.map(({ line }) => line))}`);
  }
  const lines = new Map(scoredLines(basis.lines).map((line) => [line.code, line]));
  const said = new Map(judgements.map((judgement) => [judgement.line, judgement]));
  const unexplained = scores.filter((score) => lacksReason(score, lines.get(score.line), said.get(score.line)));
  if (unexplained.length > 0) {
    return ruleViolation('REASON_REQUIRED', `These lines lack a reason: ${named(unexplained.map(({ line }) => line))}`);
  }
  return ok({
    sequence: basis.sequence.toString(),
    position: basis.position.toString(),
    lines: scores,
    ...(total === null ? {} : { total }),
  });
}

function lacksReason(
  { applicable, score, source, deviationReason, improvement }: LineScore,
  line: TemplateLine | undefined,
  judgement: LineJudgement | undefined,
): boolean {
  if (!applicable || score === undefined || line === undefined) return false;
  const isBelowFull = compareDecimals(score, line.points) < 0;
  if (line.reasonBelowFull && isBelowFull && [deviationReason, improvement].some(isMissing)) return true;
  return source === 'PERSON' && line.rule !== 'CHECKLIST' && isMissing(judgement?.reason);
}

const isMissing = (text: string | undefined): boolean => isBlank(text ?? '');

const named = (codes: readonly string[]): string =>
  `${codes.slice(0, NAMED).join(', ')}${codes.length > NAMED ? ` and ${codes.length - NAMED} more` : ''}`;
