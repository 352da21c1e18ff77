/** The plane of both clocks. Columns follow the known clock, rows the effective clock. */
export interface Axes {
  /** The changes, in order of recording. A column shows what was known from its change until the next one. */
  readonly known: readonly DatedChange[];
  /** Instants in RFC 3339, in order. Row 0 lies before the first one; row n is from instant n - 1 until the next one. */
  readonly effective: readonly string[];
}

export interface DatedChange {
  readonly position: string;
  readonly recordedAt: string;
  readonly effectiveAt: string;
  /** What the event says. A correction may say another effective date. */
  readonly data: unknown;
}

export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** The axes on which everything lies that the changes say. Changes are in order of recording. */
export function axesOf(changes: readonly DatedChange[]): Axes {
  const instants = new Set(changes.flatMap((change) => [change.effectiveAt, ...correctedDateIn(change.data)]));
  return { known: changes, effective: [...instants].sort(compareInstants) };
}

const correctedDateIn = (data: unknown): readonly string[] =>
  typeof data === 'object' && data !== null && 'effectiveAt' in data && typeof data.effectiveAt === 'string'
    ? [data.effectiveAt]
    : [];

/** The cell that a moment lies in; undefined if nothing was known yet. Without `effectiveAt`, all facts count. */
export function cellAt({ known, effective }: Axes, position: bigint, effectiveAt?: string): Cell | undefined {
  const column = known.findLastIndex((change) => BigInt(change.position) <= position);
  if (column < 0) return undefined;
  const row =
    effectiveAt === undefined
      ? effective.length
      : effective.findLastIndex((instant) => compareInstants(instant, effectiveAt) <= 0) + 1;
  return { column, row };
}

/** A moment within the cell, to ask the API about it. */
export function momentIn({ known, effective }: Axes, { column, row }: Cell): CellMoment {
  const { position } = known[column] as DatedChange;
  const [first] = effective;
  const instant = effective[row - 1] ?? (first === undefined ? undefined : justBefore(first));
  return instant === undefined ? { position } : { position, effectiveAt: instant };
}

export interface CellMoment {
  readonly position: string;
  readonly effectiveAt?: string;
}

const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

const compareInstants = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

/** All cells, column by column. */
export const cellsOf = ({ known, effective }: Axes): readonly Cell[] =>
  known.flatMap((_, column) => Array.from({ length: effective.length + 1 }, (_row, row) => ({ column, row })));

/** Cells that lie together and have the same value. The ends are exclusive. */
export interface Rectangle {
  readonly column: number;
  readonly row: number;
  readonly columnEnd: number;
  readonly rowEnd: number;
  readonly value: string;
}

/** Divides the plane into rectangles of one value each. Every cell is in exactly one of them. `values` has the rows of each column. */
export function rectanglesOf(values: readonly (readonly string[])[]): readonly Rectangle[] {
  const rows = values[0]?.length ?? 0;
  const taken = values.map(() => new Set<number>());
  const found: Rectangle[] = [];
  for (let column = 0; column < values.length; column++) {
    for (let row = 0; row < rows; row++) {
      if (taken[column]?.has(row) === true) continue;
      const value = values[column]?.[row] as string;
      const isFree = (c: number, r: number): boolean => values[c]?.[r] === value && taken[c]?.has(r) === false;
      let rowEnd = row + 1;
      while (rowEnd < rows && isFree(column, rowEnd)) rowEnd++;
      let columnEnd = column + 1;
      while (columnEnd < values.length && allOf(row, rowEnd, (r) => isFree(columnEnd, r))) columnEnd++;
      for (let c = column; c < columnEnd; c++) for (let r = row; r < rowEnd; r++) taken[c]?.add(r);
      found.push({ column, row, columnEnd, rowEnd, value });
    }
  }
  return found;
}

function allOf(from: number, to: number, holds: (index: number) => boolean): boolean {
  for (let index = from; index < to; index++) if (!holds(index)) return false;
  return true;
}
