import { open, rm } from 'node:fs/promises';
import Database from 'libsql';
import { Outage } from '../../../kernel/outage';

/** As much as one append may have. */
const BYTES = 1_048_576;

/** Throws SQLite's error if the file may not grow. Nothing of this is committed. */
export function requireGrowth(database: Database.Database): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(`CREATE TABLE room (content BLOB); INSERT INTO room VALUES (zeroblob(${BYTES}))`);
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK');
  }
}

/** Throws `Outage` if the disk has no room. SQLite itself notices that only when it commits. */
export async function requireRoom(path: string): Promise<void> {
  const probe = `${path}-probe`;
  try {
    const file = await open(probe, 'w', 0o600);
    try {
      await file.writeFile(Buffer.alloc(BYTES, 1));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new Outage(`Ledger file ${path}: ${isFull ? 'the disk is full' : 'its folder cannot be written to'}`, {
      cause: error,
    });
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}
