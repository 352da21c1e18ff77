import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Files of this program contain a ledger or give access to one, so only the user that it runs as may read them. */
const ONLY_ITS_OWNER = { file: 0o600, folder: 0o700 };

/** A folder that exists already stays as it is. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: ONLY_ITS_OWNER.folder });
}

/**
 * Creates an empty file if there is none. An existing file is not even opened, because closing it would release the locks that
 * SQLite holds on it in this process.
 */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', ONLY_ITS_OWNER.file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Replaces the whole file. Even after a crash, it has either the old text or the new one. If several processes do so at the same time, it
 * has the text of one of them. A process that is killed meanwhile may leave a file `<path>.<UUID>.tmp` behind.
 */
export function writePrivateFile(path: string, text: string): void {
  const next = `${path}.${randomUUID()}.tmp`;
  try {
    writeNewFile(next, text);
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

function writeNewFile(path: string, text: string): void {
  const file = openSync(path, 'wx', ONLY_ITS_OWNER.file);
  try {
    writeFileSync(file, text);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until what was written to the file is on disk. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until the names in the folder are on disk. Windows cannot do that, and keeps the order of renames by itself. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
