import { Area, Sheet, SheetCell, SheetColumn } from '../formats/xlsx/sheet';

/** Puts rows under each other. */
export class SheetBuilder {
  private readonly rows: (readonly SheetCell[])[] = [];
  private readonly merges: Area[] = [];

  constructor(
    private readonly name: string,
    private readonly columns: readonly SheetColumn[],
  ) {}

  /** The number of the row that comes next, from 0. */
  get next(): number {
    return this.rows.length;
  }

  /** The last column that is printed. */
  get lastShown(): number {
    return this.columns.findLastIndex(({ hidden }) => hidden !== true);
  }

  add(cells: readonly SheetCell[]): void {
    this.rows.push(cells);
  }

  /** A cell over several columns. The cells under it keep the borders. */
  addWide(left: number, right: number, cell: Omit<SheetCell, 'column'>, before: readonly SheetCell[] = []): void {
    const top = this.next;
    if (right > left) this.merges.push({ top, left, bottom: top, right });
    const covered = Array.from({ length: right - left }, (_, index) => ({
      column: left + 1 + index,
      style: cell.style,
    }));
    this.add([...before, { ...cell, column: left }, ...covered]);
  }

  get sheet(): Sheet {
    return { name: this.name, columns: this.columns, rows: this.rows, merges: this.merges };
  }
}
