import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { isFileError } from '../machine/file-errors';
import { syncFolder } from '../machine/private-files';
import { OutputFile, WrittenFile } from '../open-data/export-format';

/** The folder cannot be made. The message has one line. */
export class NewFolderError extends Error {
  override readonly name = 'NewFolderError';
}

/**
 * Makes a folder with files. It has its name only when all of it is on disk: until then it is `<folder>.partial-…` beside it, which a
 * killed process leaves behind. Throws `NewFolderError` if the folder exists.
 */
export async function makeFolder(
  folder: string,
  fill: (write: (file: OutputFile) => Promise<WrittenFile>) => Promise<void>,
): Promise<void> {
  const target = path.resolve(folder);
  requireAbsent(target);
  const partial = `${target}.partial-${randomUUID()}`;
  try {
    mkdirSync(partial);
    await fill((file) => writeFile(partial, file));
    syncFolder(partial);
    requireAbsent(target);
    renameSync(partial, target);
    syncFolder(path.dirname(target));
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw isFileError(error) ? new NewFolderError(error.message, { cause: error }) : error;
  }
}

function requireAbsent(target: string): void {
  if (existsSync(target)) throw new NewFolderError(`${target} exists; name a new folder`);
}

async function writeFile(folder: string, { name, pieces }: OutputFile): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path.join(folder, name), 'wx');
  try {
    for await (const piece of pieces) {
      const encoded = Buffer.from(piece);
      hash.update(encoded);
      bytes += encoded.length;
      await file.appendFile(encoded);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { name, bytes, sha256: hash.digest('hex') };
}
