import * as fc from 'fast-check';
import { pauseBefore } from '../../web/src/api/live/backoff';
import { Connect, follow } from '../../web/src/api/live/follow';
import { LiveState } from '../../web/src/api/live/live-state';
import { pacedBody } from '../../web/src/api/live/paced-body';
import { changeFilterOf, filterTextsOf } from '../../web/src/changes/change-filter';
import { FeedBuffer } from '../../web/src/views/feed/feed-buffer';
import { daysLate, rowOf } from '../../web/src/views/feed/feed-row';
import { startOf } from '../../web/src/views/feed/start';
import { windowOf } from '../../web/src/views/feed/window';

/** How the page follows the feed. */

test('the buffer keeps the newest rows under their own numbers, and never more than its capacity', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 40 }), (capacity, count) => {
      const buffer = new FeedBuffer<number>(capacity);
      for (let row = 0; row < count; row++) buffer.add(row);
      expect(buffer.end).toBe(count);
      expect(buffer.end - buffer.start).toBe(Math.min(count, capacity));
      for (let number = -1; number <= count; number++) {
        const isKept = number >= buffer.start && number < count;
        expect(buffer.at(number)).toBe(isKept ? number : undefined);
      }
      buffer.clear();
      expect([buffer.start, buffer.end, buffer.at(0)]).toEqual([0, 0, undefined]);
    }),
  );
});

test('the window has every row in sight, few others, and none that there is not', () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.nat(400_000), fc.nat(2_000), (count, scrollTop, height) => {
      const rowHeight = 56;
      const { from, to } = windowOf({ scrollTop, height, rowHeight, count });
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(count);
      expect(to - from).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 10);
      for (let row = 0; row < count; row += 7) {
        const isInSight = (row + 1) * rowHeight > scrollTop && row * rowHeight < scrollTop + height;
        if (isInSight) expect(from <= row && row < to).toBe(true);
      }
    }),
  );
});

test('the pause before a new try grows up to half a minute, and is never none', () => {
  expect([0, 1, 2, 3].map((tries) => pauseBefore(tries, () => 1))).toEqual([500, 1_000, 2_000, 4_000]);
  expect(pauseBefore(60, () => 1)).toBe(30_000);
  expect(pauseBefore(60, () => 0)).toBe(15_000);
});

interface Item {
  readonly position: string;
  readonly mark?: 'CAUGHT_UP' | 'PROGRESS' | 'LAGGED';
}

const failure = (code: string) => ({ code, message: code, extensions: {} });

/** Plays connections one after the other: what each sends and how it ends. */
async function played(connections: readonly { items: readonly Item[]; end?: string }[]) {
  const afters: string[] = [];
  const got: string[] = [];
  const states: LiveState['kind'][] = [];
  const pauses: number[] = [];
  let signedOut = 0;
  const controller = new AbortController();
  const left = [...connections];
  const connect: Connect<Item> = (after, { onConnected, onItem }) => {
    afters.push(after);
    const connection = left.shift();
    if (connection === undefined) {
      controller.abort();
      return Promise.resolve(undefined);
    }
    onConnected();
    connection.items.forEach(onItem);
    return Promise.resolve(connection.end === undefined ? undefined : failure(connection.end));
  };
  await follow<Item>({
    after: '0',
    connect,
    markOf: ({ mark }) => (mark === undefined ? undefined : { kind: mark }),
    onChange: ({ position }) => got.push(position),
    onState: ({ kind }) => states.push(kind),
    onSignedOut: () => signedOut++,
    pause: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    signal: controller.signal,
  });
  return { afters, got, states, pauses, signedOut };
}

test('after a lost connection the feed goes on after the last item, also if that was a mark', async () => {
  const { afters, got, states } = await played([
    { items: [{ position: '3' }, { position: '5' }, { position: '5', mark: 'CAUGHT_UP' }], end: 'UNREACHABLE' },
    { items: [{ position: '9', mark: 'PROGRESS' }] },
    { items: [{ position: '11' }], end: 'UNAVAILABLE' },
  ]);
  expect(afters).toEqual(['0', '5', '9', '11']);
  expect(got).toEqual(['3', '5', '11']);
  expect(states.slice(0, 5)).toEqual(['CONNECTING', 'CATCHING_UP', 'LIVE', 'WAITING', 'CONNECTING']);
});

test('a reader that lagged comes back at once, and one that gets nothing waits longer each time', async () => {
  const lagged = await played([{ items: [{ position: '4', mark: 'LAGGED' }] }]);
  expect([lagged.afters, lagged.pauses]).toEqual([['0', '4'], []]);
  const { pauses } = await played([1, 2, 3, 4].map(() => ({ items: [], end: 'UNREACHABLE' })));
  expect(pauses.every((pause, index) => index === 0 || pause > (pauses[index - 1] ?? 0))).toBe(true);
});

test('a feed that the server refuses ends, and a token that has ended says so', async () => {
  const refused = await played([{ items: [], end: 'AS_OF_IN_FUTURE' }]);
  expect([refused.states.at(-1), refused.signedOut, refused.pauses]).toEqual(['STOPPED', 0, []]);
  const ended = await played([{ items: [{ position: '2' }], end: 'UNAUTHENTICATED' }]);
  expect([ended.states.at(-1), ended.signedOut]).toEqual(['STOPPED', 1]);
});

test('a body is passed on unchanged, and the page draws a frame in between when it has read long enough', async () => {
  let clock = 0;
  let frames = 0;
  let parts = 0;
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
  const body = new Blob([bytes.subarray(0, 70_000), bytes.subarray(70_000)]).stream();
  const paced = pacedBody(body, {
    onPart: () => parts++,
    now: () => (clock += 2),
    pause: () => {
      frames++;
      return Promise.resolve();
    },
  });
  expect(new Uint8Array(await new Response(paced).arrayBuffer())).toEqual(bytes);
  expect(parts).toBeGreaterThan(0);
  expect(frames).toBeGreaterThan(1);
});

test('a feed without a beginning starts a hundred changes before the head, also on an empty ledger', () => {
  const timeline = Array.from({ length: 150 }, (_, index) => ({ position: String(index + 1) }));
  const known = { head: '150', timeline, begin: '0', state: 'READ' } as const;
  expect(startOf(known)).toBe('50');
  expect(startOf({ ...known, timeline: timeline.slice(0, 3) })).toBe('0');
  expect(startOf({ ...known, head: '0', timeline: [] })).toBe('0');
  expect(startOf({ ...known, state: 'READING' })).toBe('50');
  expect(startOf({ ...known, timeline: timeline.slice(0, 3), state: 'READING' })).toBeUndefined();
  expect(startOf({ ...known, head: undefined })).toBeUndefined();
  // The person may read few of very many.
  expect(startOf({ ...known, timeline: timeline.slice(0, 3), begin: '90' })).toBe('90');
  expect(startOf({ ...known, timeline: [], state: 'FAILED' })).toBe('150');
});

test('a filter is what the address says of it', () => {
  const texts = filterTextsOf({ department: 'D1', year: '2023', kind: '', corrections: 'yes', late: '30', after: '5' });
  expect(texts).toEqual({ department: 'D1', year: '2023', corrections: 'yes', late: '30' });
  expect(changeFilterOf(texts)).toEqual({
    departments: ['D1'],
    fiscalYears: [2023],
    corrections: true,
    lateByDays: 30,
  });
  // null would be no filter: the server says what is wrong.
  expect(JSON.parse(JSON.stringify(changeFilterOf({ year: 'x', late: '1e9' })))).toEqual({
    fiscalYears: ['x'],
    lateByDays: '1e9',
  });
  expect(changeFilterOf({ kind: 'TASK', type: 'TaskPlanned', actor: 'li' })).toEqual({
    entityTypes: ['TASK'],
    types: ['TaskPlanned'],
    actors: ['li'],
  });
});

test('a row keeps the amount and the line of a change, not all of its data', () => {
  const change = {
    eventId: 'e',
    position: '1',
    type: 'ExpenditureRecorded',
    entityType: 'BUDGET',
    entity: 'D1.2023',
    department: 'D1',
    fiscalYear: 2023,
    recordedAt: '2023-07-01T00:00:00.000Z',
    effectiveAt: '2023-06-30T00:00:00.000Z',
    documentNo: null,
    reason: null,
    actor: { sub: 'li', name: null },
  } as const;
  const row = rowOf({ ...change, data: { amount: '12.50', line: 'A', memo: 'x'.repeat(20_000) } });
  expect(row).toEqual({ ...change, amount: '12.50', line: 'A' });
  expect(rowOf({ ...change, data: { amount: '1e3' } }).amount).toBeUndefined();
  expect(rowOf({ ...change, data: null })).toEqual({ ...change, amount: undefined, line: undefined });
  expect(daysLate(row)).toBeUndefined();
  expect(daysLate({ recordedAt: '2023-08-01T00:00:00.000Z', effectiveAt: '2023-06-30T00:00:00.000Z' })).toBe(32);
});
