import { Area, Cell, Sheet } from '../workbook';
import { CellPlace } from './answers';

/** The cells of a sheet by their places. */
export class Grid {
  readonly rows: readonly (readonly Cell[])[];
  private readonly byPlace = new Map<string, Cell>();
  private readonly coveredBy: (row: number, column: number) => Area | undefined;

  constructor(private readonly sheet: Sheet) {
    const rows: Cell[][] = [];
    for (const cell of sheet.cells) {
      this.byPlace.set(placeKey(cell.row, cell.column), cell);
      const row = rows.at(-1);
      if (row?.[0]?.row === cell.row) row.push(cell);
      else rows.push([cell]);
    }
    this.rows = rows;
    this.coveredBy = (row, column) =>
      sheet.merges.find(
        ({ top, left, bottom, right }) => row >= top && row <= bottom && column >= left && column <= right,
      );
  }

  place(cell: Cell): CellPlace {
    return { sheet: this.sheet.name, cell };
  }

  /** The cell at a place. All places of merged cells have the cell at their upper left. */
  at(row: number, column: number | undefined): CellPlace | undefined {
    if (column === undefined) return undefined;
    const own = this.byPlace.get(placeKey(row, column));
    if (own !== undefined) return this.place(own);
    const area = this.coveredBy(row, column);
    const merged = area && this.byPlace.get(placeKey(area.top, area.left));
    return merged && this.place(merged);
  }

  /** The next cell to the right that is not the same merged one. */
  rightOf(cell: Cell, within = 12): CellPlace | undefined {
    for (let column = cell.column + 1; column <= cell.column + within; column++) {
      const found = this.at(cell.row, column);
      if (found !== undefined && found.cell !== cell) return found;
    }
    return undefined;
  }
}

const placeKey = (row: number, column: number): string => `${row}/${column}`;
