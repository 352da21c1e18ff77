import { Chart } from '../../charts/chart';

/** A report as a list of blocks. A renderer for each format writes them; nothing in them depends on a format. */
export interface ReportDocument {
  readonly title: string;
  /** Below the title, a line each. */
  readonly subtitles: readonly string[];
  readonly blocks: readonly Block[];
  /** When the figures were recorded, as an RFC 3339 instant: files carry it as their date. */
  readonly date: string;
}

export type Block = Heading | Paragraph | List | Table | Picture | PageBreak;

export interface Heading {
  readonly kind: 'heading';
  readonly level: 1 | 2 | 3 | 4;
  readonly text: string;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly content: Content;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Content[];
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly Row[];
}

export interface TableColumn {
  readonly title: string;
  /** The footnote of a column whose figures follow from others. */
  readonly note?: string;
  readonly align?: 'right';
  /** In parts of the whole width; 1 if left out. */
  readonly width?: number;
}

export interface Row {
  readonly cells: readonly Content[];
  /** A heading or a sum within the table. */
  readonly strong?: boolean;
}

export interface Picture {
  readonly kind: 'picture';
  readonly chart: Chart;
}

export interface PageBreak {
  readonly kind: 'page-break';
}

export type Content = readonly Inline[];
export type Inline = string | Figure | Code;

/** A figure with a footnote that says where it is on record. */
export interface Figure {
  readonly kind: 'figure';
  readonly text: string;
  readonly note: string;
}

/** What a reader types or copies as it is. */
export interface Code {
  readonly kind: 'code';
  readonly text: string;
}

export const heading = (level: Heading['level'], text: string): Heading => ({ kind: 'heading', level, text });
export const paragraph = (...content: Content): Paragraph => ({ kind: 'paragraph', content });
export const list = (items: readonly Content[]): List => ({ kind: 'list', items });
export const picture = (chart: Chart): Picture => ({ kind: 'picture', chart });
export const code = (text: string): Code => ({ kind: 'code', text });
export const table = (caption: string, columns: readonly TableColumn[], rows: readonly Row[]): Table => ({
  kind: 'table',
  caption,
  columns,
  rows,
});
export const PAGE_BREAK: PageBreak = { kind: 'page-break' };

/** A figure with its footnote; without one, only its text. */
export const figure = (text: string, note: string | undefined): Inline =>
  note === undefined ? text : { kind: 'figure', text, note };
