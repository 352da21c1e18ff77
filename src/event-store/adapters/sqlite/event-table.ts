import Database from 'libsql';
import { CorruptLedger } from '../../../kernel/outage';
import { Instant } from '../../../kernel/time';
import { StoredEvent } from '../../envelope';
import { AppendResult, ExpectedRevision } from '../../event-store';
import { COLUMNS, decodeEvent, EncodedEvent, EventRow } from './event-rows';

export interface Append {
  readonly stream: string;
  readonly events: readonly EncodedEvent[];
  readonly expected: ExpectedRevision;
}

/** An error if the append was refused because of a bug in its caller. */
export type Outcome = AppendResult | Error;

export interface Appended {
  readonly outcomes: readonly Outcome[];
  /** The events that were recorded, in log order. */
  readonly rows: readonly EventRow[];
}

interface Found {
  readonly revision: bigint;
  readonly position: bigint;
}

export interface Page {
  readonly events: readonly StoredEvent[];
  /** Whether there may be more after this page. */
  readonly full: boolean;
}

/** A page ends at whichever limit is reached first, so that large events do not use too much memory. */
export const PAGE = { events: 512, characters: 4 * 1024 * 1024 } as const;
const ROWS_PER_QUERY = 64;

/**
 * The SQL of the log. It is synchronous throughout, so no call leaves a statement or a transaction open. Parameters are passed
 * as one array, because flattening separate ones takes a good part of an insert.
 */
export class EventTable {
  private readonly begin: Database.Statement;
  private readonly commit: Database.Statement;
  private readonly insert: Database.Statement;
  private readonly lastRevision: Database.Statement;
  private readonly findByIds: Database.Statement;
  private readonly inLog: Database.Statement;
  private readonly inStream: Database.Statement;
  private newest: bigint;

  constructor(private readonly database: Database.Database) {
    this.begin = database.prepare('BEGIN IMMEDIATE');
    this.commit = database.prepare('COMMIT');
    this.insert = database.prepare(`INSERT INTO event (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    this.lastRevision = database
      .prepare('SELECT revision FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1')
      .raw();
    this.findByIds = database
      .prepare('SELECT id, revision, position FROM event WHERE stream = ? AND id IN (SELECT value FROM json_each(?))')
      .raw();
    this.inLog = database
      .prepare(`SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`)
      .raw();
    this.inStream = database
      .prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`)
      .raw();
    const [newest] = database.prepare('SELECT max(position) FROM event').raw().get() as [bigint | null];
    this.newest = newest ?? 0n;
  }

  /** The position of the newest event on disk. */
  get head(): bigint {
    return this.newest;
  }

  /**
   * One transaction for all appends. Each is decided separately, after the ones before it. All are on disk when this returns.
   */
  append(appends: readonly Append[], storedAt: Instant): Appended {
    const before = this.newest;
    const rows: EventRow[] = [];
    this.begin.run();
    try {
      const outcomes = appends.map((append) => this.appendOne(append, storedAt, rows));
      this.commit.run();
      return { outcomes, rows };
    } catch (error) {
      this.newest = before;
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  private appendOne({ stream, events, expected }: Append, storedAt: Instant, rows: EventRow[]): Outcome {
    const current = this.lastRevisionOf(stream);
    const found = current === 'no-stream' ? [] : this.find(stream, events);
    const first = found[0];
    const last = found.at(-1);
    if (first && last && found.every((event, index) => event?.revision === first.revision + BigInt(index))) {
      return { kind: 'appended', ...last };
    }
    if (expected !== 'any' && expected !== current) return { kind: 'conflict', current };
    const reused = events.find((_, index) => found[index] !== undefined);
    if (reused) return new Error(`Stream ${stream} already has the event id ${reused.id}, from another append`);

    let revision = current === 'no-stream' ? -1n : current;
    for (const { id, type, data, metadata } of events) {
      const row: EventRow = [++this.newest, stream, ++revision, id, type, data, metadata, BigInt(storedAt)];
      this.insert.run(row);
      rows.push(row);
    }
    return { kind: 'appended', revision, position: this.newest };
  }

  private lastRevisionOf(stream: string): bigint | 'no-stream' {
    const row = this.lastRevision.get([stream]) as [bigint] | undefined;
    return row ? row[0] : 'no-stream';
  }

  /** For each event, where the stream has one with its id. */
  private find(stream: string, events: readonly EncodedEvent[]): readonly (Found | undefined)[] {
    const ids = JSON.stringify(events.map(({ id }) => id));
    const rows = this.findByIds.all([stream, ids]) as readonly [string, bigint, bigint][];
    const found = new Map(rows.map(([id, revision, position]) => [id, { revision, position }]));
    return events.map(({ id }) => found.get(id));
  }

  /** The events after a position (exclusive), up to another (inclusive). */
  logPage(after: bigint, upTo: bigint, most: number = PAGE.events): Page {
    return readPage(most, (last, rows) => this.inLog.all([last?.position ?? after, upTo, rows]) as EventRow[]);
  }

  streamPage(stream: string, fromRevision: bigint, most: number = PAGE.events): Page {
    const page = readPage(
      most,
      (last, rows) => this.inStream.all([stream, last ? last.revision + 1n : fromRevision, rows]) as EventRow[],
    );
    page.events.forEach(({ revision }, index) => {
      if (revision !== fromRevision + BigInt(index)) {
        throw new CorruptLedger(`Stream ${stream} has a gap before revision ${String(revision)}`);
      }
    });
    return page;
  }
}

type RowsAfter = (last: StoredEvent | undefined, most: number) => readonly EventRow[];

function readPage(most: number, rowsAfter: RowsAfter): Page {
  const events: StoredEvent[] = [];
  let characters = 0;
  while (events.length < most && characters < PAGE.characters) {
    const wanted = Math.min(ROWS_PER_QUERY, most - events.length);
    const rows = rowsAfter(events.at(-1), wanted);
    for (const row of rows) {
      characters += row[5].length + row[6].length;
      events.push(decodeEvent(row));
    }
    if (rows.length < wanted) return { events, full: false };
  }
  return { events, full: true };
}
