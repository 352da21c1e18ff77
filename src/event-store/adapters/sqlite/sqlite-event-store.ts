import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'libsql';
import { Bell } from '../../../kernel/async';
import { requireText } from '../../../kernel/json';
import { CorruptLedger, Outage } from '../../../kernel/outage';
import { NO_TELEMETRY, Telemetry } from '../../../kernel/telemetry';
import { Clock, systemClock } from '../../../kernel/time';
import { NewEvent, StoredEvent } from '../../envelope';
import { AppendResult, EventStore, ExpectedRevision, LogMessage } from '../../event-store';
import { translating } from './driver-errors';
import { encodeEvent } from './event-rows';
import { Append, EventTable, Outcome, Page, PAGE } from './event-table';
import { GroupCommit } from './group-commit';
import { CheckedLedger, checkLedger } from './checked-ledger';
import { LedgerAnchor } from './ledger-anchor';
import { closeLedgerFile, openLedgerFile } from './ledger-file';
import { LedgerLock } from './ledger-lock';
import { LedgerKind } from './ledger-kind';
import { OpenFile } from './open-file';
import { RecentEvents } from './recent-events';
import { requireGrowth, requireRoom } from './room';
import { storeTime } from './store-time';

export interface SqliteEventStoreOptions {
  /** The database file. Its folder is created. Its anchor is next to it, and so are, while the
   * store is open, its lock and the files of SQLite. */
  readonly path: string;
  /** A file never changes its prefix. Opening it with another one is refused. */
  readonly prefix: string;
  /** A file with events never changes its time zone. Opening it with another one is refused; undefined: with any. */
  readonly timeZone?: string;
  /** A file never changes its kind. Opening it as the other kind is refused. The default is `real`. */
  readonly kind?: LedgerKind;
  /**
   * The source of `storedAt`; by default the machine's time. Only an empty ledger accepts a simulated clock, so that simulated
   * times never mix with real ones.
   */
  readonly clock?: Clock | { readonly simulated: Clock };
  /** The clock of the rest of the node. While the store's clock is more than 5 minutes ahead of it, appends are refused. */
  readonly nodeClock?: Clock;
  readonly telemetry?: Telemetry;
}

/**
 * Throws `Outage` if the file is not available now, most often because another process has it open, and `CorruptLedger` if it
 * is not a ledger that this program can read, or if its newest events are not those that were recorded.
 */
export function openSqliteEventStore(options: SqliteEventStoreOptions): EventStore {
  const lock = LedgerLock.take(options.path);
  try {
    return openLocked(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openLocked(options: SqliteEventStoreOptions, lock: LedgerLock): EventStore {
  const { path, prefix, timeZone, kind = 'real', clock = systemClock, nodeClock = systemClock } = options;
  const simulated = 'simulated' in clock;
  const checked = checkLedger(path);
  const database = openLedgerFile({ path, prefix, timeZone, kind, onlyEmpty: simulated });
  try {
    const table = translating(path, () => new EventTable(database));
    const anchor = followedBy(checked, options);
    return new SqliteEventStore(
      { database, table, lock, anchor, file: new OpenFile(path) },
      {
        path,
        prefix,
        clock: simulated ? clock.simulated : clock,
        nodeClock,
      },
    );
  } catch (error) {
    database.close();
    throw error;
  }
}

function followedBy(
  { problem, ...checked }: CheckedLedger,
  { path, kind, telemetry = NO_TELEMETRY }: SqliteEventStoreOptions,
): LedgerAnchor {
  const anchor = LedgerAnchor.begin(path, checked, telemetry);
  // A demo is built in another folder, without an anchor.
  if (problem !== undefined && kind !== 'demo') telemetry.report({ kind: 'anchor-missing', problem });
  return anchor;
}

interface Parts {
  readonly database: Database.Database;
  readonly table: EventTable;
  readonly lock: LedgerLock;
  readonly anchor: LedgerAnchor;
  readonly file: OpenFile;
}

/** Of events that one reader gets. To decode more takes too much of a turn. */
const [FIRST_PAGE, LARGEST_PAGE] = [8, 256];

class SqliteEventStore implements EventStore {
  private isOpen = true;
  private readonly news = new Bell();
  private readonly recent = new RecentEvents();
  private readonly appends = new GroupCommit((appends) => this.commit(appends));

  constructor(
    private readonly parts: Parts,
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
    yield* this.paged((last, most) =>
      this.parts.table.streamPage(stream, last ? last.revision + 1n : fromRevision, most),
    );
  }

  readAll(after: bigint): AsyncIterable<StoredEvent> {
    const upTo = this.parts.table.head;
    return this.paged((last, most) => this.parts.table.logPage(last?.position ?? after, upTo, most));
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
      if (position < this.parts.table.head) {
        const { events, full } = this.read(() => this.pageAfter(position));
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
    this.parts.file.requireUntouched();
    return Promise.resolve(this.parts.table.head);
  }

  async requireWritable(): Promise<void> {
    this.requireOpen();
    const { database, file } = this.parts;
    translating(this.settings.path, () => {
      file.writing(() => {
        requireGrowth(database);
      });
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
    const { anchor, database, file, lock } = this.parts;
    anchor.close();
    try {
      // Closing would write into files that another program has replaced or changed.
      if (file.isUntouched) closeLedgerFile(database, this.settings.path);
      else file.removeOwnWal();
    } finally {
      lock.release();
    }
    return Promise.resolve();
  }

  private pageAfter(position: bigint): Page {
    const { table } = this.parts;
    const events = this.recent.after(position, PAGE.events);
    if (events === undefined) return table.logPage(position, table.head);
    return { events, full: events.length === PAGE.events };
  }

  private commit(appends: readonly Append[]): readonly Outcome[] {
    const { table, file, anchor } = this.parts;
    const { outcomes, rows } = translating(this.settings.path, () =>
      file.writing(() => table.append(appends, storeTime(this.settings))),
    );
    anchor.recorded(rows);
    this.recent.add(rows);
    this.news.ring();
    return outcomes;
  }

  /** Yields to the event loop between pages, with no statement open. The first pages are short: many readers want one event. */
  private async *paged(pageAfter: (last: StoredEvent | undefined, most: number) => Page): AsyncIterable<StoredEvent> {
    let last: StoredEvent | undefined;
    for (let most = FIRST_PAGE; ; most = Math.min(most * 8, LARGEST_PAGE)) {
      const { events, full } = this.read(() => pageAfter(last, most));
      for (const event of events) yield event;
      if (!full) return;
      last = events.at(-1);
      if (most > FIRST_PAGE) await nextTurn();
    }
  }

  private read(page: () => Page): Page {
    this.requireOpen();
    this.parts.file.requireUntouched();
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
