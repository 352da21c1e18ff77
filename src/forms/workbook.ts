/** A spreadsheet file as it was read: only cells that have something in them. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** From top to bottom, and from left to right. */
  readonly cells: readonly Cell[];
  readonly merges: readonly Area[];
}

/** Rows and columns count from 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  /** As the spreadsheet shows it. */
  readonly shown: string;
  /** As it is meant: a number in plain notation with all its digits, a percentage with its sign, a day as `2023-06-30`, else the text. */
  readonly text: string;
  /** It shows an error, such as #DIV/0!. */
  readonly isError?: true;
  /** Its row is hidden, by hand or by a filter. */
  readonly isHidden?: true;
}

export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** `C8` */
export function cellName({ row, column }: Pick<Cell, 'row' | 'column'>): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}
