import { Field, Row } from './field';

/** What the ledger publishes of one kind of thing. Nothing else of a row leaves the program. */
export interface Dataset {
  /** Lower case: the name of its file, and of a resource. */
  readonly name: string;
  /** 中文。English. */
  readonly title: string;
  readonly source: Source;
  readonly fields: readonly Field[];
  /** The fields that no two rows have the same values of. */
  readonly key: readonly string[];
}

export type Source =
  | {
      /** A state export of the server. */
      readonly kind: 'TABLE';
      readonly table: string;
      /** Whether it takes the filter `fiscalYear`. */
      readonly hasYears: boolean;
      /** The row that is published; undefined if it is not to be. */
      readonly published?: (row: Row) => Row | undefined;
    }
  /** Part of this program. */
  | { readonly kind: 'LIST'; readonly rows: readonly Row[] };

/** The rows of a dataset that are published, one by one. */
export type RowsOf = (dataset: Dataset) => AsyncIterable<Row>;
