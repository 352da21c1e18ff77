import { TemporalStore } from './temporal-store';

/** Read models that can be rebuilt while they serve. */
export interface Rebuildable extends TemporalStore {
  /** Begins new, empty read models, which are not readable yet. */
  candidate(): Promise<CandidateVersion>;
  /** Removes the leftovers of read models that neither serve nor are being built. */
  collect(): Promise<void>;
}

/** Read models that are being built while others serve. */
export interface CandidateVersion extends TemporalStore {
  /**
   * Makes them serve instead. Reads that are under way are still answered by the others. Returns false if they are behind the
   * others, unless `regardless`, which is for others that have events which the log lacks.
   */
  promote(regardless?: 'regardless'): Promise<boolean>;
  /** Removes them, unless they serve by now. */
  drop(): Promise<void>;
}
