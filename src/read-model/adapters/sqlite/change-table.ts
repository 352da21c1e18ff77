import Database from 'libsql';
import { StreamNames } from '../../../event-store/streams';
import { Instant } from '../../../kernel/time';
import { BEFORE_ALL, Change, LogPoint } from '../../change';
import { ByteRange, VersionRange } from '../../temporal-store';
import { readChange, writeChange } from '../../written-change';
import { BulkInsert } from './bulk-insert';
import { boundedRange, SizedPosition } from './bounded-range';
import { checksumOf, requireIntact } from './checksums';

export const CHANGE_LAYOUT = `
  CREATE TABLE models.change (
    position INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    content TEXT NOT NULL,
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX models.change_by_time ON change (recorded_at);
`;

type PointRow = readonly [position: bigint, sequence: bigint, recordedAt: bigint];
export type ChangeRow = readonly [position: bigint, content: string, checksum: bigint];

const IN_RANGE = 'FROM models.change WHERE position > ? AND position <= ? ORDER BY position';
const UNLIMITED = -1;

/** The ledger's changes in log order. */
export class ChangeTable {
  private readonly insert: BulkInsert;
  private readonly oldest: Database.Statement;
  private readonly newest: Database.Statement;
  private readonly sizes: Database.Statement;
  private readonly named: Database.Statement;
  private readonly upTo: Database.Statement;
  private readonly by: Database.Statement;

  constructor(
    database: Database.Database,
    private readonly streams: StreamNames,
  ) {
    this.insert = new BulkInsert(
      database,
      'INSERT INTO models.change (position, sequence, recorded_at, content, checksum)',
      5,
    );
    const prepare = (sql: string): Database.Statement => database.prepare(sql).raw();
    this.oldest = prepare(`SELECT position, content, checksum ${IN_RANGE} LIMIT ?`);
    this.newest = prepare(`SELECT position, content, checksum ${IN_RANGE} DESC LIMIT ?`);
    this.sizes = prepare(`SELECT position, octet_length(content) ${IN_RANGE} LIMIT ?`);
    this.named = prepare(
      'SELECT position, content, checksum FROM models.change WHERE position IN (SELECT value FROM json_each(?))',
    );
    this.upTo = prepare(
      'SELECT position, sequence, recorded_at FROM models.change WHERE position <= ? ORDER BY position DESC LIMIT 1',
    );
    this.by = prepare(
      'SELECT position, sequence, recorded_at FROM models.change WHERE recorded_at <= ? ORDER BY recorded_at DESC, position DESC LIMIT 1',
    );
  }

  add(change: Change): void {
    const { event, sequence, recordedAt } = change;
    const content = writeChange(change);
    this.insert.add(event.position, sequence, BigInt(recordedAt), content, checksumOf(content));
  }

  /** The rows that were added are in the table after this. */
  flush(): void {
    this.insert.flush();
  }

  clear(): void {
    this.insert.clear();
  }

  between(range: ByteRange): readonly Change[] {
    const { after, upTo, limit = UNLIMITED, last } = this.bounded(range);
    const rows = (last ? this.newest : this.oldest).all([after, upTo, limit]) as ChangeRow[];
    return (last ? rows.reverse() : rows).map((row) => this.read(row));
  }

  /** The changes at these positions. */
  at(positions: readonly bigint[]): ReadonlyMap<bigint, Change> {
    if (positions.length === 0) return new Map();
    const rows = this.named.all([`[${positions.join(',')}]`]) as ChangeRow[];
    return new Map(rows.map((row) => [row[0], this.read(row)]));
  }

  pointAt(at: { readonly position: bigint } | { readonly time: Instant }): LogPoint {
    const row = ('position' in at ? this.upTo.get([at.position]) : this.by.get([at.time])) as PointRow | undefined;
    if (row === undefined) return BEFORE_ALL;
    const [position, sequence, recordedAt] = row;
    return { position, sequence, recordedAt: Number(recordedAt) };
  }

  read([position, content, checksum]: ChangeRow): Change {
    requireIntact(content, checksum, `change at position ${String(position)}`);
    return readChange(content, position, this.streams);
  }

  private bounded(range: ByteRange): VersionRange {
    return boundedRange(range, ({ after, upTo }, limit) => this.sizes.all([after, upTo, limit]) as SizedPosition[]);
  }
}
