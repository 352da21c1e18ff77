import { StoredEvent } from '../../event-store/envelope';
import { EventTypesOf } from '../../event-store/event-types';
import { Judgement } from '../../scoring/judgement';
import { LineScore } from '../../scoring/score-line';

export interface EvaluationOpened {
  readonly department: string;
  readonly fiscalYear: number;
  /** The version that the evaluation is scored by; left out: by none. */
  readonly template?: TemplateVersion;
  /** The indicators of lines that no class gives them. */
  readonly indicators?: readonly LineIndicator[];
}

export interface TemplateVersion {
  readonly code: string;
  readonly version: number;
}

export interface LineIndicator {
  readonly line: string;
  readonly indicator: string;
}

/** Each judgement replaces the earlier one of its line as a whole. */
export interface EvaluationScored {
  readonly scores: readonly LineJudgement[];
}

export interface LineJudgement extends Judgement {
  readonly line: string;
}

/** The scores of all events are from 0 to 100, exactly as they were written. */
export interface EvaluationSubmitted {
  readonly selfScore: string;
  readonly conclusion?: string;
  readonly problems: readonly string[];
  readonly improvements: readonly string[];
  /** Left out without a template. */
  readonly scored?: SubmittedScores;
}

/** The scores of a submission. They are never computed again. */
export interface SubmittedScores {
  /** The newest event on record when the figures were read. They are as of it and of the effective date of the submission. */
  readonly sequence: string;
  readonly position: string;
  readonly lines: readonly LineScore[];
  /** Left out if no line applies. */
  readonly total?: string;
}

export type EvaluationReturned = Readonly<Record<string, never>>;

export interface EvaluationConfirmed {
  /** Left out if the review gives no score of its own. */
  readonly reviewScore?: string;
}

export type EvaluationPublished = Readonly<Record<string, never>>;

/** A published evaluation is open again. */
export type EvaluationRevised = Readonly<Record<string, never>>;

export type EvaluationEvent =
  | StoredEvent<'EvaluationOpened', EvaluationOpened>
  | StoredEvent<'EvaluationScored', EvaluationScored>
  | StoredEvent<'EvaluationSubmitted', EvaluationSubmitted>
  | StoredEvent<'EvaluationReturned', EvaluationReturned>
  | StoredEvent<'EvaluationConfirmed', EvaluationConfirmed>
  | StoredEvent<'EvaluationPublished', EvaluationPublished>
  | StoredEvent<'EvaluationRevised', EvaluationRevised>;

export const evaluationEventTypes = {
  EvaluationOpened: { upcasters: [], personal: [] },
  EvaluationScored: { upcasters: [], personal: [] },
  EvaluationSubmitted: { upcasters: [], personal: [] },
  EvaluationReturned: { upcasters: [], personal: [] },
  EvaluationConfirmed: { upcasters: [], personal: [] },
  EvaluationPublished: { upcasters: [], personal: [] },
  EvaluationRevised: { upcasters: [], personal: [] },
} satisfies EventTypesOf<EvaluationEvent>;

/** The event of an evaluation's stream. Every event is known and in its newest form when it leaves the event store. */
export const evaluationEventOf = (stored: StoredEvent): EvaluationEvent => stored as unknown as EvaluationEvent;
