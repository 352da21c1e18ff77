import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'libsql';
import { Bell } from '../../../kernel/async';
import { requireText } from '../../../kernel/json';
import { CorruptLedger, Outage } from '../../../kernel/outage';
import { Clock, formatInstant, Instant, systemClock } from '../../../kernel/time';
import { NewEvent, StoredEvent } from '../../envelope';
import { AppendResult, EventStore, ExpectedRevision, LogMessage } from '../../event-store';
import { translating } from './driver-errors';
import { encodeEvent } from './event-rows';
import { Append, EventTable, Outcome, Page } from './event-table';
import { GroupCommit } from './group-commit';
import { abandonLedgerFile, closeLedgerFile, openLedgerFile } from './ledger-file';
import { LedgerKind } from './ledger-kind';
import { OpenFile } from './open-file';
import { requireGrowth, requireRoom } from './room';

export interface SqliteEventStoreOptions {
  /** The database file. Its folder is created. While the store is open, SQLite keeps a `-wal` file next to it. */
  readonly path: string;
  /** A file never changes its prefix. Opening it with another one is refused. */
  readonly prefix: string;
  /** A file never changes its kind. Opening it as the other kind is refused. The default is `real`. */
  readonly kind?: LedgerKind;
  /**
   * The source of `storedAt`; by default the machine's time. Only an empty ledger accepts a simulated clock, so that simulated
   * times never mix with real ones.
   */
  readonly clock?: Clock | { readonly simulated: Clock };
  /** The clock of the rest of the node. While the store's clock is more than 5 minutes ahead of it, appends are refused. */
  readonly nodeClock?: Clock;
}

const ALLOWED_AHEAD_MS = 5 * 60 * 1000;

/**
 * Throws `Outage` if the file is not available now, most often because another process has it open, and `CorruptLedger` if it
 * is not a ledger that this program can read.
 */
export function openSqliteEventStore(options: SqliteEventStoreOptions): EventStore {
  const { path, prefix, kind = 'real', clock = systemClock, nodeClock = systemClock } = options;
  const simulated = 'simulated' in clock;
  const database = openLedgerFile({ path, prefix, kind, onlyEmpty: simulated });
  const table = openTable(database, path);
  return new SqliteEventStore(database, table, new OpenFile(path), {
    path,
    prefix,
    clock: simulated ? clock.simulated : clock,
    nodeClock,
  });
}

function openTable(database: Database.Database, path: string): EventTable {
  try {
    return translating(path, () => new EventTable(database));
  } catch (error) {
    abandonLedgerFile(database);
    throw error;
  }
}

class SqliteEventStore implements EventStore {
  private isOpen = true;
  private readonly news = new Bell();
  private readonly appends = new GroupCommit((appends) => this.commit(appends));

  constructor(
    private readonly database: Database.Database,
    private readonly table: EventTable,
    private readonly file: OpenFile,
    private readonly settings: {
      readonly path: string;
      readonly prefix: string;
      readonly clock: Clock;
      readonly nodeClock: Clock;
    },
  ) {}

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    this.requireOpen();
    this.requireOurs(stream);
    if (events.length === 0) throw new TypeError('An append needs at least one event');
    if (new Set(events.map(({ id }) => id)).size < events.length) {
      throw new TypeError(`An append to ${stream} has two events with the same id`);
    }
    return await this.appends.add({ stream, events: events.map(encodeEvent), expected });
  }

  async *readStream(stream: string, fromRevision = 0n): AsyncIterable<StoredEvent> {
    this.requireOurs(stream);
    yield* this.paged((last) => this.table.streamPage(stream, last ? last.revision + 1n : fromRevision));
  }

  readAll(after: bigint): AsyncIterable<StoredEvent> {
    const upTo = this.table.head;
    return this.paged((last) => this.table.logPage(last?.position ?? after, upTo));
  }

  /**
   * History and live events come from one loop over the log, so no event is lost between them. The bell only says when to look
   * again.
   */
  async *subscribe(after: bigint, signal: AbortSignal): AsyncIterable<LogMessage> {
    let position = after;
    let caughtUp = false;
    while (!signal.aborted) {
      this.requireOpen();
      if (position < this.table.head) {
        const { events, full } = this.read(() => this.table.logPage(position, this.table.head));
        const last = events.at(-1);
        if (!last) throw new CorruptLedger(`The log has no events between ${String(position)} and its head`);
        position = last.position;
        caughtUp = false;
        yield { kind: 'events', events };
        if (full) await nextTurn();
      } else if (!caughtUp) {
        caughtUp = true;
        yield { kind: 'caught-up' };
      } else {
        await this.news.wait({ signal });
      }
    }
  }

  async head(): Promise<bigint> {
    this.requireOpen();
    this.file.requireUntouched();
    return Promise.resolve(this.table.head);
  }

  async requireWritable(): Promise<void> {
    this.requireOpen();
    this.file.requireUntouched();
    translating(this.settings.path, () => {
      requireGrowth(this.database);
    });
    await requireRoom(this.settings.path);
  }

  /** The file stays open, so another one is read only after a restart. */
  forget(): void {}

  /** Appends that were accepted before are still recorded. */
  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.appends.drain();
    this.isOpen = false;
    this.news.ring();
    // Closing would write into the file that has replaced ours.
    if (this.file.isUntouched) closeLedgerFile(this.database, this.settings.path);
    else this.file.removeOwnWal();
    return Promise.resolve();
  }

  private commit(appends: readonly Append[]): readonly Outcome[] {
    this.file.requireUntouched();
    const outcomes = translating(this.settings.path, () => this.table.append(appends, this.storeTime()));
    this.file.wrote();
    this.news.ring();
    return outcomes;
  }

  private storeTime(): Instant {
    const { clock, nodeClock } = this.settings;
    const now = clock.now();
    const node = nodeClock.now();
    if (now - node > ALLOWED_AHEAD_MS) {
      throw new Outage(
        `The ledger's clock (${formatInstant(now)}) is more than 5 minutes ahead of the node's (${formatInstant(node)}): nothing is recorded until they agree`,
      );
    }
    return now;
  }

  /** Yields to the event loop between pages, with no statement open. */
  private async *paged(pageAfter: (last: StoredEvent | undefined) => Page): AsyncIterable<StoredEvent> {
    let last: StoredEvent | undefined;
    for (;;) {
      const { events, full } = this.read(() => pageAfter(last));
      for (const event of events) yield event;
      if (!full) return;
      last = events.at(-1);
      await nextTurn();
    }
  }

  private read(page: () => Page): Page {
    this.requireOpen();
    this.file.requireUntouched();
    return translating(this.settings.path, page);
  }

  private requireOpen(): void {
    if (!this.isOpen) throw new Outage(`Ledger file ${this.settings.path}: it is closed`);
  }

  private requireOurs(stream: string): void {
    if (!requireText(stream).startsWith(this.settings.prefix)) {
      throw new TypeError(`Stream ${stream} is outside the ledger's prefix ${this.settings.prefix}`);
    }
  }
}
