import { FoldedTo, StreamRecords } from '../../src/command-handling/stream-records';
import { StoredEvent } from '../../src/event-store/envelope';

/** Counts the events of a stream. */
const counting = {
  entityType: 'PURSE',
  evolve: (before: { readonly events: number } | undefined) => ({ events: (before?.events ?? 0) + 1 }),
};

const PURSE = { entityType: 'PURSE', code: 'P1' };
const STREAM = 'purse-P1';

const event = (revision: bigint): StoredEvent => ({
  id: `e${revision}`,
  type: 'CoinsAdded',
  data: {},
  metadata: { schemaVersion: 1, effectiveAt: '2023-01-01T00:00:00.000Z', actor: { sub: 'u-1' } },
  stream: STREAM,
  revision,
  position: 10n + revision,
  storedAt: 0,
});

function recordsOf(events: readonly StoredEvent[], heldElsewhere: (last: FoldedTo) => unknown): StreamRecords {
  const log = {
    async *readStream(_stream: string, from = 0n) {
      await Promise.resolve();
      yield* events.slice(Number(from));
    },
  };
  return new StreamRecords({ log, streams: { streamOf: () => STREAM }, homeOf: () => 'D1', heldElsewhere }, 10);
}

test('a record that another part of the process holds up to the same event takes the place of an equal one', async () => {
  const held = { events: 2 };
  const asked: FoldedTo[] = [];
  const records = recordsOf([event(0n), event(1n)], (last) => {
    asked.push(last);
    return held;
  });
  const { record, revision } = await records.read(PURSE, counting);
  expect(record).toBe(held);
  expect(revision).toBe(1n);
  expect(asked).toEqual([{ stream: STREAM, id: 'e1', revision: 1n, position: 11n }]);
});

test('a later event is folded onto the record that was taken over', async () => {
  const events = [event(0n)];
  const records = recordsOf(events, ({ revision }) => (revision === 0n ? { events: 100 } : undefined));
  await records.read(PURSE, counting);
  events.push(event(1n));
  expect((await records.read(PURSE, counting)).record).toEqual({ events: 101 });
});

test('nobody is asked about a stream without events', async () => {
  const records = recordsOf([], () => {
    throw new Error('asked');
  });
  expect((await records.read(PURSE, counting)).record).toBeUndefined();
});

describe('what the caller may not see', () => {
  const D1 = (department: string): boolean => department === 'D1';
  const D2 = (department: string): boolean => department === 'D2';

  /** The records of a purse of D1 that has two events, or of none, and what is read from the log. */
  function watched(events: readonly StoredEvent[]) {
    const reads: number[] = [];
    const log = {
      async *readStream(_stream: string, from = 0n) {
        await Promise.resolve();
        const read = reads.push(0) - 1;
        for (const each of events.slice(Number(from))) {
          reads[read]!++;
          yield each;
        }
      },
    };
    const records = new StreamRecords({ log, streams: { streamOf: () => STREAM }, homeOf: () => 'D1' }, 10);
    return { records, reads };
  }
  const there = () => watched([event(0n), event(1n)]);
  const nothing = () => watched([]);

  test('is as if it was not there, but its code is taken', async () => {
    const { records } = there();
    const { isHidden, ...hidden } = await records.read(PURSE, counting, D2);
    expect(isHidden).toBe(true);
    expect(hidden).toEqual(await nothing().records.read(PURSE, counting, D2));
    expect((await records.read(PURSE, counting, D1)).record).toEqual({ events: 2 });
    expect((await records.read(PURSE, counting, D2)).record).toBeUndefined();
  });

  test('is no reference, and what the caller sees is one', async () => {
    const { records } = there();
    expect(await records.existingIn('D2', [PURSE])).toEqual(new Set());
    expect(await records.existingIn('D1', [PURSE])).toEqual(new Set([STREAM]));
    expect(await nothing().records.existingIn('D1', [PURSE])).toEqual(new Set());
  });

  test('takes one read each time, as what does not exist, and the first reads one event', async () => {
    for (const [{ records, reads }, first] of [
      [there(), 1],
      [nothing(), 0],
    ] as const) {
      await records.read(PURSE, counting, D2);
      await records.read(PURSE, counting, D2);
      await records.existingIn('D2', [PURSE]);
      expect(reads).toEqual([first, 0, 0]);
    }
  });

  test('stays hidden when others have read it, whatever is still cached', async () => {
    const { records, reads } = there();
    await records.read(PURSE, counting, D1);
    reads.length = 0;
    expect((await records.read(PURSE, counting, D2)).isHidden).toBe(true);
    expect(reads).toEqual([0]);
  });
});
