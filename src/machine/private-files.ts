import { closeSync, fdatasyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** What this program writes holds a ledger or opens one: only the user that it runs as may read it. */
const ONLY_ITS_OWNER = { file: 0o600, folder: 0o700 };

/** A folder that exists already is left as it is. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: ONLY_ITS_OWNER.folder });
}

/**
 * Makes an empty file, if there is none. A file that exists is not even opened: closing it would release the locks that SQLite
 * holds on it in this process.
 */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', ONLY_ITS_OWNER.file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Replaces the whole file. Whatever happens meanwhile, it holds the old text or the new one. */
export function writePrivateFile(path: string, text: string): void {
  const next = `${path}.tmp`;
  // One that was left behind may be readable for others.
  rmSync(next, { force: true });
  const file = openSync(next, 'wx', ONLY_ITS_OWNER.file);
  try {
    writeFileSync(file, text);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}
