import type { ParquetWriter } from 'hyparquet-writer';
import { readYuan } from '../../../kernel/money';
import { Column, ColumnType } from '../../../reading/tables/table';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** Fen is 10^-2 yuan, and 38 digits are the most that readers support. */
const MONEY = { scale: 2, precision: 38 };

/** How a type is stored. Decimals that are no money have any number of digits: they are texts. */
const STORED = {
  TEXT: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  DECIMAL: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  MONEY: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', ...MONEY },
  DATE: { type: 'INT32', converted_type: 'DATE' },
  INSTANT: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' } },
  INTEGER: { type: 'INT32' },
  BOOLEAN: { type: 'BOOLEAN' },
  JSON: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
} as const satisfies Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>>;

export const schemaOf = (columns: readonly Column[]): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...STORED[type] })),
];

const DAY_MS = 86_400_000;

/** The value in the form that the writer takes; null if there is none. */
export function storedIn(column: Column, row: unknown): unknown {
  switch (column.type) {
    case 'MONEY': {
      const yuan = column.valueOf(row) ?? null;
      // The writer converts numbers by floating point, which is not exact; of a bigint it takes the digits as they are.
      return yuan === null ? null : readYuan(yuan);
    }
    case 'DATE': {
      const day = column.valueOf(row) ?? null;
      return day === null ? null : Date.parse(day) / DAY_MS;
    }
    case 'INSTANT': {
      const at = column.valueOf(row) ?? null;
      return at === null ? null : BigInt(at);
    }
    default:
      return column.valueOf(row) ?? null;
  }
}
