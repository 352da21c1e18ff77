import { csvField } from '../kernel/csv';
import { Dataset } from './dataset';
import { Row, textOf } from './field';

/** RFC 4180 in UTF-8 without a byte order mark. Cells are written as they are: what begins with = is still a text, not a formula. */
export async function* csvOf({ fields }: Dataset, rows: AsyncIterable<Row>): AsyncGenerator<string> {
  yield line(fields.map(({ name }) => name));
  for await (const row of rows) yield line(fields.map((field) => textOf(field, row) ?? ''));
}

const line = (cells: readonly string[]): string => `${cells.map(csvField).join(',')}\r\n`;
