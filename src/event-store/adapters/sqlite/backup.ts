import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Outage } from '../../../kernel/outage';
import { makePrivateFile, syncFile, syncFolder } from '../../../machine/private-files';
import { anchorPathOf, readAnchor } from './anchor-file';
import { markBackup } from './backup-mark';
import { removeUnfinished, unfinishedPathOf } from './unfinished-files';
import { readLedger } from './read-only-ledger';
import { checkWholeLog, WholeLog } from './whole-log';

export interface BackupOptions {
  /** The ledger file, whose server may run. */
  readonly from: string;
  readonly to: string;
  /** Whether a file that exists at `to` is replaced. */
  readonly overwrite: boolean;
}

/**
 * Copies a ledger to one file. The copy holds a prefix of the log with everything that was acknowledged before. It gets its name only when
 * it is checked and on disk.
 */
export function backUp({ from, to, overwrite }: BackupOptions): WholeLog {
  if (resolve(from) === resolve(to)) throw new Outage(`${to} is the ledger itself`);
  if (!existsSync(from)) throw new Outage(`There is no ledger file ${from}`);
  if (!overwrite && existsSync(to)) throw exists(to);
  removeUnfinished(to);
  const unfinished = unfinishedPathOf(to);
  try {
    const copied = copyChecked(from, unfinished);
    markBackup(unfinished, copied);
    syncFile(unfinished);
    publish(unfinished, to, overwrite);
    return copied;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Copies a ledger in one snapshot, and checks the copy. */
export function copyChecked(from: string, to: string): WholeLog {
  // Before the snapshot: the anchor follows each commit, so the snapshot has all that the anchor knows.
  const anchor = readAnchor(anchorPathOf(from));
  rmSync(to, { force: true });
  makePrivateFile(to);
  readLedger(from, (database) => {
    database.prepare('VACUUM ledger INTO ?').run(to);
  });
  const known = anchor === 'unreadable' ? undefined : anchor;
  return readLedger(to, (database) => checkWholeLog(database, to, { anchor: known }));
}

function publish(unfinished: string, to: string, overwrite: boolean): void {
  if (overwrite) renameSync(unfinished, to);
  else linkNew(unfinished, to);
  syncFolder(dirname(to));
}

/** Unlike a rename, a link never replaces a file that another process has just made. */
function linkNew(unfinished: string, to: string): void {
  try {
    linkSync(unfinished, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw exists(to);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    // The file system has no links.
    if (existsSync(to)) throw exists(to);
    renameSync(unfinished, to);
  }
}

const exists = (to: string): Outage => new Outage(`${to} exists already; --force replaces it`);
