import { compareDecimals, Decimal } from '../../kernel/decimal';
import { fractionOf, rounded, sum } from '../../kernel/fraction';
import { TemplateLine } from './events';

interface Weighted {
  readonly points: Decimal;
}

export const TOTAL_POINTS = '100';

/** The sum of points, which have at most 2 decimals. */
export const pointsOf = (parts: readonly Weighted[]): Decimal =>
  rounded(sum(parts.map(({ points }) => fractionOf(points))), 2);

/** Which sum of a template is wrong; undefined if all are right. */
export function wrongTotal(lines: readonly TemplateLine[]): string | undefined {
  const below = new Map<string | undefined, TemplateLine[]>();
  for (const line of lines) {
    const siblings = below.get(line.parent);
    if (siblings === undefined) below.set(line.parent, [line]);
    else siblings.push(line);
  }
  const whole = pointsOf(below.get(undefined) ?? []);
  if (compareDecimals(whole, TOTAL_POINTS) !== 0) return `The template has ${whole} points, not ${TOTAL_POINTS}`;
  for (const line of lines) {
    const wrong = wrongParts(line, below.get(line.code) ?? []);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function wrongParts(line: TemplateLine, below: readonly TemplateLine[]): string | undefined {
  const { code, points } = line;
  if (line.rule === undefined) return wrongSum(points, below, `The lines below ${code}`);
  if (line.rule === 'CHECKLIST') return wrongSum(points, line.parameters.items, `The items of ${code}`);
  return undefined;
}

function wrongSum(points: Decimal, parts: readonly Weighted[], what: string): string | undefined {
  const total = pointsOf(parts);
  return compareDecimals(total, points) === 0 ? undefined : `${what} have ${total} points, not ${points}`;
}
