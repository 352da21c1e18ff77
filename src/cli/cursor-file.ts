import { readFileSync } from 'node:fs';
import { writePrivateFile } from '../machine/private-files';
import { UsageError } from './command';

/** A position that is kept in a file. */
export class CursorFile {
  constructor(private readonly path: string) {}

  /** undefined if there is no file yet. */
  read(): string | undefined {
    const text = this.contents()?.trim();
    if (text !== undefined && !/^\d{1,20}$/.test(text))
      throw new UsageError(`${this.path} does not contain a position`);
    return text;
  }

  /** Even after a crash, the file has either the old position or the new one. */
  store(position: string): void {
    writePrivateFile(this.path, `${position}\n`);
  }

  private contents(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  }
}
