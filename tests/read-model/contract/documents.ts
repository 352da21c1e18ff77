import { ByteRange, ProjectedChange, Version } from '../../../src/read-model/temporal-store';
import { CurrentHarness } from './harness';
import { around, keyOf, Script, Step, versionsOf } from './script';

/** D1 has versions at 20, 40, 50, 60 and 90; its line, which carries no change, at 20 and 60; D2 at 30. */
const STEPS: readonly Step[] = [
  { position: 20n, documents: ['D1.2023', 'D1.2023/L1'] },
  { position: 30n, documents: ['D2.2023'] },
  { position: 40n, documents: ['D1.2023'] },
  { position: 50n, documents: ['D1.2023'] },
  { position: 60n, documents: ['D1.2023', 'D1.2023/L1'] },
  { position: 80n, documents: ['D2.2023'] },
  { position: 90n, documents: ['D1.2023'] },
];
const ALL_POSITIONS = [0n, ...around(STEPS.map(({ position }) => position)), 1_000_000n];

export function describeDocuments(current: CurrentHarness): void {
  let script: Script;
  let batch: readonly ProjectedChange[];

  beforeEach(async () => {
    script = new Script();
    batch = script.all(STEPS);
    await current().store.write(batch);
    await current().store.markServing();
  });

  describe('versions', () => {
    it('returns the version in force at every position: before the first, at, between and beyond versions', async () => {
      for (const at of ALL_POSITIONS) {
        for (const code of ['D1.2023', 'D1.2023/L1', 'D2.2023']) {
          const [version] = await current().store.versions([keyOf(code)], at);
          expect(version).toEqual(versionsOf(code, batch).findLast(({ position }) => position <= at));
        }
      }
    });

    it('answers in the order of the keys, even if a key is repeated or has no document', async () => {
      const [d1, , line, d2] = ['D1.2023', 'none', 'D1.2023/L1', 'D2.2023'].map((code) =>
        versionsOf(code, batch).at(-1),
      );
      const codes = ['D2.2023', 'none', 'D1.2023', 'D2.2023', 'D1.2023/L1'];

      expect(await current().store.versions(codes.map(keyOf), 100n)).toEqual([d2, undefined, d1, d2, line]);
      expect(await current().store.versions([], 100n)).toEqual([]);
    });

    it('returns exactly what was written, and the change only on the document that carries it', async () => {
      const [own, beside] = await current().store.versions([keyOf('D1.2023'), keyOf('D1.2023/L1')], 60n);
      const written = batch[4]!;

      expect(own).toStrictEqual({
        position: 60n,
        revision: 4,
        state: written.documents[0]!.state,
        change: own!.change,
      });
      expect(own!.change).toEqual(written.change);
      expect(beside!.state).toStrictEqual(written.documents[1]!.state);
      expect(beside!.change).toBeUndefined();
    });

    it('distinguishes keys with the same beginning', async () => {
      await current().store.write([script.next({ position: 100n, documents: ['D1.202', 'D1.2023/L'] })]);
      const codes = ['D1.202', 'D1.2023/L', 'D1.20', 'd1.2023'];
      const versions = await current().store.versions(codes.map(keyOf), 100n);

      expect(versions.map((version) => version?.revision)).toEqual([1, 1, undefined, undefined]);
    });
  });

  describe('walk', () => {
    const walk = (code: string, range: ByteRange) => current().store.walk(keyOf(code), range);

    it('returns the versions after one position and up to another, for every pair of positions', async () => {
      const all = versionsOf('D1.2023', batch);
      for (const after of ALL_POSITIONS) {
        for (const upTo of ALL_POSITIONS) {
          const inRange = all.filter(({ position }) => position > after && position <= upTo);
          expect(await walk('D1.2023', { after, upTo })).toEqual(inRange);
        }
      }
    });

    it.each([1, 2, 3, 4, 5, 100])('returns at most %s, the oldest or the newest, in log order', async (limit) => {
      const range = { after: 20n, upTo: 89n, limit };
      const [, ...inRange] = versionsOf('D1.2023', batch).slice(0, 4);

      expect(await walk('D1.2023', range)).toEqual(inRange.slice(0, limit));
      expect(await walk('D1.2023', { ...range, last: true })).toEqual(inRange.slice(-limit));
      expect(await walk('D1.2023', { ...range, last: false })).toEqual(inRange.slice(0, limit));
    });

    it.each([1, 300, 1_000_000])('returns all versions in answers of about %s bytes', async (maxBytes) => {
      const found: Version[] = [];
      for (;;) {
        const range = { after: found.at(-1)?.position ?? 0n, upTo: 89n, maxBytes };
        const versions = await walk('D1.2023', range);
        if (versions.length === 0) break;
        found.push(...versions);
      }
      expect(found).toEqual(versionsOf('D1.2023', batch).slice(0, 4));
    });

    it.each([{}, { limit: 2 }, { limit: 2, last: true }, { maxBytes: 1_000_000 }])(
      'returns the changes of the same versions if only they are wanted: %j',
      async (bounds) => {
        const range = { after: 20n, upTo: 89n, ...bounds };
        const read = ({ position, revision, change }: Version) => ({ position, revision, change });
        const versions = await current().store.walk(keyOf('D1.2023'), range, 'change');

        expect(versions.map(read)).toEqual((await walk('D1.2023', range)).map(read));
        expect(versions).not.toHaveLength(0);
      },
    );

    it('returns nothing for a document that does not exist, and nothing for an empty range', async () => {
      expect(await walk('none', { after: 0n, upTo: 100n })).toEqual([]);
      expect(await walk('none', { after: 0n, upTo: 100n, limit: 1, last: true })).toEqual([]);
      expect(await walk('D1.2023', { after: 0n, upTo: 100n, limit: 0 })).toEqual([]);
      expect(await walk('D1.2023', { after: 0n, upTo: 100n, limit: 0, last: true })).toEqual([]);
      expect(await walk('D1.2023', { after: 50n, upTo: 50n })).toEqual([]);
      expect(await walk('D1.2023', { after: 60n, upTo: 40n, last: true })).toEqual([]);
    });
  });
}
