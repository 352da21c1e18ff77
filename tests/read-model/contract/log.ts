import { BEFORE_ALL, Change } from '../../../src/read-model/change';
import { ProjectedChange } from '../../../src/read-model/temporal-store';
import { CurrentHarness } from './harness';
import { around, changesOf, cutOf, Script, Step } from './script';

/** The clock was at 1,000 for three changes, and at 2,500 for two. */
const STEPS: readonly Step[] = [
  { position: 5n, recordedAt: 1_000 },
  { position: 6n, recordedAt: 1_000 },
  { position: 20n, recordedAt: 1_000 },
  { position: 21n, recordedAt: 1_001 },
  { position: 40n, recordedAt: 2_500 },
  { position: 41n, recordedAt: 2_500 },
];
const POSITIONS = STEPS.map(({ position }) => position);

export function describeLog(current: CurrentHarness): void {
  let batch: readonly ProjectedChange[];

  beforeEach(async () => {
    batch = new Script().all(STEPS);
    await current().store.write(batch);
    await current().store.markServing();
  });

  describe('changes', () => {
    it('returns the changes after one position and up to another, for every pair of positions', async () => {
      for (const after of [0n, ...around(POSITIONS)]) {
        for (const upTo of [0n, ...around(POSITIONS), 1_000_000n]) {
          const inRange = changesOf(batch).filter(({ event: { position } }) => position > after && position <= upTo);
          expect(await current().store.changes({ after, upTo })).toEqual(inRange);
        }
      }
    });

    it.each([0, 1, 2, 3, 4, 5, 100])('returns at most %s, the oldest or the newest, in log order', async (limit) => {
      const range = { after: 5n, upTo: 40n, limit };
      const inRange = changesOf(batch).slice(1, 5);

      expect(await current().store.changes(range)).toEqual(inRange.slice(0, limit));
      expect(await current().store.changes({ ...range, last: true })).toEqual(limit === 0 ? [] : inRange.slice(-limit));
    });

    describe('with a number of bytes', () => {
      const KILOBYTES_10 = { memo: 'x'.repeat(10_000) };
      const large = new Script()
        .all(
          Array.from({ length: 12 }, (_, index) => ({
            position: BigInt(index + 1),
            // Of two documents, and some of none.
            documents: index % 3 === 2 ? [] : [`D${index % 2}.2023`],
          })),
        )
        .map((projected) => ({
          ...projected,
          change: { ...projected.change, event: { ...projected.change.event, data: KILOBYTES_10 } },
        }));

      beforeEach(async () => {
        await current().store.discard();
        await current().store.write(large);
        await current().store.markServing();
      });

      it.each([
        ['three changes', 25_000, 3],
        ['one change, however large it is', 1, 1],
      ])('returns at most %s at a time, and after all of them none', async (_, maxBytes, most) => {
        const found: Change[] = [];
        for (;;) {
          const after = found.at(-1)?.event.position ?? 0n;
          const changes = await current().store.changes({ after, upTo: 12n, limit: 500, maxBytes });
          if (changes.length === 0) break;
          expect(changes.length).toBeLessThanOrEqual(most);
          found.push(...changes);
        }
        expect(found).toEqual(changesOf(large));
      });

      it('returns all of them if they have fewer bytes, and no more than the limit', async () => {
        const range = { after: 0n, upTo: 12n, maxBytes: 10_000_000 };
        expect(await current().store.changes(range)).toEqual(changesOf(large));
        expect(await current().store.changes({ ...range, limit: 5 })).toEqual(changesOf(large).slice(0, 5));
      });
    });
  });

  describe('pointAt', () => {
    it('returns the last event at or below a position', async () => {
      for (const position of [0n, ...around(POSITIONS), 1_000_000n]) {
        const last = batch.findLast(({ change }) => change.event.position <= position);
        expect(await current().store.pointAt({ position })).toEqual(last === undefined ? BEFORE_ALL : cutOf(last));
      }
    });

    it.each([
      ['before all events', -1, undefined],
      ['at the epoch', 0, undefined],
      ['1 ms before the first', 999, undefined],
      ['the last of several with the same time', 1_000, 2],
      ['1 ms after them', 1_001, 3],
      ['between two events', 2_499, 3],
      ['at the last', 2_500, 5],
      ['after the last', 2_501, 5],
      ['in the year 9999', 253_402_300_799_999, 5],
    ])('returns the last event recorded at or before a time: %s', async (_, time, index) => {
      expect(await current().store.pointAt({ time })).toEqual(index === undefined ? BEFORE_ALL : cutOf(batch[index]!));
    });

    it('returns a later event with the same time after it was written', async () => {
      const later = { ...batch[5]!.change, sequence: 7n, event: { ...batch[5]!.change.event, position: 77n } };
      await current().store.write([{ change: later, documents: [], members: [] }]);

      expect(await current().store.pointAt({ time: 2_500 })).toEqual({
        position: 77n,
        sequence: 7n,
        recordedAt: 2_500,
      });
      expect(await current().store.pointAt({ position: 76n })).toEqual(cutOf(batch[5]!));
    });
  });
}
