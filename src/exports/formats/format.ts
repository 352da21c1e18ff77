import { ExportedChange } from './exported-change';

/** How items are written, piece by piece. */
export interface Format<Item> {
  readonly contentType: string;
  readonly start: string;
  item(item: Item, isFirst: boolean): string;
  /** A client resumes after `position`. */
  end(position: bigint): string;
}

/** The options of a format, from the parameters of a request. */
export interface FormatOptions {
  /** Tells Excel that the text is UTF-8. */
  readonly byteOrderMark: boolean;
  /** Whether texts are protected from spreadsheets, which would change some of them. */
  readonly forSpreadsheets: boolean;
  /** Whether each change carries the fields that it changed. */
  readonly withFields: boolean;
}

/** One entry of the list of formats of changes. */
export interface ExportFormat {
  readonly mediaType: string;
  /** The addresses that answer in it. */
  readonly paths: readonly string[];
  writer(options: FormatOptions): Format<ExportedChange>;
}
