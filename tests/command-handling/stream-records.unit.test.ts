import { FoldedTo, StreamRecords } from '../../src/command-handling/stream-records';
import { StoredEvent } from '../../src/event-store/envelope';

/** Counts the events of a stream. */
const counting = {
  entityType: 'PURSE',
  evolve: (before: { readonly events: number } | undefined) => ({ events: (before?.events ?? 0) + 1 }),
};

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
  return new StreamRecords(log, 10, { heldElsewhere });
}

test('a record that another part of the process holds up to the same event takes the place of an equal one', async () => {
  const held = { events: 2 };
  const asked: FoldedTo[] = [];
  const records = recordsOf([event(0n), event(1n)], (last) => {
    asked.push(last);
    return held;
  });
  const { record, revision } = await records.read(STREAM, counting);
  expect(record).toBe(held);
  expect(revision).toBe(1n);
  expect(asked).toEqual([{ stream: STREAM, id: 'e1', revision: 1n, position: 11n }]);
});

test('a later event is folded onto the record that was taken over', async () => {
  const events = [event(0n)];
  const records = recordsOf(events, ({ revision }) => (revision === 0n ? { events: 100 } : undefined));
  await records.read(STREAM, counting);
  events.push(event(1n));
  expect((await records.read(STREAM, counting)).record).toEqual({ events: 101 });
});

test('nobody is asked about a stream without events', async () => {
  const records = recordsOf([], () => {
    throw new Error('asked');
  });
  expect((await records.read(STREAM, counting)).record).toBeUndefined();
});
