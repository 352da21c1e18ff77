import { effectiveAtOf } from '../event-store/envelope';
import { EntityType } from '../kernel/codes';
import { Instant, LedgerCalendar } from '../kernel/time';
import { Change } from '../read-model/change';

/** Which changes a reader wants: those that match every part given. A part that is left out matches all; an empty one, none. */
export interface ChangeFilter extends EntityFilter {
  readonly types?: readonly string[];
  /** By `sub`. */
  readonly actors?: readonly string[];
  /** Recorded at least so many days after its effective date, counted in days of the ledger's time zone. */
  readonly lateByDays?: number;
  /** Whether it is a correction. */
  readonly corrections?: boolean;
  /** All bounds are inclusive. */
  readonly recordedFrom?: Instant;
  readonly recordedTo?: Instant;
  readonly effectiveFrom?: Instant;
  readonly effectiveTo?: Instant;
}

/** The parts that are about an entity, and not about a change of it. */
export interface EntityFilter {
  readonly departments?: readonly string[];
  readonly fiscalYears?: readonly number[];
  readonly entityTypes?: readonly EntityType[];
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
    has(filter.actors, event.metadata.actor.sub) &&
    (filter.corrections === undefined || filter.corrections === isCorrection(change)) &&
    isWithin(recordedAt, filter.recordedFrom, filter.recordedTo) &&
    isWithin(effectiveAtOf(event), filter.effectiveFrom, filter.effectiveTo) &&
    (filter.lateByDays === undefined || calendar.daysBetween(effectiveAtOf(event), recordedAt) >= filter.lateByDays)
  );
}

/** Whether a filter says anything about changes, beyond whose they are. */
export const isAboutChanges = ({
  departments: _departments,
  fiscalYears: _fiscalYears,
  entityTypes: _entityTypes,
  entities: _entities,
  ...rest
}: ChangeFilter): boolean => Object.values<unknown>(rest).some((part) => part !== undefined);

/** A change that restates another names it in its data. */
export const isCorrection = ({ event }: Change): boolean => 'corrects' in event.data;

const isWithin = (at: Instant, from: Instant = -Infinity, to: Instant = Infinity): boolean => at >= from && at <= to;

const has = <T>(wanted: readonly T[] | undefined, value: T | undefined): boolean =>
  wanted === undefined || (value !== undefined && wanted.includes(value));
