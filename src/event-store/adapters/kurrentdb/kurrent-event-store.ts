import { setMaxListeners } from 'node:events';
import { requireText } from '../../../kernel/json';
import { NewEvent, StoredEvent } from '../../envelope';
import { AppendResult, EventStore, ExpectedRevision, LogMessage } from '../../event-store';
import { Appends } from './appends';
import { connect, Connection } from './connection';
import { LogHead } from './log-head';
import { readLog } from './log-read';
import { subscribeToLog, SubscriptionSettings } from './log-subscription';
import { encodeEvent } from './stored-events';
import { readStream } from './stream-feed';
import { KnownStreams } from './stream-ids';
import { requireOpen, within } from './waiting';

export interface KurrentEventStoreOptions {
  /** `kurrentdb://…` or `esdb://…`: nodes, discovery, TLS and credentials, as the client takes them. */
  readonly url: string;
  readonly prefix: string;
  /** How long an append, a question for the head, or a read that gets nothing, is waited for. */
  readonly timeoutMs?: number;
  readonly watchdogMs?: number;
  readonly backOffMs?: { readonly first: number; readonly most: number };
  /** Told of each drop that a subscription goes on after. */
  readonly onTrouble?: (error: unknown) => void;
}

/** Of the ids in streams, so that a repeated append is known without a read. About 30 MB. */
const KNOWN_IDS = 200_000;

/** For EventStoreDB from 23.10 on, and KurrentDB. Throws where the connection string cannot be understood; connects when first asked. */
export function openKurrentEventStore(options: KurrentEventStoreOptions): EventStore {
  const { url, prefix, timeoutMs = 10_000, watchdogMs = 10_000, backOffMs, onTrouble } = options;
  // Streams whose name starts with a dollar are the server's own.
  if (!/^[^$]/.test(requireText(prefix))) throw new TypeError(`${JSON.stringify(prefix)} cannot be a ledger's prefix`);
  const closing = new AbortController();
  // Whatever runs listens for the end.
  setMaxListeners(0, closing.signal);
  return new KurrentEventStore({ url, client: connect(url), prefix, timeoutMs, closing: closing.signal }, closing, {
    watchdogMs,
    backOffMs: backOffMs ?? { first: 100, most: 10_000 },
    onTrouble: onTrouble ?? (() => undefined),
  });
}

class KurrentEventStore implements EventStore {
  private readonly known = new KnownStreams(KNOWN_IDS);
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
    if (events.length === 0) throw new TypeError('An append holds at least one event');
    if (new Set(events.map(({ id }) => id)).size < events.length) {
      throw new TypeError(`An append to ${stream} holds two events with one id`);
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

  forget(): void {
    this.known.forget();
    this.newest.forget();
  }

  /** Of an append that has not been answered by then it is not known whether it was made. */
  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    const { client, timeoutMs } = this.connection;
    const patience = { timeoutMs, closing: new AbortController().signal };
    await within(patience, 'the end of its calls', () => client.dispose()).catch(this.subscriptions.onTrouble);
  }

  private requireOurs(stream: string): void {
    if (!requireText(stream).startsWith(this.connection.prefix)) {
      throw new TypeError(`Stream ${stream} is outside the ledger's prefix ${this.connection.prefix}`);
    }
  }
}
