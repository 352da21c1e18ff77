import { effectiveAtOf } from '../../event-store/envelope';
import { Fold } from '../../event-store/fold';
import { Dated, EffectiveOrder, emptyOrder, withFact } from '../../kernel/effective-order';
import { CorruptLedger } from '../../kernel/outage';
import { EvaluationConfirmed, EvaluationEvent, evaluationEventOf, EvaluationSubmitted } from './events';

export const EVALUATION_STATUSES = ['DRAFT', 'SUBMITTED', 'RETURNED', 'CONFIRMED', 'PUBLISHED'] as const;
export type EvaluationStatus = (typeof EVALUATION_STATUSES)[number];

/** What is on record of an evaluation: its department and year, which are true from the beginning, and its steps. */
export interface EvaluationRecord {
  readonly department: string;
  readonly fiscalYear: number;
  readonly steps: EffectiveOrder<EvaluationStep>;
}

/** A step and the status that it leads to. Only submissions and confirmations have data of their own. */
export interface EvaluationStep extends Dated {
  readonly status: EvaluationStatus;
  readonly submission?: EvaluationSubmitted;
  /** The `sub` of who submitted. */
  readonly submittedBy?: string;
  readonly confirmation?: EvaluationConfirmed;
}

export const evaluationFold: Fold<EvaluationRecord> = {
  entityType: 'EVALUATION',
  evolve(record, stored) {
    const event = evaluationEventOf(stored);
    if (event.type === 'EvaluationOpened') return { ...event.data, steps: emptyOrder() };
    if (record === undefined) throw new CorruptLedger(`${event.stream} does not begin with an opening`);
    return { ...record, steps: withFact(record.steps, stepOf(event)) };
  },
};

function stepOf(event: Exclude<EvaluationEvent, { readonly type: 'EvaluationOpened' }>): EvaluationStep {
  const dated: Dated = { effectiveAt: effectiveAtOf(event), position: event.position };
  switch (event.type) {
    case 'EvaluationSubmitted':
      return { ...dated, status: 'SUBMITTED', submission: event.data, submittedBy: event.metadata.actor.sub };
    case 'EvaluationReturned':
      return { ...dated, status: 'RETURNED' };
    case 'EvaluationConfirmed':
      return { ...dated, status: 'CONFIRMED', confirmation: event.data };
    case 'EvaluationPublished':
      return { ...dated, status: 'PUBLISHED' };
  }
}
