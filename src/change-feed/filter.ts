import { effectiveAtOf, EventMetadata } from '../event-store/envelope';
import { Instant, LedgerCalendar } from '../kernel/time';
import { Change } from '../read-model/change';

/**
 * Which changes a subscriber wants: those that match every given part. A part that is left out matches all; an empty list
 * matches none.
 */
export interface ChangeFilter extends EntityFilter {
  readonly types?: readonly string[];
  /** The `sub` of who acted, or of who confirmed. */
  readonly actors?: readonly string[];
  /** Recorded at least this many days after its effective date, counted in days of the ledger's time zone. */
  readonly lateByDays?: number;
  /** Whether it is a correction. */
  readonly corrections?: boolean;
  /** All bounds are inclusive. */
  readonly recordedFrom?: Instant;
  readonly recordedTo?: Instant;
  readonly effectiveFrom?: Instant;
  readonly effectiveTo?: Instant;
}

/** The parts about an entity, not about a change. */
export interface EntityFilter {
  readonly departments?: readonly string[];
  readonly fiscalYears?: readonly number[];
  readonly entityTypes?: readonly string[];
  readonly entities?: readonly string[];
}

export const matchesEntity = (
  filter: EntityFilter,
  { entity, department, fiscalYear }: Pick<Change, 'entity' | 'department' | 'fiscalYear'>,
): boolean =>
  has(filter.departments, department) &&
  has(filter.fiscalYears, fiscalYear) &&
  has(filter.entityTypes, entity.entityType) &&
  has(filter.entities, entity.code);

export function matches(filter: ChangeFilter, change: Change, calendar: LedgerCalendar): boolean {
  const { event, recordedAt } = change;
  return (
    matchesEntity(filter, change) &&
    has(filter.types, event.type) &&
    isBy(filter.actors, event.metadata) &&
    (filter.corrections === undefined || filter.corrections === isCorrection(change)) &&
    isWithin(recordedAt, filter.recordedFrom, filter.recordedTo) &&
    isWithin(effectiveAtOf(event), filter.effectiveFrom, filter.effectiveTo) &&
    (filter.lateByDays === undefined || isLate(effectiveAtOf(event), recordedAt, filter.lateByDays, calendar))
  );
}

/** Whether the filter has parts about changes, besides those about entities. */
export const isAboutChanges = ({
  departments: _departments,
  fiscalYears: _fiscalYears,
  entityTypes: _entityTypes,
  entities: _entities,
  ...rest
}: ChangeFilter): boolean => Object.values<unknown>(rest).some((part) => part !== undefined);

/** A change that corrects another one names it in its data. */
export const isCorrection = ({ event }: Change): boolean => 'corrects' in event.data;

const DAY_MS = 24 * 60 * 60 * 1_000;
/**
 * The most by which calendar days and days of 24 h can differ: one day for the times of day, and two for the offsets from UTC,
 * which lie within a day to either side. Two in all are too few: Samoa went from UTC-11 to UTC+14.
 */
const MOST_APART_MS = 3 * DAY_MS;

function isLate(effectiveAt: Instant, recordedAt: Instant, days: number, calendar: LedgerCalendar): boolean {
  const beyond = recordedAt - effectiveAt - days * DAY_MS;
  // Calendar arithmetic is slow, so it runs only if the hours do not decide.
  if (Math.abs(beyond) > MOST_APART_MS) return beyond > 0;
  return calendar.daysBetween(effectiveAt, recordedAt) >= days;
}

/** Whether one of the persons made the change, or confirmed it. */
const isBy = (subs: readonly string[] | undefined, { actor, confirmedBy }: EventMetadata): boolean =>
  has(subs, actor.sub) || (confirmedBy !== undefined && has(subs, confirmedBy.sub));

const isWithin = (at: Instant, from: Instant = -Infinity, to: Instant = Infinity): boolean => at >= from && at <= to;

const has = <T>(wanted: readonly T[] | undefined, value: T | undefined): boolean =>
  wanted === undefined || (value !== undefined && wanted.includes(value));
