import { NewEvent, StoredEvent } from './envelope';

/**
 * The log: streams of events, in one total order. The contract suite (tests/event-store/event-store.contract.ts) defines this
 * port. Every adapter runs it unchanged.
 *
 * An adapter serves only the ledger's streams: those whose name starts with its configured prefix.
 *
 * Revisions count from 0 within a stream. Positions are above 0, grow along the log and may have gaps; `0n` is before all
 * events. Both are 64-bit and `bigint`. Outages are thrown as `Outage`; data that contradicts itself as `CorruptLedger`.
 */
export interface EventStore {
  /**
   * Appends at least one event to one stream: all of them or none. They are durable when the promise resolves. If the events
   * (by id) are already in the stream in this order, the answer is the same as the first time and nothing is added.
   * Accepts up to 1 MiB: data and metadata as JSON in UTF-8 plus types in UTF-16. A larger append may be refused as
   * `AppendTooLarge`.
   */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult>;

  /** The stream's events in order, from `fromRevision` (inclusive). Empty if the stream does not exist. */
  readStream(stream: string, fromRevision?: bigint): AsyncIterable<StoredEvent>;

  /** The events of all streams in log order, after a position (exclusive), up to the head at the time of the call. */
  readAll(after: bigint): AsyncIterable<StoredEvent>;

  /**
   * The same order without an end: the recorded events after `after`, then new ones as they are appended. Each event is
   * delivered once and none is left out, even while appends run during the switch to live events. Ends when the signal aborts.
   * Throws `Outage` if the connection to the log is lost; the caller subscribes again from the last position that it has
   * handled. Throws `LogMismatch` if the log was replaced.
   */
  subscribe(after: bigint, signal: AbortSignal): AsyncIterable<LogMessage>;

  /** The position of the newest event; `0n` if there is none. */
  head(): Promise<bigint>;

  /** Throws `Outage` if an append would fail now, as far as that can be known without recording anything. */
  requireWritable(): Promise<void>;

  /** Discards what is cached about the log, because it may have been restored to an earlier state. */
  forget(): void;

  close(): Promise<void>;
}

/** What an append requires of the stream. `bigint`: the revision of its last event. */
export type ExpectedRevision = bigint | 'no-stream' | 'any';

export type AppendResult =
  | { readonly kind: 'appended'; readonly revision: bigint; readonly position: bigint }
  /** Nothing was appended: the stream's last event has another revision than expected. */
  | { readonly kind: 'conflict'; readonly current: bigint | 'no-stream' };

export type LogMessage =
  | { readonly kind: 'events'; readonly events: readonly StoredEvent[] }
  /** Everything recorded before this message was sent has been delivered. Sent again each time the subscriber has caught up. */
  | { readonly kind: 'caught-up' }
  /** The connection to the log was lost and made again. It may be another log now, so the subscriber has to check. */
  | { readonly kind: 'resumed' };
