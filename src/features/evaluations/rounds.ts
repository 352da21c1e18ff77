import { Decimal } from '../../kernel/decimal';
import { EvaluationStatus, EvaluationStep } from './record';

/** What a round of an evaluation has led to. */
export interface RoundView {
  /** From 1. A submission that directly follows a return or a revision begins the next one. */
  readonly round: number;
  /** The step that submitted it last. */
  readonly submitted?: EvaluationStep;
  readonly reviewScore?: Decimal;
}

export interface Rounds {
  readonly current: RoundView;
  /** The round that was published last, as it was then, and the position of its publication. */
  readonly published?: RoundView & { readonly position: bigint };
  /** The round that the last revision opened again. */
  readonly revises?: number;
}

/** Goes through the steps in effective order. */
export function roundsOf(steps: Iterable<EvaluationStep>): Rounds {
  let current: RoundView = { round: 1 };
  let published: Rounds['published'];
  let revises: number | undefined;
  let before: EvaluationStatus = 'DRAFT';
  for (const step of steps) {
    const { status, confirmation } = step;
    if (step.submission !== undefined) {
      current = { ...current, round: current.round + (before === 'RETURNED' ? 1 : 0), submitted: step };
    }
    if (confirmation !== undefined) current = { ...current, reviewScore: confirmation.reviewScore };
    if (status === 'PUBLISHED') published = { ...current, position: step.position };
    if (step.isRevision) {
      revises = current.round;
      current = { ...current, reviewScore: undefined };
    }
    before = status;
  }
  return { current, published, revises };
}
