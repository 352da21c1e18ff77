import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { translating } from './driver-errors';

/**
 * Reads a ledger file while its server may run, in one snapshot, and changes nothing: not even the write-ahead log that a killed server
 * has left. The ledger is attached as `ledger`, because the driver may keep a closed connection and its locks, but not a detached file.
 */
export function readLedger<T>(path: string, use: (database: Database.Database) => T): T {
  return translating(path, () => {
    const database = new Database(':memory:');
    database.defaultSafeIntegers(true);
    database.prepare('ATTACH ? AS ledger').run(`${pathToFileURL(path).href}?mode=ro`);
    try {
      // For a moment, a checkpoint or another reader may hold a lock.
      database.pragma('busy_timeout = 5000');
      return use(database);
    } finally {
      if (database.inTransaction) database.exec('ROLLBACK');
      database.exec('DETACH ledger');
      database.close();
    }
  });
}
