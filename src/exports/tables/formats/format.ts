import { Worker } from '../../../kernel/turns';
import { Column } from '../../../reading/tables/table';
import { FormatOptions } from '../../formats/format';
import { Piece } from '../../send';

export type TextOptions = Omit<FormatOptions, 'withFields'>;

/** What is written. */
export interface TableSource {
  readonly columns: readonly Column[];
  readonly pages: AsyncIterable<readonly unknown[]>;
  readonly position: bigint;
  readonly worker: Worker;
  readonly text: TextOptions;
}

/** One entry of the list of formats of tables. */
export interface TableFormat {
  /** With which addresses end that answer in it. */
  readonly extension: string;
  readonly contentType: string;
  /** The table in pieces. A piece is made when the client has taken those before it. */
  write(source: TableSource): AsyncIterable<Piece>;
}
