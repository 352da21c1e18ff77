import { Decimal } from '../kernel/decimal';
import { dividedBy, fractionOf, rounded, sum, times } from '../kernel/fraction';
import { LineScore } from './score-line';
import { ScoredLine } from './rules';

/**
 * The sum of the line scores, rescaled to 100 by the points of the lines that apply, with 2 decimals. null while a line that
 * applies has no score, or if no line applies.
 */
export function totalOf(lines: readonly ScoredLine[], scores: ReadonlyMap<string, LineScore>): Decimal | null {
  const applying = lines.filter(({ code }) => scores.get(code)?.applicable !== false);
  const found = applying.map(({ code }) => scores.get(code)?.score);
  if (applying.length === 0 || found.includes(undefined)) return null;
  const points = sum(applying.map((line) => fractionOf(line.points)));
  const scored = sum(found.map((score) => fractionOf(score ?? '0')));
  return rounded(dividedBy(times(scored, fractionOf('100')), points), 2);
}
