import { InputObject } from '../../input/field';
import { Json } from '../../kernel/json';
import { Instant, LocalDate } from '../../kernel/time';
import { Scope } from '../scope';

/** What a column can hold. A row without a value has null or undefined there. */
export interface ColumnValues {
  readonly TEXT: string;
  /** An exact amount in yuan. */
  readonly MONEY: string;
  readonly DECIMAL: string;
  readonly DATE: LocalDate;
  readonly INSTANT: Instant;
  readonly INTEGER: number;
  readonly BOOLEAN: boolean;
  readonly JSON: Json;
}

export type ColumnType = keyof ColumnValues;

interface ColumnOf<Row, Type extends ColumnType> {
  /** As GraphQL names the field, if it has one. */
  readonly name: string;
  readonly type: Type;
  valueOf(row: Row): ColumnValues[Type] | null | undefined;
}

export type Column<Row = unknown> = { [Type in ColumnType]: ColumnOf<Row, Type> }[ColumnType];

/** A kind of entity, or of what is in it, as rows of a table: the state at a scope. */
export interface Table<Row = unknown, Filter = unknown> {
  /** Clients name the table by it: `budgets`. */
  readonly name: string;
  readonly filter: InputObject<Filter>;
  readonly columns: readonly Column<Row>[];
  /** The departments whose rows are wanted; undefined: those of all. */
  departments(filter: Filter): readonly string[] | undefined;
  /** The rows that match, in a fixed order, in pages of a bounded size. A page may be empty. */
  rows(scope: Scope, filter: Filter): AsyncIterable<readonly Row[]>;
}
