import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { Outage } from '../kernel/outage';
import { isFileError } from '../machine/file-errors';
import { syncFolder } from '../machine/private-files';

/** Texts that are written at once. */
const CHUNK = 65_536;

/**
 * Makes a file that only its owner may read. It has its name only when all of it is on disk: until then it is `<file>.partial-…` beside
 * it, which a killed process leaves behind. Returns what the texts return. Throws `Outage` if the file exists, or cannot be written.
 */
export async function writeNewFile<Result>(file: string, texts: AsyncGenerator<string, Result>): Promise<Result> {
  const target = path.resolve(file);
  if (existsSync(target)) throw exists(target);
  const partial = `${target}.partial-${randomUUID()}`;
  try {
    const handle = await open(partial, 'wx', 0o600);
    let result: Result;
    try {
      result = await writeAll(handle, texts);
      await handle.sync();
    } finally {
      await handle.close();
    }
    publish(partial, target);
    syncFolder(path.dirname(target));
    return result;
  } catch (error) {
    throw isFileError(error) ? new Outage(error.message, { cause: error }) : error;
  } finally {
    rmSync(partial, { force: true });
  }
}

async function writeAll<Result>(handle: FileHandle, texts: AsyncGenerator<string, Result>): Promise<Result> {
  let chunk = '';
  for (;;) {
    const next = await texts.next();
    if (next.done !== true) chunk += next.value;
    if (chunk.length >= CHUNK || next.done === true) {
      await handle.appendFile(chunk);
      chunk = '';
    }
    if (next.done === true) return next.value;
  }
}

/** Unlike a rename, a link never replaces a file that another process has just made. */
function publish(partial: string, target: string): void {
  try {
    linkSync(partial, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || existsSync(target)) throw exists(target);
    // The file system has no links.
    renameSync(partial, target);
  }
}

const exists = (target: string): Outage => new Outage(`${target} exists; name a new file`);
