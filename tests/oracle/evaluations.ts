import { EvaluationConfirmed, EvaluationOpened, EvaluationSubmitted } from '../../src/features/evaluations/events';
import { RECORDED_FIELDS, recordedOf } from './changes';
import { byEffectiveDate, inForce, LoggedEvent } from './log';
import { compareNumbers, rounded } from './numbers';

export const EVALUATION_FIELDS = `
  department { code name } fiscalYear status round conclusion selfScore reviewScore grade problems improvements
  ${RECORDED_FIELDS}`;

const STATUS_AFTER = new Map([
  ['EvaluationSubmitted', 'SUBMITTED'],
  ['EvaluationReturned', 'RETURNED'],
  ['EvaluationConfirmed', 'CONFIRMED'],
  ['EvaluationPublished', 'PUBLISHED'],
]);

export function evaluationOf(
  code: string,
  known: readonly LoggedEvent[],
  effectiveAt: number | undefined,
  department: { readonly code: string; readonly name: string } | null,
) {
  const own = known.filter((event) => event.category === 'evaluation' && event.code === code);
  const [opened] = own;
  if (opened === undefined) return null;
  const steps = inForce(
    own.filter(({ type }) => STATUS_AFTER.has(type)),
    effectiveAt,
  ).sort(byEffectiveDate);
  const lastOf = (type: string) => steps.findLast((step) => step.type === type)?.data;
  const submission = lastOf('EvaluationSubmitted') as EvaluationSubmitted | undefined;
  const confirmation = lastOf('EvaluationConfirmed') as EvaluationConfirmed | undefined;
  const selfScore = submission?.selfScore ?? null;
  const reviewScore = confirmation?.reviewScore ?? null;
  return {
    department: department && { code: department.code, name: department.name },
    fiscalYear: (opened.data as unknown as EvaluationOpened).fiscalYear,
    // "Before its effective date a fact has no effect: an evaluation DRAFT, round 1, without scores and texts."
    status: STATUS_AFTER.get(steps.at(-1)?.type ?? '') ?? 'DRAFT',
    round: roundOf(steps),
    conclusion: submission?.conclusion ?? null,
    selfScore,
    reviewScore,
    grade: gradeOf(reviewScore ?? selfScore),
    problems: submission?.problems ?? [],
    improvements: submission?.improvements ?? [],
    ...recordedOf(own),
  };
}

/** From 1; as the schema says, a submission that directly follows a return begins the next. */
function roundOf(steps: readonly LoggedEvent[]): number {
  const again = steps.filter(
    ({ type }, index) => type === 'EvaluationSubmitted' && steps[index - 1]?.type === 'EvaluationReturned',
  );
  return 1 + again.length;
}

/** "优 ≥ 90, 良 ≥ 80, 中 ≥ 60, 差: of reviewScore, else selfScore, on 2 decimals." */
function gradeOf(score: string | null) {
  if (score === null) return null;
  const reaches = (bound: string): boolean => compareNumbers(rounded(score), bound) >= 0;
  return reaches('90') ? 'EXCELLENT' : reaches('80') ? 'GOOD' : reaches('60') ? 'FAIR' : 'POOR';
}
