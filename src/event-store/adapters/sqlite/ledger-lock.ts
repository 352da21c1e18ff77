import { BigIntStats, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { Outage } from '../../../kernel/outage';
import { makePrivateFile, makePrivateFolder } from '../../../machine/private-files';
import { translating } from './driver-errors';

export const lockPathOf = (ledger: string): string => `${ledger}-lock`;

/**
 * The right to write to a ledger file. It is an exclusive transaction on a SQLite file of its own, because Node has no file locks.
 * The operating system ends it with the process, also after kill -9. Readers of the ledger need no lock.
 */
export class LedgerLock {
  private constructor(
    private readonly path: string,
    private readonly database: Database.Database,
  ) {}

  /** Throws `Outage` if another process, or another store of this process, has the lock. */
  static take(ledger: string): LedgerLock {
    const path = lockPathOf(ledger);
    const database = connect(ledger, path);
    const before = look(path);
    try {
      // Otherwise SQLite creates a journal beside it.
      database.pragma('journal_mode = MEMORY');
      database.exec('BEGIN EXCLUSIVE');
      // The previous holder removes the file before it gives up the lock, so it may be one that no one else finds.
      if (before === undefined || look(path)?.ino !== before.ino) throw inUse(ledger);
    } catch (error) {
      database.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw inUse(ledger, error);
      return translating(path, () => {
        throw error;
      });
    }
    return new LedgerLock(path, database);
  }

  release(): void {
    try {
      rmSync(this.path, { force: true });
    } catch {
      // Windows does not remove an open file. One that stays does no harm.
    }
    this.database.exec('ROLLBACK');
    this.database.close();
  }
}

function connect(ledger: string, path: string): Database.Database {
  try {
    makePrivateFolder(dirname(path));
    makePrivateFile(path);
    return new Database(path);
  } catch (error) {
    throw new Outage(`Ledger file ${ledger} cannot be opened: its lock file ${path} cannot be`, { cause: error });
  }
}

const look = (path: string): BigIntStats | undefined => statSync(path, { bigint: true, throwIfNoEntry: false });

const inUse = (ledger: string, cause?: unknown): Outage =>
  new Outage(
    `Ledger file ${ledger}: another process is using it. Stop that process first, or set another DATA_DIR. Backups and verification need no stop`,
    { cause },
  );
