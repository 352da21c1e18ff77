import Database from 'libsql';
import { CorruptLedger } from '../../../kernel/outage';
import { readOne } from './ledger-file';
import { readLedger } from './read-only-ledger';
import { checkWholeLog, WholeLog } from './whole-log';

/** A backup holds the hash of its events, so that a change of the file is noticed when it is restored. */
export function markBackup(path: string, { head, hash }: WholeLog): void {
  const database = new Database(path);
  try {
    database.exec(
      'DROP TABLE IF EXISTS backup; CREATE TABLE backup (head INTEGER NOT NULL, hash TEXT NOT NULL) STRICT',
    );
    database.prepare('INSERT INTO backup (head, hash) VALUES (?, ?)').run([head, hash]);
  } finally {
    database.close();
  }
}

/** Checks all of a backup, or of any other copy of a ledger, which has no mark. Throws `CorruptLedger`. */
export function checkBackup(path: string): WholeLog & { readonly isMarked: boolean } {
  return readLedger(path, (database) => {
    const isMarked = readOne(database, "SELECT count(*) FROM ledger.sqlite_master WHERE name = 'backup'") === 1n;
    if (!isMarked) return { ...checkWholeLog(database, path), isMarked };
    const [head, hash] = database.prepare('SELECT head, hash FROM backup').raw().get() as [bigint, string];
    const found = checkWholeLog(database, path, { hashUpTo: head });
    if (found.hash === hash && found.head >= head) return { ...found, isMarked };
    throw new CorruptLedger(`Backup ${path}: its events are not those of the ledger that was backed up`);
  });
}
