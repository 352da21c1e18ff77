import { EntityType } from '../kernel/codes';
import { Change } from '../read-model/change';

/** Which changes a reader wants: those that match every part given. A part that is left out matches all; an empty one, none. */
export interface ChangeFilter {
  readonly departments?: readonly string[];
  readonly fiscalYears?: readonly number[];
  readonly entityTypes?: readonly EntityType[];
  readonly entities?: readonly string[];
  readonly types?: readonly string[];
  /** By `sub`. */
  readonly actors?: readonly string[];
}

export const matches = (filter: ChangeFilter, { event, entity, department, fiscalYear }: Change): boolean =>
  has(filter.departments, department) &&
  has(filter.fiscalYears, fiscalYear) &&
  has(filter.entityTypes, entity.entityType) &&
  has(filter.entities, entity.code) &&
  has(filter.types, event.type) &&
  has(filter.actors, event.metadata.actor.sub);

const has = <T>(wanted: readonly T[] | undefined, value: T | undefined): boolean =>
  wanted === undefined || (value !== undefined && wanted.includes(value));
