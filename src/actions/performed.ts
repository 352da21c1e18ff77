import { Change } from '../read-model/change';
import { Loaded, Scope } from '../reading/scope';

/** What an action recorded, or would record. */
export interface Performed<View> {
  /** Of the last of its events and of what follows them; of a dry run, of the newest event on record. */
  readonly position: bigint;
  /** Nothing was recorded. */
  readonly dryRun?: true;
  /** A second person has to confirm it, or has confirmed it. */
  readonly needsProposal?: true;
  /** The entity as the action left it; undefined if the read models did not reach the position in time, or the caller may not read it. */
  readonly projected?: {
    readonly scope: Scope;
    /** undefined only if it is not there yet, because the command waits for a second person. */
    readonly entity: Loaded<View> | undefined;
    /** Its own, then those of other entities that follow them. */
    readonly changes: readonly Change[];
    /** The other entities whose changes follow. */
    readonly followed: readonly Loaded<View>[];
    /** The proposal that the command became. */
    readonly proposal?: Loaded<unknown>;
  };
  /** What went wrong while the entity was read back. The events are on record nevertheless. */
  readonly fault?: Error;
}
