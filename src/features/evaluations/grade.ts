import { compareDecimals, Decimal, roundDecimal } from '../../kernel/decimal';

export const GRADES = ['EXCELLENT', 'GOOD', 'FAIR', 'POOR'] as const;
export type Grade = (typeof GRADES)[number];

/** The lowest score of each grade. A score below all of them is POOR. */
const LOWEST: readonly (readonly [Grade, Decimal])[] = [
  ['EXCELLENT', '90'],
  ['GOOD', '80'],
  ['FAIR', '60'],
];

/** The grade of the review's score if there is one, else of the department's own score. */
export function gradeOfView({ reviewScore, selfScore }: Scores): Grade | undefined {
  const score = reviewScore ?? selfScore;
  return score === undefined ? undefined : gradeOf(score);
}

interface Scores {
  readonly reviewScore?: Decimal;
  readonly selfScore?: Decimal;
}

/** The grade of a score, which is rounded to 2 decimals first: 89.995 is 90.00, and EXCELLENT. */
export function gradeOf(score: Decimal): Grade {
  const rounded = roundDecimal(score, 2);
  return LOWEST.find(([, lowest]) => compareDecimals(rounded, lowest) >= 0)?.[0] ?? 'POOR';
}
