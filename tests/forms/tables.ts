import { Area, Cell, Sheet, Workbook } from '../../src/forms/workbook';

type Value = string | number | null;

/** A sheet from its rows; null is an empty cell. */
export function sheetOf(name: string, rows: readonly (readonly Value[])[], merges: readonly Area[] = []): Sheet {
  const cells = rows.flatMap((values, row) =>
    values.flatMap((value, column): Cell[] => {
      if (value === null || value === '') return [];
      const text = String(value);
      return [{ row, column, shown: text, text, ...(text.startsWith('#') ? { isError: true as const } : {}) }];
    }),
  );
  return { name, hidden: false, cells, merges };
}

export const workbookOf = (...sheets: Sheet[]): Workbook => ({ sheets });
