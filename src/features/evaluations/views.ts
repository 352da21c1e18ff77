import { Decimal } from '../../kernel/decimal';
import { countInForce } from '../../kernel/effective-order';
import { formatInstant, Instant } from '../../kernel/time';
import { LineIndicator, SubmittedScores, TemplateVersion } from './events';
import { JudgementInForce, judgementsInForce } from './judgements';
import { EvaluationRecord, EvaluationStatus } from './record';
import { Rounds, roundsOf, RoundView } from './rounds';

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
  readonly template?: TemplateVersion;
  /** Left out without a template. */
  readonly indicators?: readonly LineIndicator[];
  /** What people said about lines, by line; left out without a template. */
  readonly judgements?: readonly JudgementInForce[];
  /** Left out while the evaluation is open: in DRAFT and RETURNED. */
  readonly scored?: ScoredView;
  readonly published?: PublishedView;
  readonly revises?: number;
}

export interface ScoredView extends SubmittedScores {
  readonly effectiveAt: string;
  /** The positions of the changes that recorded the judgements, by line. */
  readonly judgedAt: Readonly<Record<string, string>>;
}

export interface PublishedView {
  readonly round: number;
  readonly selfScore?: Decimal;
  readonly reviewScore?: Decimal;
  readonly conclusion?: string;
  readonly scored?: ScoredView;
  /** The position of the publication. */
  readonly position: string;
}

/**
 * The evaluation as of an effective moment, or as on record if no moment is given. Steps count in effective order, so a step that
 * is recorded late does not replace one with a later effective date. The last submission in force counts as a whole, and so does
 * the last confirmation in force, unless a revision came after it.
 */
export function viewEvaluation(record: EvaluationRecord, effectiveAt?: Instant): EvaluationView {
  const { department, fiscalYear, template, indicators } = record;
  const steps = record.steps.take(countInForce(record.steps, effectiveAt));
  const { current, published, revises } = roundsOf(steps);
  const status = steps.last()?.status ?? 'DRAFT';
  const submission = current.submitted?.submission;
  return {
    department,
    fiscalYear,
    status,
    round: current.round,
    selfScore: submission?.selfScore,
    conclusion: submission?.conclusion,
    problems: submission?.problems ?? [],
    improvements: submission?.improvements ?? [],
    reviewScore: current.reviewScore,
    ...(template === undefined
      ? {}
      : { template, indicators: indicators ?? [], judgements: judgementsInForce(record.judgements, effectiveAt) }),
    ...(isOpen(status) ? {} : { scored: viewScored(record, current) }),
    ...(published === undefined ? {} : { published: viewPublished(record, published) }),
    ...(revises === undefined ? {} : { revises }),
  };
}

/** Whether lines may still be scored. */
export const isOpen = (status: EvaluationStatus): boolean => status === 'DRAFT' || status === 'RETURNED';

function viewScored({ judgements }: EvaluationRecord, { submitted }: RoundView): ScoredView | undefined {
  const scored = submitted?.submission?.scored;
  if (submitted === undefined || scored === undefined) return undefined;
  const before = judgementsInForce(judgements.filter(({ position }) => position < submitted.position));
  return {
    ...scored,
    effectiveAt: formatInstant(submitted.effectiveAt),
    judgedAt: Object.fromEntries(before.map(({ line, position }) => [line, position])),
  };
}

function viewPublished(record: EvaluationRecord, published: NonNullable<Rounds['published']>): PublishedView {
  const { round, reviewScore, submitted, position } = published;
  return {
    round,
    selfScore: submitted?.submission?.selfScore,
    reviewScore,
    conclusion: submitted?.submission?.conclusion,
    scored: viewScored(record, published),
    position: position.toString(),
  };
}

/** The `sub` of the person that made the submission that counts; undefined if there is none. */
export const submitterOf = ({ steps }: EvaluationRecord): string | undefined =>
  steps.findLast((step) => step.submission !== undefined)?.submittedBy;
