import { CorruptLedger } from '../../../src/kernel/outage';
import { BEFORE_ALL } from '../../../src/read-model/change';
import { ProjectedChange } from '../../../src/read-model/temporal-store';
import { CurrentHarness } from './harness';
import { changesOf, cutOf, keyOf, Script, Step, versionsOf } from './script';

const WHOLE = { after: 0n, upTo: 1_000n };

const STEPS: readonly Step[] = [
  { position: 10n, documents: ['D1.2023', 'D1.2023/L1'], members: { BUDGET: ['D1.2023'] } },
  { position: 20n, documents: ['D2.2023'], members: { BUDGET: ['D2.2023'] } },
  { position: 30n, documents: ['D1.2023', 'D1.2023/L2'] },
];

export function describeWriting(current: CurrentHarness): void {
  const write = (batch: readonly ProjectedChange[]) => current().store.write(batch);

  /** Everything that a reader can get of the documents and collections that the tests write. */
  const everything = async () => {
    const { store } = current();
    const codes = ['D1.2023', 'D1.2023/L1', 'D1.2023/L2', 'D2.2023', 'D3.2023'];
    return {
      checkpoint: await store.checkpoint(),
      watermark: await store.watermark(),
      versions: await store.versions(codes.map(keyOf), 1_000n),
      walks: await Promise.all(codes.map(async (code) => store.walk(keyOf(code), WHOLE))),
      members: await store.members('BUDGET', 1_000n, {}),
      changes: await store.changes(WHOLE),
      point: await store.pointAt({ position: 1_000n }),
    };
  };

  describe('write', () => {
    it('moves the checkpoint to the last change of the batch', async () => {
      expect(await current().store.checkpoint()).toEqual(BEFORE_ALL);
      const [first, second, third] = new Script().all(STEPS) as [ProjectedChange, ProjectedChange, ProjectedChange];
      await write([first, second]);
      expect(await current().store.checkpoint()).toEqual(cutOf(second));
      await write([third]);
      expect(await current().store.checkpoint()).toEqual(cutOf(third));
    });

    it('does nothing with an empty batch', async () => {
      await write(new Script().all(STEPS));
      await current().store.markServing();
      const before = await everything();
      await write([]);

      expect(await everything()).toEqual(before);
    });

    it('skips changes that it has already, in a batch of only those and at the start of a batch', async () => {
      const script = new Script();
      const batch = script.all(STEPS);
      const later = script.all([{ position: 40n, documents: ['D2.2023', 'D1.2023/L1'], members: { BUDGET: ['D3'] } }]);
      await write(batch.slice(0, 2));
      await current().store.markServing();
      const before = await everything();

      await write(batch.slice(0, 1));
      await write(batch.slice(0, 2));
      expect(await everything()).toEqual(before);

      await write([...batch, ...later]);
      expect(await current().store.walk(keyOf('D1.2023'), WHOLE)).toEqual(versionsOf('D1.2023', batch));
      expect(await current().store.walk(keyOf('D2.2023'), WHOLE)).toEqual(versionsOf('D2.2023', [...batch, ...later]));
      expect(await current().store.changes(WHOLE)).toEqual(changesOf([...batch, ...later]));
      expect(await current().store.members('BUDGET', 1_000n, {})).toEqual(['D1.2023', 'D2.2023', 'D3']);
    });

    it.each([
      ['begins a document above revision 1', 'D3.2023', 2],
      ['begins a document below revision 1', 'D3.2023', 0],
      ['leaves a revision out', 'D1.2023', 4],
      ['repeats a revision at another position', 'D1.2023', 2],
      ['goes back to an older revision', 'D1.2023', 1],
    ])('refuses a change that %s, and keeps nothing of its batch', async (_, code, revision) => {
      const script = new Script();
      await write(script.all(STEPS));
      await current().store.markServing();
      const before = await everything();
      const [good, bad, next] = script.all([
        { position: 40n, documents: ['D2.2023', 'D1.2023/L1'], members: { BUDGET: ['D4.2023'] } },
        { position: 50n, members: { BUDGET: ['D5.2023'] } },
        { position: 60n, documents: ['D2.2023'] },
      ]) as [ProjectedChange, ProjectedChange, ProjectedChange];
      const gap = { ...bad, documents: [{ key: keyOf(code), revision, state: {}, carriesChange: true }] };

      await expect(write([good, gap, next])).rejects.toThrow(CorruptLedger);
      expect(await everything()).toEqual(before);

      await write([good, bad, next]);
      expect(await current().store.checkpoint()).toEqual(cutOf(next));
      expect((await current().store.walk(keyOf('D2.2023'), WHOLE)).map((version) => version.revision)).toEqual([
        1, 2, 3,
      ]);
    });

    it('refuses a gap between two changes of one batch', async () => {
      const [first, , third] = new Script().all([
        { position: 1n, documents: ['D1.2023'] },
        { position: 2n, documents: ['D1.2023'] },
        { position: 3n, documents: ['D1.2023'] },
      ]) as [ProjectedChange, ProjectedChange, ProjectedChange];

      await expect(write([first, third])).rejects.toThrow(CorruptLedger);
      expect(await current().store.checkpoint()).toEqual(BEFORE_ALL);
    });

    it('accepts a large batch as a whole', async () => {
      const steps = Array.from({ length: 3_000 }, (_, index) => ({
        position: BigInt(index + 1),
        documents: [`D${index % 7}.2023`],
        members: { BUDGET: [`D${index % 7}.2023`] },
      }));
      const batch = new Script().all(steps);
      await write(batch);
      await current().store.markServing();

      expect(await current().store.changes({ after: 0n, upTo: 3_000n })).toEqual(changesOf(batch));
      expect(await current().store.walk(keyOf('D3.2023'), { after: 0n, upTo: 3_000n })).toEqual(
        versionsOf('D3.2023', batch),
      );
    });

    it.each([
      ['many changes with many documents each', 512, 30],
      ['a few with as many as an approval has lines', 12, 1_000],
    ])('accepts %s as a whole', async (_, changes, width) => {
      const batch = new Script().all(
        Array.from({ length: changes }, (_each, index) => {
          const budget = `D${index}.2023`;
          const lines = Array.from({ length: width }, (_line, line) => `${budget}/L${line}`);
          return {
            position: BigInt(index + 1),
            documents: [budget, ...lines],
            members: { BUDGET: [budget], [`BUDGET_LINE/${budget}`]: lines.map((line) => line.split('/')[1]!) },
          };
        }),
      );
      await write(batch);
      await current().store.markServing();

      const upTo = BigInt(changes);
      const last = `D${changes - 1}.2023`;
      expect((await current().store.watermark())?.position).toBe(upTo);
      expect(await current().store.members('BUDGET', upTo, {})).toHaveLength(changes);
      expect(await current().store.members(`BUDGET_LINE/${last}`, upTo, {})).toHaveLength(width);
      expect(await current().store.walk(keyOf(`${last}/L${width - 1}`), { after: 0n, upTo })).toEqual(
        versionsOf(`${last}/L${width - 1}`, batch),
      );
    });
  });
}
