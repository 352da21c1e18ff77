import { StoredEvent } from './envelope';

/** Builds the record of one entity, with all its history on both clocks, from its events. Pure. */
export interface Fold<State = unknown> {
  readonly entityType: string;
  evolve(record: State | undefined, event: StoredEvent): State;
  /**
   * The same record, for events that may never be recorded: what it becomes is not in the way of what this record becomes. Left out if no
   * version of a record is ever in the way of another.
   */
  branch?(record: State): State;
}
