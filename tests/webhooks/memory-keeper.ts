import { BookKeeper, KeptBook, readBook, textOfBook } from '../../src/webhooks/kept-book';

/** Keeps the book of webhooks as a file does, without a disk. */
export class MemoryKeeper implements BookKeeper {
  text: string | undefined;

  load(): KeptBook | undefined {
    return this.text === undefined ? undefined : readBook(this.text);
  }

  keep(book: KeptBook): void {
    this.text = textOfBook(book);
  }
}
