import { Area, Cell, Workbook } from '../../forms/workbook';

/** What the child process says about a file, a line of JSON each. The last line is how it ended. */
export type ChildLine =
  | { readonly sheet: { readonly name: string; readonly hidden: boolean; readonly merges: readonly Area[] } }
  /** Of the sheet that was named last. */
  | { readonly cells: readonly Cell[] }
  | { readonly end: ChildEnd };

export interface ChildEnd {
  /** Why the file was not read. */
  readonly refused?: string;
  /** The most memory that the process has had. */
  readonly maxBytes: number;
}

/** A line that takes about a millisecond to read. */
const CELLS_IN_LINE = 1_000;

export function* linesOf({ sheets }: Workbook): Generator<ChildLine, void, void> {
  for (const { name, hidden, merges, cells } of sheets) {
    yield { sheet: { name, hidden, merges } };
    for (let from = 0; from < cells.length; from += CELLS_IN_LINE) {
      yield { cells: cells.slice(from, from + CELLS_IN_LINE) };
    }
  }
}
