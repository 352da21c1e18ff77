import { parquet } from '../../../src/exports/tables/formats/parquet';
import { Column } from '../../../src/reading/tables/table';

interface Row {
  readonly code: string;
  readonly amount: string;
}
const columns: readonly Column<Row>[] = [
  { name: 'code', type: 'TEXT', valueOf: ({ code }) => code },
  { name: 'amount', type: 'MONEY', valueOf: ({ amount }) => amount },
];
const ROWS = 20_000;
const text = { byteOrderMark: false, forSpreadsheets: false };
const worker = { requireGoing: () => undefined, took: () => undefined };

test('a long table is written in pieces, each before the rows after it are read', async () => {
  let read = 0;
  async function* pages() {
    for (; read < ROWS; read += 500) {
      yield await Promise.resolve(
        Array.from({ length: 500 }, (_, index) => ({ code: `某单位 ${read + index}`, amount: `${index}.07` })),
      );
    }
  }
  const sizes: number[] = [];
  for await (const piece of parquet.write({ columns, pages: pages(), position: 7n, worker, text })) {
    sizes.push(piece.length);
    // A row group of two columns has 5,000 rows.
    expect(read).toBeLessThanOrEqual(sizes.length * 5_000);
  }
  expect(sizes).toHaveLength(5);
  expect(Math.max(...sizes)).toBeLessThan(200_000);
});

test('nothing is written for a client that is gone', async () => {
  const gone = {
    requireGoing: () => {
      throw new Error('gone');
    },
    took: () => undefined,
  };
  const rows = Array.from({ length: 5_000 }, () => ({ code: 'A', amount: '1.00' }));
  async function* pages() {
    yield await Promise.resolve(rows);
  }
  const pieces = parquet.write({ columns, pages: pages(), position: 7n, worker: gone, text })[Symbol.asyncIterator]();
  await expect(pieces.next()).rejects.toThrow('gone');
});
