import { StoredEvent } from '../../event-store/envelope';
import { EventTypesOf } from '../../event-store/event-types';

export const INDICATOR_LEVELS_1 = ['OUTPUT', 'BENEFIT', 'SATISFACTION', 'COST'] as const;
export type IndicatorLevel1 = (typeof INDICATOR_LEVELS_1)[number];

export const INDICATOR_LEVELS_2 = [
  'QUANTITY',
  'QUALITY',
  'TIMELINESS',
  'COST',
  'ECONOMIC',
  'SOCIAL',
  'ECOLOGICAL',
  'SUSTAINABLE',
  'SATISFACTION',
] as const;
export type IndicatorLevel2 = (typeof INDICATOR_LEVELS_2)[number];

export const INDICATOR_DIRECTIONS = ['AT_LEAST', 'AT_MOST', 'EQUAL', 'RANGE', 'QUALITATIVE'] as const;
export type IndicatorDirection = (typeof INDICATOR_DIRECTIONS)[number];

export const VALUE_QUALIFIERS = ['EQ', 'GT', 'GE', 'LT', 'LE', 'APPROX'] as const;
export type ValueQualifier = (typeof VALUE_QUALIFIERS)[number];

/** The numbers of all events are exact, as they were written. */
export interface IndicatorDefined {
  readonly code: string;
  readonly department: string;
  readonly fiscalYear: number;
  readonly name: string;
  readonly level1: IndicatorLevel1;
  readonly level2: IndicatorLevel2;
  readonly direction: IndicatorDirection;
  readonly unit?: string;
  readonly baseline?: string;
  readonly target?: string;
  /** The upper end of a RANGE; `target` is its lower end. */
  readonly targetUpper?: string;
  readonly points?: string;
  readonly task?: string;
}

/** Each part is a fact of its own. A part that is left out stays as it is. */
export interface IndicatorTargetRevised {
  readonly target?: string;
  readonly targetUpper?: string;
  readonly points?: string;
}

/** Its effective date is 00:00 of `observedOn`. */
export interface ObservationRecorded {
  readonly observedOn: string;
  readonly value?: string;
  readonly text?: string;
  readonly qualifier: ValueQualifier;
  readonly source?: string;
}

/** A part that is left out stays as it is. */
export interface ObservationCorrected {
  /** The id of the event that first recorded the observation. */
  readonly corrects: string;
  readonly value?: string;
  readonly text?: string;
  readonly qualifier?: ValueQualifier;
  readonly observedOn?: string;
  /** If `observedOn` is given: its 00:00, the right effective date of the observation. An instant, RFC 3339 in UTC. */
  readonly effectiveAt?: string;
  /** It was never observed. A later correction with `withdraw: false` brings it back. */
  readonly withdraw: boolean;
}

export type IndicatorRetired = Readonly<Record<string, never>>;

export type IndicatorEvent =
  | StoredEvent<'IndicatorDefined', IndicatorDefined>
  | StoredEvent<'IndicatorTargetRevised', IndicatorTargetRevised>
  | StoredEvent<'ObservationRecorded', ObservationRecorded>
  | StoredEvent<'ObservationCorrected', ObservationCorrected>
  | StoredEvent<'IndicatorRetired', IndicatorRetired>;

export const indicatorEventTypes = {
  IndicatorDefined: { upcasters: [], personal: [] },
  IndicatorTargetRevised: { upcasters: [], personal: [] },
  ObservationRecorded: { upcasters: [], personal: [] },
  ObservationCorrected: { upcasters: [], personal: [] },
  IndicatorRetired: { upcasters: [], personal: [] },
} satisfies EventTypesOf<IndicatorEvent>;

/** The event of an indicator's stream. Every event is known and in its newest form when it leaves the event store. */
export const indicatorEventOf = (stored: StoredEvent): IndicatorEvent => stored as unknown as IndicatorEvent;
