import { Area } from '../workbook';

/** Finds the merged area around a place. A file may have thousands of areas, and its reader asks for each empty cell. */
export class MergedAreas {
  /** The areas over a column, from top to bottom: they do not overlap. */
  private readonly byColumn = new Map<number, Area[]>();

  constructor(areas: readonly Area[]) {
    for (const area of [...areas].sort((a, b) => a.top - b.top)) {
      for (let column = area.left; column <= Math.min(area.right, area.left + MOST_COLUMNS); column++) {
        const over = this.byColumn.get(column);
        if (over === undefined) this.byColumn.set(column, [area]);
        else over.push(area);
      }
    }
  }

  around(row: number, column: number): Area | undefined {
    const areas = this.byColumn.get(column) ?? [];
    let [low, high] = [0, areas.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((areas[middle]?.top ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    const last = areas[low - 1];
    return last !== undefined && row <= last.bottom ? last : undefined;
  }
}

/** A file has no cells in more columns, whatever an area says. */
const MOST_COLUMNS = 256;
