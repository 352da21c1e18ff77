import { FormColumn, FormPart } from '../../forms/layouts/layout';
import { SheetColumn } from '../formats/xlsx/sheet';

export type AnyColumn = FormColumn<string>;

export const columnsOf = (part: FormPart): readonly AnyColumn[] => ('columns' in part ? part.columns : []);

/** Texts of forms without a table take this width. */
const LEAST_COLUMNS = 4;
const PLAIN_WIDTH = 16;

/**
 * The columns of a sheet with several parts, each as wide as the widest of its parts wants it. The hidden codes are to the right of all
 * columns that are printed.
 */
export function sheetColumns(parts: readonly FormPart[]): readonly SheetColumn[] {
  const shown = parts.map((part) => columnsOf(part).filter(({ hidden }) => hidden !== true));
  const count = Math.max(LEAST_COLUMNS, ...shown.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, index) => ({
    width: Math.max(...shown.map((columns) => columns[index]?.width ?? 0)) || PLAIN_WIDTH,
  }));
  const hidden = parts.flatMap(columnsOf).find((column) => column.hidden === true);
  return hidden === undefined ? widths : [...widths, { width: hidden.width, hidden: true }];
}

/** In which column of the sheet each role of a part is. */
export function placesOf(part: FormPart, columns: readonly SheetColumn[]): ReadonlyMap<string, number> {
  const shown = columnsOf(part).filter(({ hidden }) => hidden !== true);
  const places = shown.map(({ role }, index): [string, number] => [role, index]);
  const hidden = columnsOf(part).find((column) => column.hidden === true);
  return new Map(hidden === undefined ? places : [...places, [hidden.role, columns.length - 1]]);
}
