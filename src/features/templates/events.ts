import { StoredEvent } from '../../event-store/envelope';
import { EventTypesOf } from '../../event-store/event-types';
import { Decimal } from '../../kernel/decimal';
import { ScoringRule } from '../../scoring/rules';

/** A version of a template. Nothing of it ever changes. */
export interface ScoringTemplatePublished {
  readonly code: string;
  readonly department: string;
  readonly name: string;
  readonly unofficial: boolean;
  readonly lines: readonly TemplateLine[];
}

/** A heading has lines below it and no rule; any other line has a rule. */
export type TemplateLine = LineOfTree & (ScoringRule | { readonly rule?: undefined });

export interface LineOfTree {
  readonly code: string;
  /** The code of the heading above it. */
  readonly parent?: string;
  readonly name: string;
  readonly points: Decimal;
  /** A score below full points needs a deviation reason and an improvement. */
  readonly reasonBelowFull: boolean;
}

export type ScoringTemplateEvent = StoredEvent<'ScoringTemplatePublished', ScoringTemplatePublished>;

export const templateEventTypes = {
  ScoringTemplatePublished: { upcasters: [], personal: [] },
} satisfies EventTypesOf<ScoringTemplateEvent>;

/** The event of a template's stream. Every event is known and in its newest form when it leaves the event store. */
export const templateEventOf = (stored: StoredEvent): ScoringTemplateEvent => stored as unknown as ScoringTemplateEvent;
