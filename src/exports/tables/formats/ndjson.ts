import { Json } from '../../../kernel/json';
import { formatInstant } from '../../../kernel/time';
import { Column } from '../../../reading/tables/table';
import { TableFormat } from './format';
import { textOf } from './text';

export const ndjson: TableFormat = {
  extension: 'ndjson',
  contentType: 'application/x-ndjson; charset=utf-8',
  write: (source) =>
    textOf(source, {
      start: '',
      item: (row) =>
        `${JSON.stringify(Object.fromEntries(source.columns.map((column) => [column.name, jsonOf(column, row)])))}\n`,
      end: (position) => `${JSON.stringify({ kind: 'END', position: position.toString() })}\n`,
    }),
};

/** The value as GraphQL answers it: amounts and other decimals are texts. */
function jsonOf(column: Column, row: unknown): Json {
  const value = column.valueOf(row) ?? null;
  return column.type === 'INSTANT' && typeof value === 'number' ? formatInstant(value) : value;
}
