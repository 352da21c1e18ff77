import { Awaitable } from '../kernel/async';
import { Instant } from '../kernel/time';
import { Change, LogPoint } from './change';

/**
 * The read models: for each document every version that it ever had, so that the past and the present are read in one way.
 * The contract suite (tests/read-model/temporal-store.contract.ts) is this port's definition; every adapter runs it unchanged.
 *
 * Documents are plain JSON and bounded in size; nobody changes one after it was written. What is said to hold "at" a
 * position holds for all positions up to the next change. Outages are thrown as `Outage`; a read of what the store has lost,
 * or has not built again yet, as `ReadModelBehind`, never answered from the part that is left.
 */
export interface TemporalStore {
  // ---- the projector's side

  /**
   * Has the writes that follow be made under a lease with this token. Where several processes share the store, it refuses
   * writes under an older token than one that it has taken as `Outage`, so that a stale projector does no harm.
   */
  claim(token: bigint): void;

  /**
   * How far the store has been written: where the projector resumes. `BEFORE_ALL` while empty. If the store notices that a part
   * of what was written is gone, it throws `LostReadModels`. It looks at some more of it with each call.
   */
  checkpoint(): Promise<LogPoint>;

  /**
   * Adds what the changes did, in log order, and moves the checkpoint last. Changes at or below the checkpoint are skipped;
   * a document's revision that does not follow its newest is thrown as `DamagedReadModels`, and nothing of the batch is kept.
   */
  write(batch: readonly ProjectedChange[]): Promise<void>;

  /** Opens the store to readers: the projector has reached the head that it saw when it started. */
  markServing(): Promise<void>;

  /** Begins anew: the store is empty, and not open to readers. */
  discard(): Promise<void>;

  // ---- the readers' side

  /** Whether reads are answered at once, without a promise. Where they are not, reading many documents in one call pays. */
  readonly synchronous: boolean;

  /** What is served now: another after it was built anew. undefined if nothing was ever written. */
  version(): Awaitable<string | undefined>;

  /** Up to where everything may be read; undefined while the store is not open to readers. */
  watermark(): Awaitable<LogPoint | undefined>;

  /** Resolves when the watermark is at or past `position`, or when it is worth looking again, at the latest after `timeoutMs`. */
  waitForWatermark(position: bigint, timeoutMs: number): Promise<void>;

  /**
   * The versions in force at `at`, one for each key; undefined where a document did not exist yet. Who wants the state alone
   * may be given no change: it is as large as the state.
   */
  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): Awaitable<readonly (Version | undefined)[]>;

  /** The document's versions in order, after one position (exclusive) and up to another (inclusive). */
  walk(key: DocumentKey, range: VersionRange): Awaitable<readonly Version[]>;

  /** The members of a collection at `at`, in the order of their codes (by UTF-16 code unit). */
  members(collection: string, at: bigint, page: MemberPage): Awaitable<readonly string[]>;

  /** The ledger's changes in log order. */
  changes(range: VersionRange): Awaitable<readonly Change[]>;

  /** The last event at or below a position, or recorded at or before a time; `BEFORE_ALL` where there is none. */
  pointAt(place: { readonly position: bigint } | { readonly time: Instant }): Awaitable<LogPoint>;

  // ----

  /** Lets go of what this process has seen of the store: it may have been built anew since, from a log that was put back. */
  forget(): void;

  /** Lets go of what the store holds open. Calls that are made later are outages where the store is not in this process. */
  close(): Promise<void>;
}

/** `<kind>/<code>`; made by `documentKey` alone. */
export type DocumentKey = string & { readonly __documentKey: never };
export const documentKey = (kind: string, code: string): DocumentKey => `${kind}/${code}` as DocumentKey;

export interface Version<State = unknown> {
  /** Of the change that made it. */
  readonly position: bigint;
  /** From 1 within the document. */
  readonly revision: number;
  readonly state: State;
  /** The change that made it, on the document of the entity itself; left out on documents beside it. */
  readonly change?: Change;
}

export interface ProjectedChange {
  readonly change: Change;
  readonly documents: readonly DocumentWrite[];
  readonly members: readonly Membership[];
}

export interface DocumentWrite {
  readonly key: DocumentKey;
  readonly revision: number;
  readonly state: unknown;
  /** Set on the document of the entity itself: its versions are the entity's history. */
  readonly carriesChange?: boolean;
}

/** From the change on, `code` is in the collection; said again, it changes nothing. Nothing ever leaves a collection. */
export interface Membership {
  readonly collection: string;
  readonly code: string;
}

/** The readers' side. */
export type TemporalReader = Pick<
  TemporalStore,
  'synchronous' | 'version' | 'watermark' | 'waitForWatermark' | 'versions' | 'walk' | 'members' | 'changes' | 'pointAt'
>;

/** `last`: the newest of the range instead of the oldest; they still come in log order. */
export interface VersionRange {
  readonly after: bigint;
  readonly upTo: bigint;
  readonly limit?: number;
  readonly last?: boolean;
}

/** Bounds are exclusive. `last`: those nearest to the end instead of to the start; they still come in code order. */
export interface MemberPage {
  readonly after?: string;
  readonly before?: string;
  readonly limit?: number;
  readonly last?: boolean;
}
