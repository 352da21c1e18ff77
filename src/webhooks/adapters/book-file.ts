import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makePrivateFolder, writePrivateFile } from '../../machine/private-files';
import { BookKeeper, KeptBook, readBook, textOfBook } from '../kept-book';

/** Two lines: the SHA-256 of the second one, and the book. */
export class BookFile implements BookKeeper {
  constructor(private readonly file: string) {}

  load(): KeptBook | undefined {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    const [hash, book = ''] = text.split('\n');
    return hash === hashOf(book) ? readBook(book) : undefined;
  }

  keep(book: KeptBook): void {
    const text = textOfBook(book);
    makePrivateFolder(path.dirname(this.file));
    writePrivateFile(this.file, `${hashOf(text)}\n${text}\n`);
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
