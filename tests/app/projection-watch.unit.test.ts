import { ProjectionWatch } from '../../src/app/metrics/projection-watch';

test('the read models are behind since the first head that they have not reached', async () => {
  let [now, head, watermark]: [number, bigint, bigint | undefined] = [0, 5n, 5n];
  const point = (position: bigint) => ({ position, sequence: position, recordedAt: 0 });
  const watch = new ProjectionWatch({
    now: () => now,
    log: { head: () => Promise.resolve(head) },
    store: {
      watermark: () => (watermark === undefined ? undefined : point(watermark)),
      checkpoint: () => Promise.resolve(point(2n)),
    },
  });
  const behindAt = async (at: number): Promise<number> => {
    now = at;
    await watch.look();
    return watch.behindSeconds;
  };
  expect(await behindAt(1_000)).toBe(0);
  head = 8n;
  expect(await behindAt(2_000)).toBe(0);
  expect(await behindAt(4_000)).toBe(2);
  head = 9n;
  watermark = 8n;
  // The events up to 8 have arrived; the one after them is new.
  expect(await behindAt(6_000)).toBe(0);
  watermark = undefined;
  head = 10n;
  expect(await behindAt(9_000)).toBe(3);
  expect(watch.rebuilt).toBeCloseTo(0.2);
  watermark = 10n;
  expect(await behindAt(10_000)).toBe(0);
  expect(watch.rebuilt).toBe(1);
});
