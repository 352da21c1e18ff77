import { Decimal } from '../kernel/decimal';
import { fractionOf, greatest, least, rounded, sum, times, ZERO } from '../kernel/fraction';
import { JsonObject } from '../kernel/json';
import { bandOf } from './bands';
import { scoreDeduction } from './deduction';
import { scoreExecution } from './execution-rate';
import { Figures } from './figures';
import { Judgement } from './judgement';
import { Outcome, UNDEFINED_CASES } from './outcome';
import { scoreRange } from './range';
import { scoreRatio } from './ratio';
import { Bands, Checklist, ScoredLine } from './rules';

export const SCORE_SOURCES = ['COMPUTED', 'PERSON'] as const;

/** The score of a line, and what explains it. */
export interface LineScore {
  readonly line: string;
  /** With 2 decimals, from 0 to the points of the line; undefined: the line has no score yet, or does not apply. */
  readonly score?: Decimal;
  readonly applicable: boolean;
  readonly source: (typeof SCORE_SOURCES)[number];
  readonly inputs: JsonObject;
  /** The person's; or why the rule gives no score. */
  readonly reason?: string;
  readonly deviationReason?: string;
  readonly improvement?: string;
}

export function scoreLine(line: ScoredLine, figures: Figures, judgement: Judgement = {}): LineScore {
  const { reason, deviationReason, improvement } = judgement;
  const explained = { line: line.code, reason, deviationReason, improvement };
  if (judgement.notApplicable) return { ...explained, applicable: false, source: 'PERSON', inputs: {} };
  const outcome = computed(line, figures);
  if (outcome === undefined) return { ...explained, applicable: true, source: 'PERSON', ...judged(line, judgement) };
  if (outcome.kind === 'defined') {
    const score = inPoints(line, outcome);
    return { ...explained, applicable: true, source: 'COMPUTED', score, inputs: outcome.inputs };
  }
  const { because } = outcome;
  return {
    ...explained,
    applicable: true,
    source: 'PERSON',
    score: judgement.score === undefined ? undefined : withinPoints(line, judgement.score),
    inputs: { ...outcome.inputs, notComputed: because },
    reason: reason ?? UNDEFINED_CASES[because],
  };
}

/** What the rule of the line gives; undefined for a rule that leaves the score to a person. */
export function computed(line: ScoredLine, figures: Figures): Outcome | undefined {
  switch (line.rule) {
    case 'EXECUTION_RATE':
      return scoreExecution(line.parameters, figures.budget);
    case 'RATIO':
      return scoreRatio(line.parameters, line.code, figures);
    case 'RANGE':
      return scoreRange(line.parameters, line.code, figures);
    case 'DEDUCTION':
      return scoreDeduction(line.parameters, line, figures);
    case 'CHECKLIST':
    case 'BAND':
    case 'MANUAL':
      return undefined;
  }
}

function judged(line: ScoredLine, judgement: Judgement): Pick<LineScore, 'score' | 'inputs'> {
  if (line.rule === 'CHECKLIST') return checked(line, line.parameters, judgement.met);
  if (judgement.score === undefined) return { inputs: {} };
  const score = withinPoints(line, judgement.score);
  return { score, inputs: line.rule === 'BAND' ? bandInputs(line, line.parameters, judgement.score) : {} };
}

function checked(line: ScoredLine, { items }: Checklist, met: Judgement['met']): Pick<LineScore, 'score' | 'inputs'> {
  if (met === undefined) return { inputs: {} };
  const found = items.filter(({ code }) => met.includes(code));
  const points = sum(found.map((item) => fractionOf(item.points)));
  const score = rounded(least(points, fractionOf(line.points)), 2);
  return { score, inputs: { met: found.map(({ code }) => code) } };
}

const bandInputs = ({ points }: ScoredLine, { bands }: Bands, score: Decimal): JsonObject => ({
  band: bandOf(bands, points, score)?.code ?? null,
});

const inPoints = ({ points }: ScoredLine, { share }: Extract<Outcome, { readonly kind: 'defined' }>): Decimal =>
  rounded(times(share, fractionOf(points)), 2);

const withinPoints = ({ points }: ScoredLine, score: Decimal): Decimal =>
  rounded(least(fractionOf(points), greatest(ZERO, fractionOf(score))), 2);
