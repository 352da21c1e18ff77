import { StoredEvent } from './envelope';

/** Builds the record of one entity, with all its history on both clocks, from its events. Pure. */
export interface Fold<State = unknown> {
  readonly entityType: string;
  evolve(record: State | undefined, event: StoredEvent): State;
}
