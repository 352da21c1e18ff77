import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { longWork } from '../../../kernel/turns';
import { Column } from '../../../reading/tables/table';
import { TableFormat, TableSource } from './format';
import { schemaOf, storedIn } from './parquet-columns';

/**
 * Parquet, in row groups so small that writing one takes a few milliseconds. At most one is in memory, and what the footer says of
 * those before it: about 40 bytes a row. The footer is written in one turn: smaller groups would make it long.
 */
export const parquet: TableFormat = {
  extension: 'parquet',
  contentType: 'application/vnd.apache.parquet',
  write: bytesOf,
};

/** How many values a row group has, in all columns. */
const GROUP_VALUES = 10_000;

async function* bytesOf({ columns, pages, position, worker }: TableSource): AsyncGenerator<Uint8Array> {
  const output = new Output();
  const file = new ParquetWriter({
    writer: output,
    schema: schemaOf(columns),
    statistics: false,
    kvMetadata: [{ key: 'position', value: position.toString() }],
    createdBy: 'mingjian',
  });
  const groupRows = Math.ceil(GROUP_VALUES / columns.length);
  let rows: unknown[] = [];
  for await (const page of pages) {
    for (const row of page) {
      if (rows.push(row) < groupRows) continue;
      await longWork.next(worker);
      writeGroup(file, columns, rows);
      rows = [];
      yield output.take();
    }
    const turn = longWork.pass(worker);
    if (turn !== undefined) await turn;
  }
  if (rows.length > 0) {
    await longWork.next(worker);
    writeGroup(file, columns, rows);
  }
  void file.finish();
  yield output.take();
}

/** The output is in memory, so the group is written when this returns. */
function writeGroup(file: ParquetWriter, columns: readonly Column[], rows: readonly unknown[]): void {
  const columnData = columns.map((column) => ({
    name: column.name,
    data: rows.map((row) => storedIn(column, row)),
    offsetIndex: false,
  }));
  void file.write({ columnData, rowGroupSize: rows.length });
}

/** What was written since it was last taken. `offset` still counts from the start of the file. */
class Output extends ByteWriter {
  take(): Uint8Array {
    const bytes = this.getBytes().slice();
    this.index = 0;
    return bytes;
  }
}
