import { Pausing } from '../../kernel/turns';
import { Cell, Sheet } from '../workbook';
import { CellPlace } from './answers';
import { MergedAreas } from './merged-areas';
import { titleKey } from './texts';

/** The cells of a sheet by their places. People do not see hidden rows, and nothing is read from them. */
export class Grid {
  readonly rows: Cell[][] = [];
  private readonly byPlace = new Map<number, Cell>();
  private readonly titles = new Map<Cell, string>();
  private readonly merged: MergedAreas;

  private constructor(readonly sheet: Sheet) {
    this.merged = new MergedAreas(sheet.merges);
  }

  static *of(sheet: Sheet): Pausing<Grid> {
    const grid = new Grid(sheet);
    for (const cell of sheet.cells) {
      if (cell.isHidden) continue;
      if (grid.rows.at(-1)?.[0]?.row === cell.row) grid.rows.at(-1)?.push(cell);
      else {
        yield;
        grid.rows.push([cell]);
      }
      grid.byPlace.set(placeKey(cell.row, cell.column), cell);
      grid.titles.set(cell, titleKey(cell.text));
    }
    return grid;
  }

  place(cell: Cell): CellPlace {
    return { sheet: this.sheet.name, cell };
  }

  /** The text of the cell as a title: see `titleKey`. */
  titleOf(cell: Cell): string {
    return this.titles.get(cell) ?? titleKey(cell.text);
  }

  /** The cell at a place. All places of merged cells have the cell at their upper left. */
  at(row: number, column: number | undefined): CellPlace | undefined {
    if (column === undefined) return undefined;
    const own = this.byPlace.get(placeKey(row, column));
    if (own !== undefined) return this.place(own);
    const area = this.merged.around(row, column);
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

/** No sheet has as many columns. */
const COLUMNS = 100_000;

const placeKey = (row: number, column: number): number => row * COLUMNS + column;
