import { OfficeOptions, pdfOf } from './office';
import { PrintError } from './print-error';

/** How many documents may wait while one is printed. */
const MOST_WAITING = 8;

/** Prints one document after the other: each takes a core and much memory. */
export class Printing {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(private readonly options: OfficeOptions) {}

  /** Throws `PrintError`, and `Outage`. */
  async print(docx: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    if (this.waiting >= MOST_WAITING) throw new PrintError('BUSY', 'Too many reports wait to be printed');
    this.waiting++;
    const before = this.last;
    const printed = before.then(() => pdfOf(docx, this.options, signal));
    this.last = printed.catch(() => undefined);
    try {
      return await printed;
    } finally {
      this.waiting--;
    }
  }
}
