import Database from 'libsql';
import { StoredEvent } from '../../envelope';
import { EventStore } from '../../event-store';
import { headOf, rowsBetween } from './checked-tail';
import { COLUMNS, decodeEvent, EventRow } from './event-rows';
import { closeReadOnly, openReadOnly } from './read-only-ledger';

/** The log of a ledger file as it was when this was opened. Its server may run and record more. */
export class LedgerSnapshot implements Pick<EventStore, 'readAll' | 'readStream' | 'head' | 'close'> {
  private readonly database: Database.Database;
  private readonly newest: bigint;
  private readonly inStream: Database.Statement;

  constructor(path: string) {
    this.database = openReadOnly(path);
    this.database.exec('BEGIN');
    this.newest = headOf(this.database);
    this.inStream = this.database
      .prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision`)
      .raw();
  }

  async *readAll(after: bigint): AsyncIterable<StoredEvent> {
    for (const rows of rowsBetween(this.database, after, this.newest))
      yield* await Promise.resolve(rows.map(decodeEvent));
  }

  async *readStream(stream: string, fromRevision = 0n): AsyncIterable<StoredEvent> {
    const rows = this.inStream.all([stream, fromRevision]) as EventRow[];
    yield* await Promise.resolve(rows.map(decodeEvent));
  }

  head(): Promise<bigint> {
    return Promise.resolve(this.newest);
  }

  close(): Promise<void> {
    closeReadOnly(this.database);
    return Promise.resolve();
  }
}
