import { csv } from '../../../src/exports/tables/formats/csv';
import { ndjson } from '../../../src/exports/tables/formats/ndjson';
import { workerOf } from '../../../src/exports/stopping';
import { Column } from '../../../src/reading/tables/table';

const columns: readonly Column<string>[] = [{ name: 'text', type: 'TEXT', valueOf: (row) => row }];
const text = { byteOrderMark: false, forSpreadsheets: false };
const PAGES = 20;
const ROW = '某单位'.repeat(10_000);

/** A table of large rows, which counts the pages that were read. */
function tableOf(signal: AbortSignal) {
  const table = {
    columns,
    position: 7n,
    worker: workerOf('u-1', signal),
    text,
    read: 0,
    pages: pagesOf(),
  };
  async function* pagesOf() {
    while (table.read < PAGES) {
      table.read++;
      yield await Promise.resolve([ROW, ROW]);
    }
  }
  return table;
}

test.each([csv, ndjson])('$extension: a page is read when the text of those before it was taken', async (format) => {
  const table = tableOf(new AbortController().signal);
  let sent = 0;
  let characters = 0;
  for await (const piece of format.write(table)) {
    characters += piece.length;
    // A piece has at least 65,536 characters, and a page 60,000.
    expect(table.read).toBeLessThanOrEqual(2 * ++sent);
  }
  expect(table.read).toBe(PAGES);
  expect(characters).toBeGreaterThan(PAGES * 2 * ROW.length);
});

test.each([csv, ndjson])('$extension: nothing more is read for a client that is gone', async (format) => {
  const gone = new AbortController();
  const table = tableOf(gone.signal);
  const pieces = format.write(table)[Symbol.asyncIterator]();
  await pieces.next();
  const { read } = table;
  gone.abort();
  await expect(pieces.next()).rejects.toThrow('Nobody waits for the answer');
  expect(table.read).toBeLessThanOrEqual(read + 1);
});
