import { NewEvent, StoredEvent } from './envelope';

/**
 * The log: streams of events, and one total order over all of them. The contract suite
 * (tests/event-store/event-store.contract.ts) is this port's definition; every adapter runs it unchanged.
 *
 * An adapter serves the ledger's streams alone: those whose name starts with its configured prefix.
 *
 * Revisions count from 0 within a stream. Positions are above 0, grow along the log and may have gaps; `0n` stands before
 * all events. Both are 64-bit and `bigint`. Outages are thrown as `Outage`; what contradicts itself as `CorruptLedger`.
 */
export interface EventStore {
  /**
   * Adds the events to one stream, all or none, durable when the promise resolves. Repeating an append whose events (by id)
   * stand in the stream already, in this order, answers as the first time and adds nothing.
   * At least one event. All are accepted whose data and metadata, as JSON in UTF-8, and types, in UTF-16, take 1 MiB together; what
   * is larger may be refused as `AppendTooLarge`.
   */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult>;

  /** The stream's events in order, `fromRevision` included; none where the stream does not exist. */
  readStream(stream: string, fromRevision?: bigint): AsyncIterable<StoredEvent>;

  /** The events of all streams in log order, after a position (exclusive), up to the head at the time of the call. */
  readAll(after: bigint): AsyncIterable<StoredEvent>;

  /**
   * The same order without an end: what is on record after `after`, then what is appended later; each event once, none left
   * out, also where appends run during the hand-over. Ends when the signal aborts. Throws `Outage` where the log is lost;
   * the caller subscribes again from the last position that it has dealt with. Throws `LogMismatch` if the log is seen to
   * have been replaced.
   */
  subscribe(after: bigint, signal: AbortSignal): AsyncIterable<LogMessage>;

  /** The position of the newest event; `0n` while there is none. */
  head(): Promise<bigint>;

  /** Lets go of what was learnt of the log: it may have been put back to an earlier state since. */
  forget(): void;

  close(): Promise<void>;
}

/** What the stream has to be like for an append to go through. `bigint`: the revision of its last event. */
export type ExpectedRevision = bigint | 'no-stream' | 'any';

export type AppendResult =
  | { readonly kind: 'appended'; readonly revision: bigint; readonly position: bigint }
  /** Nothing was added: the stream's last event has another revision than expected. */
  | { readonly kind: 'conflict'; readonly current: bigint | 'no-stream' };

export type LogMessage =
  | { readonly kind: 'events'; readonly events: readonly StoredEvent[] }
  /** All that was on record when it was sent has been delivered. Sent again after each time the reader had fallen behind. */
  | { readonly kind: 'caught-up' }
  /** The log had been lost and was found again: it may be another one by now, and the reader has to look. */
  | { readonly kind: 'resumed' };
