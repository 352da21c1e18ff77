import { isBlank } from '../../kernel/blank';
import { compareDecimals } from '../../kernel/decimal';
import { notFound, Refusal } from '../../kernel/refusal';
import { bandOf } from '../../scoring/bands';
import { ScoredLine } from '../../scoring/rules';
import { computed } from '../../scoring/score-line';
import { LineJudgement } from './events';
import { mismatch, ruleViolation } from './rules';
import { scoredLines, ScoringBasis } from './scoring-basis';

/** Why the judgements are refused, with the first that is wrong; undefined if all are right. */
export function refusalOfScores(scores: readonly LineJudgement[], basis: ScoringBasis): Refusal | undefined {
  const lines = new Map(scoredLines(basis.lines).map((line) => [line.code, line]));
  for (const [item, judgement] of scores.entries()) {
    const line = lines.get(judgement.line);
    const refusal =
      line === undefined
        ? notFound(`The template has no line ${judgement.line} with a rule`).refusal
        : refusalOf(line, judgement, basis);
    if (refusal !== undefined) return { ...refusal, item } as Refusal;
  }
  return undefined;
}

function refusalOf(line: ScoredLine, judgement: LineJudgement, { figures }: ScoringBasis): Refusal | undefined {
  const { code, points } = line;
  const { score, met, reason } = judgement;
  if (line.rule === 'CHECKLIST') {
    if (score !== undefined)
      return mismatch(`The rule of line ${code} takes the items that are met, and no score`).refusal;
    const known = new Set(line.parameters.items.map((item) => item.code));
    const unknown = met?.find((item) => !known.has(item));
    return unknown === undefined ? undefined : notFound(`Line ${code} has no item ${unknown}`).refusal;
  }
  if (met !== undefined) return mismatch(`The rule of line ${code} has no items`).refusal;
  if (score === undefined) return undefined;
  if (computed(line, figures)?.kind === 'defined') {
    return mismatch(`The score of line ${code} is computed`).refusal;
  }
  if (compareDecimals(score, points) > 0) return mismatch(`Line ${code} has ${points} points`).refusal;
  if (line.rule === 'BAND' && bandOf(line.parameters.bands, points, score) === undefined) {
    return mismatch(`The score of line ${code} is inside none of its bands`).refusal;
  }
  if (isBlank(reason ?? ''))
    return ruleViolation('REASON_REQUIRED', `The score of line ${code} needs a reason`).refusal;
  return undefined;
}
