import type { CursorStore } from 'mingjian-client';
import { CursorMovedError } from 'mingjian-client';

/** What this needs of a connection: those of libsql, better-sqlite3 and node:sqlite have it. */
export interface Sqlite {
  exec(sql: string): unknown;
  prepare(sql: string): { get(...values: unknown[]): unknown; run(...values: unknown[]): { changes: number | bigint } };
}

/**
 * A cursor in the SQLite file that the work writes to. The connection is the transaction: use it for nothing else while the work waits
 * for something.
 */
export function sqliteCursorStore<Connection extends Sqlite>(db: Connection, reader: string): CursorStore<Connection> {
  // Another program may have the file open: a lock of its own is waited for.
  db.exec('PRAGMA busy_timeout = 5000');
  db.exec('CREATE TABLE IF NOT EXISTS cursors(reader TEXT PRIMARY KEY, position TEXT NOT NULL)');
  const stored = db.prepare('SELECT position FROM cursors WHERE reader = ?');
  const begin = db.prepare('INSERT OR IGNORE INTO cursors VALUES (?, ?)');
  const move = db.prepare('UPDATE cursors SET position = ? WHERE reader = ? AND position = ?');
  return {
    load: () => (stored.get(reader) as { position: string } | undefined)?.position,
    async commit({ from, to }, work) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const { changes } = from === undefined ? begin.run(reader, to) : move.run(to, reader, from);
        if (Number(changes) !== 1) throw new CursorMovedError();
        await work(db);
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
  };
}
