import { Awaitable } from '../../../src/kernel/async';
import { ReadModelBehind } from '../../../src/kernel/outage';
import { BEFORE_ALL } from '../../../src/read-model/change';
import { ProjectedChange } from '../../../src/read-model/temporal-store';
import { CurrentHarness } from './harness';
import { cutOf, keyOf, Script } from './script';

/** Longer than any test may take: a wait that ends only by its timeout fails the test. */
const FOR_EVER = 3_600_000;

export function describeServing(current: CurrentHarness, durable: boolean): void {
  let first: ProjectedChange;
  let second: ProjectedChange;

  beforeEach(() => {
    [first, second] = new Script().all([
      { position: 10n, documents: ['D1.2023'], members: { BUDGET: ['D1.2023'] } },
      { position: 20n, documents: ['D1.2023'] },
    ]) as [ProjectedChange, ProjectedChange];
  });

  describe('watermark', () => {
    it('is undefined before the store is opened to readers, whatever has been written', async () => {
      expect(await current().store.watermark()).toBeUndefined();
      await current().store.write([first]);

      expect(await current().store.watermark()).toBeUndefined();
      expect(await current().store.checkpoint()).toEqual(cutOf(first));
    });

    it('is the checkpoint after that, and moves with it', async () => {
      await current().store.write([first]);
      await current().store.markServing();
      expect(await current().store.watermark()).toEqual(cutOf(first));

      await current().store.write([second]);
      expect(await current().store.watermark()).toEqual(cutOf(second));
      await current().store.markServing();
      expect(await current().store.watermark()).toEqual(cutOf(second));
    });

    it('is before all events if an empty store is opened', async () => {
      await current().store.markServing();
      expect(await current().store.watermark()).toEqual(BEFORE_ALL);
    });
  });

  describe('waitForWatermark', () => {
    it('resolves at once if the watermark is at the position, or past it', async () => {
      await current().store.markServing();
      await current().store.waitForWatermark(0n, FOR_EVER);
      await current().store.write([first, second]);
      await current().store.waitForWatermark(20n, FOR_EVER);
      await current().store.waitForWatermark(11n, FOR_EVER);
    });

    it('resolves when a write moves the watermark there', async () => {
      await current().store.markServing();
      const waiting = Promise.all([
        current().store.waitForWatermark(10n, FOR_EVER),
        current().store.waitForWatermark(5n, FOR_EVER),
      ]);
      await current().store.write([first]);
      await waiting;
    });

    it('resolves when the store is opened to readers', async () => {
      await current().store.write([first]);
      const waiting = current().store.waitForWatermark(10n, FOR_EVER);
      await current().store.markServing();
      await waiting;
    });

    it('lets a reader that checks after each wait see the position in the end', async () => {
      await current().store.markServing();
      const seen = (async () => {
        for (;;) {
          const watermark = await current().store.watermark();
          if (watermark !== undefined && watermark.position >= 20n) return watermark;
          await current().store.waitForWatermark(20n, FOR_EVER);
        }
      })();
      await current().store.write([first]);
      await current().store.write([second]);

      expect(await seen).toEqual(cutOf(second));
    });

    it('resolves after its timeout', async () => {
      await current().store.waitForWatermark(10n, 1);
      await current().store.markServing();
      await current().store.waitForWatermark(10n, 1);
    });
  });

  it('answers synchronously if and only if it says so', async () => {
    const { store } = current();
    await store.write([first, second]);
    await store.markServing();
    const answers: unknown[] = [
      store.watermark(),
      store.versions([keyOf('D1.2023')], 20n),
      store.walk(keyOf('D1.2023'), { after: 0n, upTo: 20n }),
      store.members('BUDGET', 20n, {}),
      store.changes({ after: 0n, upTo: 20n }),
      store.pointAt({ position: 20n }),
    ];

    for (const answer of answers) expect(answer instanceof Promise).toBe(!store.synchronous);
    await Promise.all(answers);
  });

  it('gives the same answers about the past while it is written to', async () => {
    const { store } = current();
    const script = new Script();
    const past = script.all([
      { position: 1n, recordedAt: 5, documents: ['D1.2023', 'D1.2023/L1'], members: { BUDGET: ['D1.2023'] } },
      { position: 2n, recordedAt: 5, documents: ['D1.2023'], members: { BUDGET: ['D2.2023'] } },
    ]);
    await store.write(past);
    await store.markServing();
    const answers = () =>
      Promise.all([
        store.versions([keyOf('D1.2023'), keyOf('D1.2023/L1')], 2n),
        store.walk(keyOf('D1.2023'), { after: 0n, upTo: 2n }),
        store.members('BUDGET', 2n, {}),
        store.changes({ after: 0n, upTo: 2n }),
        store.pointAt({ position: 2n }),
      ]);
    const before = await answers();

    for (let position = 3n; position < 30n; position++) {
      const next = script.next({
        position,
        recordedAt: 5,
        documents: ['D1.2023', 'D1.2023/L1'],
        members: { BUDGET: [`C${String(position)}`] },
      });
      const [during] = await Promise.all([answers(), store.write([next]), store.write([...past, next])]);
      expect(during).toEqual(before);
    }
    expect((await store.walk(keyOf('D1.2023'), { after: 0n, upTo: 100n })).at(-1)?.revision).toBe(29);
  });

  it('refuses every read of what it has discarded, until that is rebuilt as far', async () => {
    const { store } = current();
    await store.write([first, second]);
    await store.markServing();
    expect(await store.watermark()).toEqual(cutOf(second));
    await store.discard();

    const reads: readonly (() => Awaitable<unknown>)[] = [
      () => store.versions([keyOf('D1.2023')], 20n),
      () => store.walk(keyOf('D1.2023'), { after: 0n, upTo: 20n }),
      () => store.members('BUDGET', 20n, {}),
      () => store.changes({ after: 0n, upTo: 20n }),
      () => store.pointAt({ position: 20n }),
      () => store.pointAt({ time: 1_000 }),
    ];
    const refused = async () => {
      for (const read of reads) await expect(Promise.resolve().then(read)).rejects.toThrow(ReadModelBehind);
    };
    await refused();
    await store.write([first]);
    await refused();
    await store.write([second]);
    await store.markServing();
    expect(await store.watermark()).toEqual(cutOf(second));
    for (const read of reads) await read();
  });

  describe('restart', () => {
    it(durable ? 'keeps everything written' : 'leaves an empty store that is not open to readers', async () => {
      await current().store.write([first, second]);
      await current().store.markServing();
      await current().restart();

      expect(await current().store.checkpoint()).toEqual(durable ? cutOf(second) : BEFORE_ALL);
      if (!durable) expect(await current().store.watermark()).toBeUndefined();
      await current().store.markServing();
      const { store } = current();
      expect(await store.watermark()).toEqual(durable ? cutOf(second) : BEFORE_ALL);
      expect(await store.walk(keyOf('D1.2023'), { after: 0n, upTo: 100n })).toHaveLength(durable ? 2 : 0);
      expect(await store.changes({ after: 0n, upTo: 100n })).toHaveLength(durable ? 2 : 0);
      expect(await store.members('BUDGET', 100n, {})).toEqual(durable ? ['D1.2023'] : []);
    });
  });
}
