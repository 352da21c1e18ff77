import { TemporalStore } from './temporal-store';

/** Read models that can be built anew while they serve. */
export interface Rebuildable extends TemporalStore {
  /** New, empty read models, which nobody reads. */
  candidate(): Promise<CandidateVersion>;
  /** Removes what is left of read models that neither serve nor are being built. */
  collect(): Promise<void>;
}

/** Read models that are built beside those that serve. */
export interface CandidateVersion extends TemporalStore {
  /**
   * Has them serve instead. Who reads the others meanwhile is answered by them. false where they have not come as far yet;
   * `regardless` of that where the others hold what the log does not.
   */
  promote(regardless?: 'regardless'): Promise<boolean>;
  /** Gives them up; nothing happens where they serve by now. */
  drop(): Promise<void>;
}
