import { formatInstant } from '../../../kernel/time';
import { Column } from '../../../reading/tables/table';
import { Cell, csvLine } from '../../formats/csv-line';
import { TableFormat } from './format';
import { textOf } from './text';

export const csv: TableFormat = {
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  write(source) {
    const { columns, text } = source;
    const titles = columns.map(({ name }) => name);
    return textOf(source, {
      start: `${text.byteOrderMark ? '\ufeff' : ''}${csvLine(titles, false)}`,
      item: (row) =>
        csvLine(
          columns.map((column) => cellOf(column, row)),
          text.forSpreadsheets,
        ),
      end: () => '',
    });
  },
};

/** Spreadsheets hold a number of at most this many digits exactly. */
const EXACT_DIGITS = 15;

/** The text of a value; null if there is none. */
function cellOf(column: Column, row: unknown): Cell {
  switch (column.type) {
    case 'TEXT':
    case 'DATE':
      return column.valueOf(row) ?? null;
    case 'MONEY':
    case 'DECIMAL': {
      const value = column.valueOf(row) ?? null;
      const isExact = value !== null && value.replace(/\D/g, '').length <= EXACT_DIGITS;
      return isExact ? { literal: value } : value;
    }
    case 'INSTANT': {
      const value = column.valueOf(row) ?? null;
      return value === null ? null : formatInstant(value);
    }
    case 'INTEGER':
      return column.valueOf(row) ?? null;
    case 'BOOLEAN': {
      const value = column.valueOf(row) ?? null;
      return value === null ? null : { literal: String(value) };
    }
    case 'JSON': {
      const value = column.valueOf(row) ?? null;
      return value === null ? null : JSON.stringify(value);
    }
  }
}
