import { setImmediate as nextTurn } from 'node:timers/promises';
import { scan } from '../../src/change-feed/scan';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { Change } from '../../src/read-model/change';
import { storedEvent } from '../support/change';
import { LARGE_CHANGES, LARGE_HEAD, storeOfLargeChanges } from '../support/large-changes';

/** More than two batches of a scan, at positions with gaps. One change in a hundred is of department B. */
const COUNT = 2_500;
const changes: Change[] = Array.from({ length: COUNT }, (_, index) => ({
  event: storedEvent({ position: BigInt(index + 1) * 10n, stream: `mingjian-department-${index}` }),
  entity: { entityType: 'DEPARTMENT', code: String(index) },
  department: index % 100 === 99 ? 'B' : 'A',
  sequence: BigInt(index + 1),
  recordedAt: index,
}));
const HEAD = BigInt(COUNT) * 10n;

let store: MemoryTemporalStore;
beforeAll(async () => {
  store = new MemoryTemporalStore();
  await store.write(changes.map((change) => ({ change, documents: [], members: [] })));
});

const all = () => true;
const of =
  (department: string) =>
  (change: Change): boolean =>
    change.department === department;

const sequences = (found: readonly Change[]): number[] => found.map(({ sequence }) => Number(sequence));

test('a scan continues over the ends of its batches, up to the end of its range', async () => {
  const {
    changes: found,
    position,
    more,
  } = await scan(store, all, { after: 0n, upTo: HEAD, limit: COUNT, maxBytes: Infinity });
  expect(sequences(found)).toEqual(changes.map((_, index) => index + 1));
  expect({ position, more }).toEqual({ position: HEAD, more: false });
});

test.each([1, 999, 1_000, 1_001])(
  'pages of %i give the whole, each resuming at the position of the one before',
  async (limit) => {
    const found: number[] = [];
    for (let after = 0n, more = true; more;) {
      const page = await scan(store, all, { after, upTo: HEAD, limit, maxBytes: Infinity });
      expect(page.changes.length).toBeLessThanOrEqual(limit);
      found.push(...sequences(page.changes));
      ({ position: after, more } = page);
    }
    expect(found).toEqual(changes.map((_, index) => index + 1));
  },
);

test('a filter that matches little is scanned over several batches, and nothing comes twice', async () => {
  const first = await scan(store, of('B'), { after: 0n, upTo: HEAD, limit: 20, maxBytes: Infinity });
  const second = await scan(store, of('B'), { after: first.position, upTo: HEAD, limit: 20, maxBytes: Infinity });
  const expected = Array.from({ length: 25 }, (_, index) => (index + 1) * 100);
  expect([...sequences(first.changes), ...sequences(second.changes)]).toEqual(expected);
  expect([first.more, second.more]).toEqual([true, false]);
});

test('a filter that matches nothing still moves the position to resume at', async () => {
  const scanned = await scan(store, of('C'), { after: 5n, upTo: HEAD - 1n, limit: 10, maxBytes: Infinity });
  expect(scanned).toEqual({ changes: [], position: HEAD - 1n, more: false });
});

test('a range that is empty or reversed leaves the position unchanged', async () => {
  expect(await scan(store, all, { after: HEAD, upTo: HEAD, limit: 10, maxBytes: Infinity })).toEqual({
    changes: [],
    position: HEAD,
    more: false,
  });
  expect(await scan(store, all, { after: HEAD, upTo: 10n, limit: 10, maxBytes: Infinity })).toEqual({
    changes: [],
    position: HEAD,
    more: false,
  });
});

test('the scan yields to the event loop after each batch, even if the store answers synchronously', async () => {
  // The turns of an earlier test are over.
  await nextTurn();
  await nextTurn();
  const lookedAtInTurn = [0];
  const otherWork = () => {
    lookedAtInTurn.push(0);
    immediate = setImmediate(otherWork);
  };
  let immediate = setImmediate(otherWork);
  const none = () => {
    lookedAtInTurn[lookedAtInTurn.length - 1]! += 1;
    return false;
  };
  await scan(store, none, { after: 0n, upTo: HEAD, limit: 999, maxBytes: Infinity });
  clearImmediate(immediate);
  expect(lookedAtInTurn).toEqual([1_000, 1_000, 500]);
});

test('a scan that one batch answers does not yield', async () => {
  let othersHadATurn = false;
  const immediate = setImmediate(() => (othersHadATurn = true));
  await scan(store, all, { after: 0n, upTo: HEAD, limit: 20, maxBytes: Infinity });
  clearImmediate(immediate);
  expect(othersHadATurn).toBe(false);
});

test('a scan of large changes fetches a few at a time, and ends when those that it found have enough bytes', async () => {
  const { store: large, fetched } = await storeOfLargeChanges();
  const found: bigint[] = [];
  for (let after = 0n, more = true; more;) {
    const page = await scan(large, all, { after, upTo: LARGE_HEAD, limit: 200, maxBytes: 4_000_000 });
    expect(page.changes.length).toBeLessThanOrEqual(8);
    found.push(...page.changes.map(({ sequence }) => sequence));
    ({ position: after, more } = page);
  }
  expect(found).toEqual(LARGE_CHANGES.map(({ sequence }) => sequence));
  expect(Math.max(...fetched)).toBe(3);
});

test('a scan that finds little among large changes ends after 64 MiB, and can be resumed', async () => {
  const { store: large } = await storeOfLargeChanges();
  // Each change is read four times, as if there were 160 of them.
  const changesOnce = large.changes.bind(large);
  const lap = (position: bigint) => (position / LARGE_HEAD) * LARGE_HEAD;
  large.changes = ({ after, upTo, ...rest }) => {
    const start = lap(after);
    const end = upTo - start > LARGE_HEAD ? LARGE_HEAD : upTo - start;
    return changesOnce({ after: after - start, upTo: end, ...rest }).map((change) => ({
      ...change,
      event: { ...change.event, position: change.event.position + start },
    }));
  };
  const range = { upTo: 4n * LARGE_HEAD, limit: 10, maxBytes: 1_000_000 };
  const first = await scan(large, of('C'), { after: 0n, ...range });
  expect([first.changes.length, first.more, first.position > 130n, first.position < 140n]).toEqual([
    0,
    true,
    true,
    true,
  ]);
  expect(await scan(large, of('C'), { after: first.position, ...range })).toEqual({
    changes: [],
    position: range.upTo,
    more: false,
  });
});
