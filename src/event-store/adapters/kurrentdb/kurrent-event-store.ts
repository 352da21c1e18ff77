import { setMaxListeners } from 'node:events';
import { requireText } from '../../../kernel/json';
import { NO_TELEMETRY, Telemetry } from '../../../kernel/telemetry';
import { NewEvent, StoredEvent } from '../../envelope';
import { AppendResult, EventStore, ExpectedRevision, LogMessage } from '../../event-store';
import { Appends } from './appends';
import { connect, Connection } from './connection';
import { LogHead } from './log-head';
import { readLog } from './log-read';
import { subscribeToLog, SubscriptionSettings } from './log-subscription';
import { requireConflict } from './writable';
import { encodeEvent } from './stored-events';
import { readStream } from './stream-read';
import { StreamIdCache } from './stream-ids';
import { requireOpen, within } from './waiting';

export interface KurrentEventStoreOptions {
  /** `kurrentdb://…` or `esdb://…`: nodes, discovery, TLS and credentials, in the client's own format. */
  readonly url: string;
  readonly prefix: string;
  /** The time limit of an append, of a read of the head, and of a read that receives nothing. */
  readonly timeoutMs?: number;
  readonly watchdogMs?: number;
  readonly backOffMs?: { readonly first: number; readonly most: number };
  /** Learns of each failure after which a subscription reconnects. */
  readonly telemetry?: Telemetry;
}

/** How many event ids to remember, so that a repeated append is recognised without a read. About 30 MB. */
const CACHED_IDS = 200_000;

/** For EventStoreDB from 23.10 on, and KurrentDB. Throws if the connection string is not valid. Connects at the first call. */
export function openKurrentEventStore(options: KurrentEventStoreOptions): EventStore {
  const { url, prefix, timeoutMs = 10_000, watchdogMs = 10_000, backOffMs, telemetry = NO_TELEMETRY } = options;
  // The server reserves stream names that start with a dollar.
  if (!/^[^$]/.test(requireText(prefix))) throw new TypeError(`${JSON.stringify(prefix)} cannot be a ledger's prefix`);
  const closing = new AbortController();
  // Every running call adds a listener.
  setMaxListeners(0, closing.signal);
  return new KurrentEventStore({ url, client: connect(url), prefix, timeoutMs, closing: closing.signal }, closing, {
    watchdogMs,
    backOffMs: backOffMs ?? { first: 100, most: 10_000 },
    telemetry,
  });
}

class KurrentEventStore implements EventStore {
  private readonly known = new StreamIdCache(CACHED_IDS);
  private readonly appends: Appends;
  private readonly newest: LogHead;

  constructor(
    private readonly connection: Connection,
    private readonly closing: AbortController,
    private readonly subscriptions: SubscriptionSettings,
  ) {
    this.appends = new Appends(connection, this.known);
    this.newest = new LogHead(connection);
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    requireOpen(this.closing.signal);
    this.requireOurs(stream);
    if (events.length === 0) throw new TypeError('An append needs at least one event');
    if (new Set(events.map(({ id }) => id)).size < events.length) {
      throw new TypeError(`An append to ${stream} has two events with the same id`);
    }
    const result = await this.appends.append(stream, events.map(encodeEvent), expected);
    if (result.kind === 'appended') this.newest.saw(result.position);
    return result;
  }

  async *readStream(stream: string, fromRevision = 0n): AsyncIterable<StoredEvent> {
    this.requireOurs(stream);
    for await (const events of readStream(this.connection, stream, fromRevision)) {
      this.known.saw(stream, events);
      for (const event of events) yield event;
    }
  }

  readAll(after: bigint): AsyncIterable<StoredEvent> {
    const { connection } = this;
    const head = this.head();
    head.catch(() => undefined);
    return (async function* () {
      yield* readLog(connection, after, await head);
      requireOpen(connection.closing);
    })();
  }

  subscribe(after: bigint, signal: AbortSignal): AsyncIterable<LogMessage> {
    return subscribeToLog(this.connection, this.newest, this.subscriptions, after, signal);
  }

  head(): Promise<bigint> {
    return this.newest.read();
  }

  requireWritable(): Promise<void> {
    return requireConflict(this.connection);
  }

  forget(): void {
    this.known.forget();
    this.newest.forget();
  }

  /** An append that is unanswered at close may or may not have been recorded. */
  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    const { client, timeoutMs } = this.connection;
    const limits = { timeoutMs, closing: new AbortController().signal };
    try {
      await within(limits, 'the shutdown of the client', () => client.dispose());
    } catch (error) {
      this.subscriptions.telemetry.report({ kind: 'trouble', source: 'event-store', error });
    }
  }

  private requireOurs(stream: string): void {
    if (!requireText(stream).startsWith(this.connection.prefix)) {
      throw new TypeError(`Stream ${stream} is outside the ledger's prefix ${this.connection.prefix}`);
    }
  }
}
