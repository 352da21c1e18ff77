import { Decimal } from '../../kernel/decimal';
import { countInForce, EffectiveOrder } from '../../kernel/effective-order';
import { Instant } from '../../kernel/time';
import { EvaluationRecord, EvaluationStatus, EvaluationStep } from './record';

export interface EvaluationView {
  readonly department: string;
  readonly fiscalYear: number;
  readonly status: EvaluationStatus;
  readonly round: number;
  readonly selfScore?: Decimal;
  readonly conclusion?: string;
  readonly problems: readonly string[];
  readonly improvements: readonly string[];
  readonly reviewScore?: Decimal;
}

/**
 * The evaluation as of an effective moment, or as on record if no moment is given. Steps count in effective order, so a step that
 * is recorded late does not replace one with a later effective date. The last submission in force counts as a whole, and so does
 * the last confirmation in force.
 */
export function viewEvaluation(record: EvaluationRecord, effectiveAt?: Instant): EvaluationView {
  const { department, fiscalYear } = record;
  const steps = record.steps.take(countInForce(record.steps, effectiveAt));
  const submission = steps.findLast((step) => step.submission !== undefined)?.submission;
  const confirmation = steps.findLast((step) => step.confirmation !== undefined)?.confirmation;
  return {
    department,
    fiscalYear,
    status: steps.last()?.status ?? 'DRAFT',
    round: roundOf(steps),
    selfScore: submission?.selfScore,
    conclusion: submission?.conclusion,
    problems: submission?.problems ?? [],
    improvements: submission?.improvements ?? [],
    reviewScore: confirmation?.reviewScore,
  };
}

/** The `sub` of the person that made the submission that counts; undefined if there is none. */
export const submitterOf = ({ steps }: EvaluationRecord): string | undefined =>
  steps.findLast((step) => step.submission !== undefined)?.submittedBy;

/** A submission that directly follows a return begins the next round. */
function roundOf(steps: EffectiveOrder<EvaluationStep>): number {
  let round = 1;
  let before: EvaluationStatus = 'DRAFT';
  for (const { status } of steps) {
    if (status === 'SUBMITTED' && before === 'RETURNED') round++;
    before = status;
  }
  return round;
}
