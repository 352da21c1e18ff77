import { RowsOf } from './dataset';
import { PublishedMoment } from './moment';

/** A file that is made in pieces: each is written before the next is made. */
export interface OutputFile {
  readonly name: string;
  readonly pieces: AsyncIterable<string>;
}

/** A file that is complete. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

export interface PublishedData {
  readonly moment: PublishedMoment;
  readonly rowsOf: RowsOf;
  readonly labels: Labels;
}

/** What only the publisher can say. */
export interface Labels {
  readonly title?: string;
  /** The name of a licence, as `CC-BY-4.0`. */
  readonly license?: string;
}

/** A way to publish: an export is a folder. */
export interface ExportFormat {
  /** The files with data, in order. */
  readonly files: (data: PublishedData) => readonly OutputFile[];
  /** The files that say what the others are. They come last. */
  readonly descriptions: (data: PublishedData, written: readonly WrittenFile[]) => readonly OutputFile[];
}

/** A piece is written when it has this many characters. */
const PIECE = 65_536;

/** The same text, in pieces of a size that is good to write. */
export async function* inPieces(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

export const wholeFile = (name: string, text: string): OutputFile => ({ name, pieces: inPieces([text]) });
