import { Change } from '../../read-model/change';

/** How changes are written, piece by piece. */
export interface Format {
  readonly contentType: string;
  readonly start: string;
  item(change: Change, isFirst: boolean): string;
  /** A client resumes after `position`. */
  end(position: bigint): string;
}

/** The options of a format, from the parameters of a request. */
export interface FormatOptions {
  /** Tells Excel that the text is UTF-8. */
  readonly byteOrderMark: boolean;
  /** Whether texts are protected from spreadsheets, which would change some of them. */
  readonly forSpreadsheets: boolean;
}

/** One entry of the list of formats. */
export interface ExportFormat {
  readonly mediaType: string;
  /** The addresses that answer in it. */
  readonly paths: readonly string[];
  writer(options: FormatOptions): Format;
}
