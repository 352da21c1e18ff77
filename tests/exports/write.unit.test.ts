import { write } from '../../src/exports/write';
import { Change } from '../../src/read-model/change';
import { Format } from '../../src/exports/formats/format';
import { LARGE_CHANGES, LARGE_HEAD, storeOfLargeChanges } from '../support/large-changes';

const format: Format<Change> = {
  contentType: 'text/plain',
  start: '[',
  item: ({ sequence, event }) => `${String(sequence)}:${(event.data as { memo: string }).memo};`,
  end: (position) => `]${String(position)}`,
};
const RANGE = {
  wants: () => true,
  itemOf: (change: Change) => change,
  after: 0n,
  upTo: LARGE_HEAD,
  signal: new AbortController().signal,
  owner: 'u-1',
};

test('an export fetches large changes a few at a time, when the text of those before was taken', async () => {
  const { store, fetched } = await storeOfLargeChanges();
  const text = write({ store, ...RANGE }, format);
  const sizes: number[] = [];
  let all = '';
  for await (const piece of text) {
    sizes.push(piece.length);
    all += piece;
    // Nothing is fetched ahead.
    const sent = sizes.length;
    expect(fetched.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(sent + 3);
  }
  expect(Math.max(...fetched)).toBe(3);
  expect(Math.max(...sizes)).toBeLessThan(600_000);
  const memo = 'x'.repeat(500_000);
  expect(all === `[${LARGE_CHANGES.map(({ sequence }) => `${String(sequence)}:${memo};`).join('')}]40`).toBe(true);
});

test('an export with a limit ends at its last change', async () => {
  const { store, fetched } = await storeOfLargeChanges();
  let all = '';
  for await (const piece of write({ store, ...RANGE, limit: 4 }, format)) all += piece;
  expect([all.slice(-2), fetched]).toEqual([']4', [3, 3]]);
});

test('an export whose client is gone fetches and writes nothing more, even within a batch', async () => {
  const { store, fetched } = await storeOfLargeChanges();
  const gone = new AbortController();
  const text = write({ store, ...RANGE, signal: gone.signal }, format);
  await text.next();
  gone.abort();
  await expect(text.next()).rejects.toThrow('Nobody waits for the answer');
  expect(fetched).toEqual([3]);
});
