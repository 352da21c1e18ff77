import { effectiveAtOf } from '../../event-store/envelope';
import { Fold } from '../../event-store/fold';
import { Dated, EffectiveOrder, emptyOrder, withFact } from '../../kernel/effective-order';
import { CorruptLedger } from '../../kernel/outage';
import { EvaluationConfirmed, EvaluationEvent, EvaluationSubmitted } from './events';

export const EVALUATION_STATUSES = ['DRAFT', 'SUBMITTED', 'RETURNED', 'CONFIRMED', 'PUBLISHED'] as const;
export type EvaluationStatus = (typeof EVALUATION_STATUSES)[number];

/** What is known of an evaluation: whose it is, which is true from the beginning, and the steps it has taken. */
export interface EvaluationRecord {
  readonly department: string;
  readonly fiscalYear: number;
  readonly steps: EffectiveOrder<EvaluationStep>;
}

/** A step and the status that it leads to; a submission and a confirmation say something beside it. */
export interface EvaluationStep extends Dated {
  readonly status: EvaluationStatus;
  readonly submission?: EvaluationSubmitted;
  readonly confirmation?: EvaluationConfirmed;
}

export const evaluationFold: Fold<EvaluationRecord> = {
  entityType: 'EVALUATION',
  evolve(record, stored) {
    const event = stored as unknown as EvaluationEvent;
    if (event.type === 'EvaluationOpened') return { ...event.data, steps: emptyOrder() };
    if (record === undefined) throw new CorruptLedger(`${event.stream} does not begin with an opening`);
    return { ...record, steps: withFact(record.steps, stepOf(event)) };
  },
};

function stepOf(event: Exclude<EvaluationEvent, { readonly type: 'EvaluationOpened' }>): EvaluationStep {
  const dated: Dated = { effectiveAt: effectiveAtOf(event), position: event.position };
  switch (event.type) {
    case 'EvaluationSubmitted':
      return { ...dated, status: 'SUBMITTED', submission: event.data };
    case 'EvaluationReturned':
      return { ...dated, status: 'RETURNED' };
    case 'EvaluationConfirmed':
      return { ...dated, status: 'CONFIRMED', confirmation: event.data };
    case 'EvaluationPublished':
      return { ...dated, status: 'PUBLISHED' };
  }
}
