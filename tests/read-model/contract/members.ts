import { MemberPage } from '../../../src/read-model/temporal-store';
import { CurrentHarness } from './harness';
import { around, Script, Step } from './script';

/** In the order of their UTF-16 code units, not of their UTF-8 bytes or of any language. */
const CODES = ['-1', '10', '2', 'A', 'A-1', 'A_1', 'B', 'Z', '_', 'a', 'ä', '中', '财', '𠮷', '\uff01'];

/** Each code joins at a different position, and not in the order of the codes. */
const JOINED = CODES.map((code, index) => ({ code, position: BigInt(((index * 7) % CODES.length) + 1) * 10n }));

const STEPS: readonly Step[] = JOINED.toSorted((a, b) => Number(a.position - b.position)).map(({ code, position }) => ({
  position,
  members: { TASK: [code] },
}));

export function describeMembers(current: CurrentHarness): void {
  const members = (at: bigint, page: MemberPage = {}, collection = 'TASK') =>
    current().store.members(collection, at, page);
  const memberCodes = (at: bigint) => JOINED.filter(({ position }) => position <= at).map(({ code }) => code);

  describe('members', () => {
    let script: Script;

    beforeEach(async () => {
      script = new Script();
      await current().store.write([
        ...script.all(STEPS),
        ...script.all([
          // Joined again: they have been members since the first time.
          { position: 200n, members: { TASK: ['A', 'Z'] } },
          { position: 210n, members: { 'TASK/D1': ['A', 'B'], 'TASK/D2': ['B'] } },
        ]),
      ]);
      await current().store.markServing();
    });

    it('returns the members that have joined up to a position, in the order of their codes', async () => {
      for (const at of [0n, ...around(JOINED.map(({ position }) => position)), 199n, 200n, 1_000n]) {
        expect(await members(at)).toEqual(memberCodes(at));
      }
      expect(await members(1_000n)).toEqual(CODES);
    });

    it('keeps collections separate', async () => {
      expect(await members(1_000n, {}, 'TASK/D1')).toEqual(['A', 'B']);
      expect(await members(1_000n, {}, 'TASK/D2')).toEqual(['B']);
      expect(await members(209n, {}, 'TASK/D1')).toEqual([]);
      expect(await members(1_000n, {}, 'TASK/D')).toEqual([]);
    });

    it('pages from either end, between bounds that are members, will be members, or never are', async () => {
      const bounds = [undefined, '', '-1', 'A-1', 'A_0', 'a', '中', '\uff01', '~never'];
      for (const at of [75n, 1_000n]) {
        for (const after of bounds) {
          for (const before of bounds) {
            const between = memberCodes(at).filter(
              (code) => (after === undefined || code > after) && (before === undefined || code < before),
            );
            expect(await members(at, { after, before })).toEqual(between);
            for (const limit of [1, 2, 5, 100]) {
              expect(await members(at, { after, before, limit })).toEqual(between.slice(0, limit));
              expect(await members(at, { after, before, limit, last: true })).toEqual(between.slice(-limit));
            }
          }
        }
      }
    });

    it('adds two members of one change at once', async () => {
      await current().store.write([script.next({ position: 300n, members: { TASK: ['Y', 'X'] } })]);

      expect(await members(299n, { after: 'B', before: 'Z' })).toEqual([]);
      expect(await members(300n, { after: 'B', before: 'Z' })).toEqual(['X', 'Y']);
    });
  });
}
