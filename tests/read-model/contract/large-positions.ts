import { BEFORE_ALL } from '../../../src/read-model/change';
import { ProjectedChange } from '../../../src/read-model/temporal-store';
import { CurrentHarness } from './harness';
import { around, changesOf, cutOf, keyOf, Script, versionsOf } from './script';

/**
 * Neighbours that are equal as floating-point numbers, lengths that sort differently as texts, and the largest position of a
 * log.
 */
const POSITIONS = [
  9n,
  10n,
  99n,
  100n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 53n + 2n,
  999_999_999_999_999_999n,
  1_000_000_000_000_000_000n,
  2n ** 63n - 2n,
  2n ** 63n - 1n,
];

export function describeLargePositions(current: CurrentHarness): void {
  describe('positions of 64 bits', () => {
    it('are compared exactly in every kind of read', async () => {
      const { store } = current();
      const batch = new Script().all(
        POSITIONS.map((position) => ({
          position,
          recordedAt: 1_700_000_000_000,
          documents: ['D1.2023'],
          members: { BUDGET: [`at-${String(position)}`] },
        })),
      );
      for (const projected of batch) {
        await store.write([projected]);
        expect(await store.checkpoint()).toEqual(cutOf(projected));
      }
      await store.markServing();
      await store.waitForWatermark(POSITIONS.at(-1)!, 0);
      const all = versionsOf('D1.2023', batch);
      const isUpTo = (at: bigint) => (projected: ProjectedChange) => projected.change.event.position <= at;

      for (const at of around(POSITIONS).filter((position) => position < 2n ** 63n)) {
        const written = batch.filter(isUpTo(at));
        const last = written.at(-1);
        expect(await store.versions([keyOf('D1.2023')], at)).toEqual([all[written.length - 1]]);
        expect(await store.walk(keyOf('D1.2023'), { after: 0n, upTo: at })).toEqual(all.slice(0, written.length));
        expect(await store.walk(keyOf('D1.2023'), { after: at, upTo: 2n ** 63n - 1n })).toEqual(
          all.slice(written.length),
        );
        expect(await store.changes({ after: at, upTo: 2n ** 63n - 1n })).toEqual(
          changesOf(batch).slice(written.length),
        );
        expect(await store.members('BUDGET', at, {})).toHaveLength(written.length);
        expect(await store.pointAt({ position: at })).toEqual(last === undefined ? BEFORE_ALL : cutOf(last));
      }
      expect(await store.pointAt({ time: 1_700_000_000_000 })).toEqual(cutOf(batch.at(-1)!));
    });
  });
}
