import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { Outage } from '../../../kernel/outage';
import { makePrivateFile, syncFile, syncFolder } from '../../../machine/private-files';
import { anchorPathOf, createAnchor } from './anchor-file';
import { checkBackup } from './backup-mark';
import { checkTail } from './checked-tail';
import { requireUsable } from './ledger-file';
import { LedgerKind } from './ledger-kind';
import { LedgerLock } from './ledger-lock';
import { readLedger } from './read-only-ledger';
import { WholeLog } from './whole-log';

export interface RestoreOptions {
  readonly backup: string;
  readonly ledger: string;
  readonly prefix: string;
  readonly kind: LedgerKind;
  /** Whether a ledger that exists is put aside. */
  readonly putAside: boolean;
}

export interface Restored extends WholeLog {
  /** Whether the backup held the hash of its events. */
  readonly isMarked: boolean;
  /** Where the ledger is now that was there before. */
  readonly aside: string | undefined;
}

/**
 * Puts a checked copy of the backup in the place of the ledger. If this is killed, either the old ledger is in its place, or none: then the
 * server does not start, and the restore can be run again.
 */
export function restore(options: RestoreOptions): Restored {
  const { backup, ledger, putAside } = options;
  if (!existsSync(backup)) throw new Outage(`There is no backup ${backup}`);
  const lock = LedgerLock.take(ledger);
  try {
    const replaces = existsSync(ledger);
    if (replaces && !putAside) throw new Outage(`Ledger file ${ledger} exists; --force puts it aside`);
    const next = `${ledger}-restoring`;
    const found = copyInto(next, options);
    const aside = moveAside(ledger);
    renameSync(anchorPathOf(next), anchorPathOf(ledger));
    syncFolder(dirname(ledger));
    renameSync(next, ledger);
    syncFolder(dirname(ledger));
    return { ...found, aside: replaces ? aside : undefined };
  } finally {
    lock.release();
  }
}

function copyInto(next: string, { backup, prefix, kind }: RestoreOptions): Omit<Restored, 'aside'> {
  for (const suffix of ['', '-journal', '-anchor']) rmSync(`${next}${suffix}`, { force: true });
  const expected = checkBackup(backup);
  makePrivateFile(next);
  readLedger(backup, (database) => {
    database.prepare('VACUUM ledger INTO ?').run(next);
  });
  const found = checkBackup(next);
  if (found.head !== expected.head) throw new Outage(`Backup ${backup} changed while it was read`);
  const database = new Database(next);
  try {
    database.defaultSafeIntegers(true);
    requireUsable(database, { path: backup, prefix, kind, onlyEmpty: false });
    database.exec('DROP TABLE IF EXISTS backup');
  } finally {
    database.close();
  }
  syncFile(next);
  createAnchor(anchorPathOf(next), readLedger(next, (reading) => checkTail(reading, next, undefined)).record(1));
  return found;
}

/** Moves the ledger first: once it is gone, no server starts, whichever of its other files are still there. */
function moveAside(ledger: string): string {
  const aside = `${ledger}.replaced-${new Date().toISOString().replaceAll(/[-:.]/g, '')}`;
  for (const suffix of ['', '-wal', '-journal', '-anchor']) {
    if (existsSync(`${ledger}${suffix}`)) renameSync(`${ledger}${suffix}`, `${aside}${suffix}`);
  }
  rmSync(`${ledger}-shm`, { force: true });
  syncFolder(dirname(ledger));
  return aside;
}
