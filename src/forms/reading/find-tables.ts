import { FormColumn, FormLayout, FormPart, Titled } from '../layouts/layout';
import { Pausing } from '../../kernel/turns';
import { Cell, Sheet } from '../workbook';
import { Grid } from './grid';
import { titleKey } from './texts';

/** A part of a layout that a sheet has: the row of its titles, and the column of each role. */
export interface FoundTable<Part extends FormPart = FormPart> {
  readonly part: Part;
  readonly grid: Grid;
  readonly sheet: Sheet;
  /** The row of the titles. */
  readonly top: number;
  readonly columns: ReadonlyMap<string, number>;
  readonly titles: readonly Cell[];
}

const SIGNIFICANT = {
  funds: (roles: ReadonlySet<string>) =>
    ['opening', 'revised', 'executed'].filter((role) => roles.has(role)).length >= 2,
  indicators: (roles: ReadonlySet<string>) => roles.has('name') && (roles.has('target') || roles.has('value')),
  tasks: (roles: ReadonlySet<string>) => roles.has('name') && roles.has('content'),
} as const;

type TablePart = Extract<FormPart, { readonly columns: readonly unknown[] }>;

/** A layout has few titles, and a file has many cells that are compared with them. */
const KEYS = new WeakMap<Titled, readonly string[]>();

export function titlesOf(titled: Titled): readonly string[] {
  const known = KEYS.get(titled);
  if (known !== undefined) return known;
  const keys = [titled.title, ...(titled.also ?? [])].map(titleKey);
  KEYS.set(titled, keys);
  return keys;
}

/** The tables of a layout in a sheet, from top to bottom. */
export function* findTables(layout: FormLayout, grid: Grid): Pausing<readonly FoundTable<TablePart>[]> {
  const { sheet } = grid;
  const parts = layout.parts.filter((part): part is TablePart => 'columns' in part);
  const tables: FoundTable<TablePart>[] = [];
  for (const row of grid.rows) {
    yield;
    const found = parts.flatMap((part) => {
      const columns = columnsIn(grid, row, part.columns);
      if (!SIGNIFICANT[part.kind](new Set(columns.keys()))) return [];
      const [first] = row;
      return first === undefined ? [] : [{ part, grid, sheet, top: first.row, columns, titles: row }];
    });
    // A row is the titles of one table: of that which knows most of them.
    tables.push(...found.sort((a, b) => b.columns.size - a.columns.size).slice(0, 1));
  }
  return tables;
}

function columnsIn(
  grid: Grid,
  row: readonly Cell[],
  columns: readonly FormColumn<string>[],
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const cell of row) {
    const key = grid.titleOf(cell);
    const column = columns.find((each) => titlesOf(each).includes(key) && !found.has(each.role));
    if (column !== undefined) found.set(column.role, cell.column);
  }
  return found;
}
