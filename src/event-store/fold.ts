import { EntityType } from '../kernel/codes';
import { StoredEvent } from './envelope';

/** How the events of one entity become its record: all that is known of it, on both clocks. Pure. */
export interface Fold<State = unknown> {
  readonly entityType: EntityType;
  evolve(record: State | undefined, event: StoredEvent): State;
}
