import { StoredEvent } from '../../event-store/envelope';
import { EventTypes } from '../../event-store/event-types';

export interface EvaluationOpened {
  readonly department: string;
  readonly fiscalYear: number;
}

/** The scores of all events are from 0 to 100, exactly as they were written. */
export interface EvaluationSubmitted {
  readonly selfScore: string;
  readonly conclusion?: string;
  readonly problems: readonly string[];
  readonly improvements: readonly string[];
}

export type EvaluationReturned = Readonly<Record<string, never>>;

export interface EvaluationConfirmed {
  /** Left out if the review gives no score of its own. */
  readonly reviewScore?: string;
}

export type EvaluationPublished = Readonly<Record<string, never>>;

export type EvaluationEvent =
  | StoredEvent<'EvaluationOpened', EvaluationOpened>
  | StoredEvent<'EvaluationSubmitted', EvaluationSubmitted>
  | StoredEvent<'EvaluationReturned', EvaluationReturned>
  | StoredEvent<'EvaluationConfirmed', EvaluationConfirmed>
  | StoredEvent<'EvaluationPublished', EvaluationPublished>;

export const evaluationEventTypes = {
  EvaluationOpened: { upcasters: [] },
  EvaluationSubmitted: { upcasters: [] },
  EvaluationReturned: { upcasters: [] },
  EvaluationConfirmed: { upcasters: [] },
  EvaluationPublished: { upcasters: [] },
} satisfies EventTypes & Record<EvaluationEvent['type'], unknown>;

/** The event of an evaluation's stream. Every event is known and in its newest form when it leaves the event store. */
export const evaluationEventOf = (stored: StoredEvent): EvaluationEvent => stored as unknown as EvaluationEvent;
