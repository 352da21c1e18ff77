import { Json } from '../kernel/json';

/** A row of a state export, as NDJSON has it: amounts and other decimals are texts with all their digits. */
export type Row = Readonly<Record<string, Json>>;

/** As Table Schema names it. */
export type FieldType = 'string' | 'number' | 'integer' | 'boolean' | 'date';

/** What is published of a row. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** 中文。English. */
  readonly title: string;
  /** Every row has a value. */
  readonly isRequired?: true;
  /** The column of the row, if it has another name. */
  readonly column?: string;
}

/** The value as a text, the same in every format; undefined if there is none. */
export function textOf({ name, column = name }: Field, row: Row): string | undefined {
  const value = row[column];
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`A row has no ${column} that can be published`);
}
