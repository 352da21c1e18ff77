import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { translating } from './driver-errors';

/**
 * A ledger file that is read while its server may run. Nothing is changed: not even the write-ahead log that a killed server has left.
 * The ledger is attached as `ledger`, because the driver may keep a closed connection and its locks, but not a detached file.
 */
export function openReadOnly(path: string): Database.Database {
  return translating(path, () => {
    const database = new Database(':memory:');
    database.defaultSafeIntegers(true);
    // For a moment, a checkpoint or another reader may hold a lock.
    database.pragma('busy_timeout = 5000');
    database.prepare('ATTACH ? AS ledger').run(`${pathToFileURL(path).href}?mode=ro`);
    return database;
  });
}

export function closeReadOnly(database: Database.Database): void {
  if (database.inTransaction) database.exec('ROLLBACK');
  database.exec('DETACH ledger');
  database.close();
}

export function readLedger<T>(path: string, use: (database: Database.Database) => T): T {
  const database = openReadOnly(path);
  try {
    return translating(path, () => use(database));
  } finally {
    closeReadOnly(database);
  }
}
