import { Judgement } from '../../src/scoring/judgement';
import { Figures, IndicatorFigures } from '../../src/scoring/figures';
import { ScoredLine } from '../../src/scoring/rules';

/**
 * The score of a line by brute force: every number is counted in one unit, and each quotient is made by long division to far more
 * places than a score has. It is written from the descriptions in schema.graphql, and shares with the product only the types.
 */

const PLACES = 400n;
export const UNIT = 10n ** PLACES;

function counted(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction) * 10n ** (PLACES - BigInt(fraction.length));
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);

/** Two decimals, half away from zero. The half is reached within the error of the division. */
function hundredths(count: bigint): string {
  const error = 10n ** 60n;
  const cents = (magnitude(count) * 100n + UNIT / 2n + error) / UNIT;
  return `${cents / 100n}.${(cents % 100n).toString().padStart(2, '0')}`;
}

/** The part of the points, 0 to 1; undefined if the rule cannot say. */
function shareOf(line: ScoredLine, figures: Figures): bigint | undefined {
  switch (line.rule) {
    case 'EXECUTION_RATE': {
      if (figures.budget === undefined) return undefined;
      const { opening, revised, executed } = figures.budget;
      const whole = counted(line.parameters.denominator === 'REVISED' ? revised : opening);
      return whole <= 0n ? undefined : larger(0n, smaller(UNIT, (counted(executed) * UNIT) / whole));
    }
    case 'RATIO': {
      const { level1, level2 } = line.parameters;
      const own = figures.indicatorOfLine.get(line.code);
      const found = [...figures.indicators.values()].filter((indicator) =>
        level1 === undefined
          ? indicator.code === own
          : indicator.level1 === level1 && (level2 ?? indicator.level2) === indicator.level2 && !indicator.retired,
      );
      const weighs = found.some(({ points = '0' }) => counted(points) > 0n);
      let scored = 0n;
      let all = 0n;
      for (const indicator of found) {
        const part = completion(indicator);
        if (part === undefined) return undefined;
        // In units of the weight, which are whole numbers of 10^-10.
        const weight = weighs ? counted(indicator.points ?? '0') / 10n ** (PLACES - 10n) : 1n;
        scored += weight * part;
        all += weight;
      }
      return all === 0n ? undefined : scored / all;
    }
    case 'RANGE': {
      const indicator = figures.indicators.get(figures.indicatorOfLine.get(line.code) ?? '');
      if (indicator === undefined || completion(indicator) === undefined) return undefined;
      const value = counted(indicator.value!);
      const target = counted(indicator.target!);
      const to = indicator.direction === 'RANGE' ? counted(indicator.targetUpper!) : target;
      const below = indicator.direction === 'AT_MOST' ? 0n : larger(0n, target - value);
      const above = indicator.direction === 'AT_LEAST' ? 0n : larger(0n, value - to);
      return larger(0n, UNIT - ((below + above) * UNIT) / counted(line.parameters.zeroAt));
    }
    case 'DEDUCTION': {
      const indicator = figures.indicators.get(figures.indicatorOfLine.get(line.code) ?? '');
      if (indicator?.value === undefined) return undefined;
      const { standard, k, per } = line.parameters;
      const over = larger(0n, counted(indicator.value) - counted(standard));
      const begun = over % UNIT === 0n ? 0n : 1n;
      const points = { started: (over / UNIT + begun) * UNIT, whole: (over / UNIT) * UNIT, exact: over }[per];
      return larger(0n, UNIT - (counted(k) * points) / counted(line.points));
    }
    default:
      return undefined;
  }
}

export function completion({ direction, value, target, targetUpper }: IndicatorFigures): bigint | undefined {
  if (value === undefined || target === undefined) return undefined;
  const [v, t] = [counted(value), counted(target)];
  switch (direction) {
    case 'AT_LEAST':
      return t <= 0n || v < 0n ? undefined : smaller(UNIT, (v * UNIT) / t);
    case 'AT_MOST':
      return t <= 0n || v <= 0n ? undefined : smaller(UNIT, (t * UNIT) / v);
    case 'EQUAL':
      return v === t ? UNIT : 0n;
    case 'RANGE':
      if (targetUpper === undefined) return undefined;
      return t <= v && v <= counted(targetUpper) ? UNIT : 0n;
    case 'QUALITATIVE':
      return undefined;
  }
}

/** The score of a line, and who gave it. `score` is null while there is none. */
export function scoreOf(line: ScoredLine, figures: Figures, judgement: Judgement) {
  if (judgement.notApplicable) return { applicable: false, score: null, source: 'PERSON' };
  const share = shareOf(line, figures);
  if (share !== undefined) {
    return { applicable: true, score: hundredths((share * counted(line.points)) / UNIT), source: 'COMPUTED' };
  }
  let score: string | null = judgement.score === undefined ? null : hundredths(counted(judgement.score));
  if (line.rule === 'CHECKLIST') {
    const met = line.parameters.items.filter(({ code }) => judgement.met?.includes(code));
    score = judgement.met === undefined ? null : hundredths(met.reduce((sum, item) => sum + counted(item.points), 0n));
  }
  return { applicable: true, score, source: 'PERSON' };
}

/** The total of lines that were scored: "their sum times 100 / (points of the lines that apply), rounded once". */
export function totalOf(lines: readonly ScoredLine[], scores: readonly ReturnType<typeof scoreOf>[]): string | null {
  const applying = lines.map((line, index) => ({ line, ...scores[index]! })).filter(({ applicable }) => applicable);
  if (applying.length === 0 || applying.some(({ score }) => score === null)) return null;
  const points = applying.reduce((sum, { line }) => sum + counted(line.points), 0n);
  const scored = applying.reduce((sum, { score }) => sum + counted(score!), 0n);
  return hundredths((scored * 100n * UNIT) / points);
}
