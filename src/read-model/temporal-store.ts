import { Awaitable } from '../kernel/async';
import { Instant } from '../kernel/time';
import { Change, LogPoint } from './change';

/**
 * The read models: every version of each document, so that the past and the present are read in the same way. The contract
 * suite (tests/read-model/temporal-store.contract.ts) defines this port. Every adapter runs it unchanged.
 *
 * Documents are plain JSON, limited in size, and immutable. What holds "at" a position holds at all positions up to the next
 * change. Outages are thrown as `Outage`. A read of data that is lost or not rebuilt yet throws `ReadModelBehind`; it is never
 * answered from the rest.
 */
export interface TemporalStore {
  // ---- the projector's side

  /**
   * Makes later writes under a lease with this fencing token. If several processes share the store, it refuses a write under an
   * older token with `Outage`, so that a stale projector does no harm.
   */
  claim(token: bigint): void;

  /**
   * How far the store has been written: the projector resumes there. `BEFORE_ALL` if it is empty. Each call also checks a part
   * of the data, and throws `LostReadModels` if something is gone.
   */
  checkpoint(): Promise<LogPoint>;

  /**
   * Applies the changes in log order, and moves the checkpoint last. Changes at or below the checkpoint are skipped. The last
   * change ends its command, and the watermark is never inside a command. If a document's revision does not follow its newest one, throws `DamagedReadModels` and keeps nothing of the batch.
   */
  write(batch: readonly ProjectedChange[]): Promise<void>;

  /** Throws `Outage` if a write would fail now, as far as that can be known without writing anything. */
  requireWritable(): Promise<void>;

  /** Opens the store to readers: the projector has reached the head that it saw at the start. */
  markServing(): Promise<void>;

  /** Empties the store and closes it to readers. */
  discard(): Promise<void>;

  // ---- the readers' side

  /** Whether reads return their answers without a promise. If not, reading many documents in one call is faster. */
  readonly synchronous: boolean;

  /** The version that serves; it changes when the read models are rebuilt. undefined if nothing was ever written. */
  version(): Awaitable<string | undefined>;

  /** The point up to which everything can be read; undefined while the store is not open to readers. */
  watermark(): Awaitable<LogPoint | undefined>;

  /** Resolves when the watermark is at or past `position`, when it is worth checking again, or after `timeoutMs`. */
  waitForWatermark(position: bigint, timeoutMs: number): Promise<void>;

  /**
   * The versions in force at `at`, one for each key; undefined if a document did not exist yet. With `state`, the change may be
   * left out, which is as large as the state.
   */
  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): Awaitable<readonly (Version | undefined)[]>;

  /**
   * The document's versions in order, after one position (exclusive) and up to another (inclusive). With `maxBytes`, only an empty
   * answer means that the range has no more of them. With `change`, the states may be left out (null): they are larger than the changes.
   */
  walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): Awaitable<readonly Version[]>;

  /** The members of a collection at `at`, in the order of their codes (by UTF-16 code unit). */
  members(collection: string, at: bigint, page: MemberPage): Awaitable<readonly string[]>;

  /** The ledger's changes in log order. With `maxBytes`, only an empty answer means that the range has no more of them. */
  changes(range: ByteRange): Awaitable<readonly Change[]>;

  /** The last event at or below a position, or recorded at or before a time; `BEFORE_ALL` if there is none. */
  pointAt(at: { readonly position: bigint } | { readonly time: Instant }): Awaitable<LogPoint>;

  // ----

  /** Discards what this process has cached about the store, which may have been rebuilt from a log that was restored. */
  forget(): void;

  /** Closes connections. If the store is in another process, later calls are outages. */
  close(): Promise<void>;
}

/** `<kind>/<code>`. Only `documentKey` makes one. */
export type DocumentKey = string & { readonly __documentKey: never };
export const documentKey = (kind: string, code: string): DocumentKey => `${kind}/${code}` as DocumentKey;

export interface Version<State = unknown> {
  /** The position of the change that made it. */
  readonly position: bigint;
  /** From 1 within the document. */
  readonly revision: number;
  readonly state: State;
  /** The change that made it. Only on the entity's own document, not on its other documents. */
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
  /** Set on the entity's own document, whose versions are the entity's history. */
  readonly carriesChange?: boolean;
}

/** From this change on, `code` is in the collection. Adding it again changes nothing. Nothing ever leaves a collection. */
export interface Membership {
  readonly collection: string;
  readonly code: string;
}

/** The part of the store that readers use. */
export type TemporalReader = Pick<
  TemporalStore,
  'synchronous' | 'version' | 'watermark' | 'waitForWatermark' | 'versions' | 'walk' | 'members' | 'changes' | 'pointAt'
> & {
  /** Reads one part of a range of the log. Left out by a reader that shows all that it reads (`scanChanges`). */
  scan?(range: ByteRange): Awaitable<ScannedChanges>;
};

/** `last`: the newest versions of the range instead of the oldest. They still come in log order. */
export interface VersionRange {
  readonly after: bigint;
  readonly upTo: bigint;
  readonly limit?: number;
  readonly last?: boolean;
}

export interface ByteRange extends VersionRange {
  /**
   * The answer ends early when it has about this many bytes. It has at least one item. Not together with `last`. A store that keeps
   * versions in its own memory answers all of them.
   */
  readonly maxBytes?: number;
}

/** Bounds are exclusive. `last`: the members nearest to the end instead of the start. They still come in code order. */
export interface MemberPage {
  readonly after?: string;
  readonly before?: string;
  readonly limit?: number;
  readonly last?: boolean;
}

/** A part of a range of the log that was read. */
export interface ScannedChanges {
  readonly changes: readonly Change[];
  /** The log was read up to here; the end of the range if it has nothing more. */
  readonly upTo: bigint;
  /** What was read and the caller may not see. */
  readonly hidden: { readonly changes: number; readonly bytes: number };
}
