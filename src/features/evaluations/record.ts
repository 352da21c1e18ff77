import { effectiveAtOf } from '../../event-store/envelope';
import { Fold } from '../../event-store/fold';
import { Dated, EffectiveOrder, emptyOrder, withFact } from '../../kernel/effective-order';
import { CorruptLedger } from '../../kernel/outage';
import {
  EvaluationConfirmed,
  EvaluationEvent,
  evaluationEventOf,
  EvaluationOpened,
  EvaluationSubmitted,
  LineJudgement,
} from './events';

export const EVALUATION_STATUSES = ['DRAFT', 'SUBMITTED', 'RETURNED', 'CONFIRMED', 'PUBLISHED'] as const;
export type EvaluationStatus = (typeof EVALUATION_STATUSES)[number];

/** What is on record of an evaluation: how it was opened, which is true from the beginning, its steps and its judgements. */
export interface EvaluationRecord extends EvaluationOpened {
  readonly steps: EffectiveOrder<EvaluationStep>;
  readonly judgements: EffectiveOrder<RecordedJudgements>;
}

/** A step and the status that it leads to. Only submissions and confirmations have data of their own. */
export interface EvaluationStep extends Dated {
  readonly status: EvaluationStatus;
  readonly submission?: EvaluationSubmitted;
  /** The `sub` of who submitted. */
  readonly submittedBy?: string;
  readonly confirmation?: EvaluationConfirmed;
  /** It opened a published evaluation again. */
  readonly isRevision?: true;
}

/** What was said about lines at once. */
export interface RecordedJudgements extends Dated {
  readonly scores: readonly LineJudgement[];
}

export const evaluationFold: Fold<EvaluationRecord> = {
  entityType: 'EVALUATION',
  evolve(record, stored) {
    const event = evaluationEventOf(stored);
    if (event.type === 'EvaluationOpened') return { ...event.data, steps: emptyOrder(), judgements: emptyOrder() };
    if (record === undefined) throw new CorruptLedger(`${event.stream} does not begin with an opening`);
    const dated: Dated = { effectiveAt: effectiveAtOf(event), position: event.position };
    if (event.type === 'EvaluationScored') {
      return { ...record, judgements: withFact(record.judgements, { ...dated, scores: event.data.scores }) };
    }
    return { ...record, steps: withFact(record.steps, stepOf(event, dated)) };
  },
};

type StepEvent = Exclude<EvaluationEvent, { readonly type: 'EvaluationOpened' | 'EvaluationScored' }>;

function stepOf(event: StepEvent, dated: Dated): EvaluationStep {
  switch (event.type) {
    case 'EvaluationSubmitted':
      return { ...dated, status: 'SUBMITTED', submission: event.data, submittedBy: event.metadata.actor.sub };
    case 'EvaluationReturned':
      return { ...dated, status: 'RETURNED' };
    case 'EvaluationConfirmed':
      return { ...dated, status: 'CONFIRMED', confirmation: event.data };
    case 'EvaluationPublished':
      return { ...dated, status: 'PUBLISHED' };
    case 'EvaluationRevised':
      return { ...dated, status: 'RETURNED', isRevision: true };
  }
}
