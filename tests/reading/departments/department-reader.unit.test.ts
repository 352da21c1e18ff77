import fc from 'fast-check';
import { DepartmentScope } from '../../../src/auth/department-scope';
import { MemoryTemporalStore } from '../../../src/read-model/adapters/memory';
import { documentKey, MemberPage, VersionRange } from '../../../src/read-model/temporal-store';
import { DepartmentReader } from '../../../src/reading/departments/department-reader';
import { Visibility } from '../../../src/reading/departments/visibility';
import { runs } from '../../support/property';
import { Fact, HOMES, storeOf } from './small-ledger';

/** A caller sees what is left if everything of other departments is removed, and nothing else is even read where the name says it. */

const readerOf = (store: MemoryTemporalStore, ...departments: readonly string[]): DepartmentReader =>
  new DepartmentReader(store, new Visibility(DepartmentScope.of(departments), HOMES));

const department = (code: string): Fact => ({
  department: code,
  entity: { entityType: 'DEPARTMENT', code },
  members: { DEPARTMENT: code },
});
const budget = (code: string): Fact => ({
  department: code,
  entity: { entityType: 'BUDGET', code: `${code}.2023` },
  members: { BUDGETS: `${code}.2023` },
});
const task = (code: string, of: string, isPart = false): Fact => ({
  department: of,
  entity: { entityType: 'TASK', code },
  members: { TASKS: code, PARTS: code, [`PARTS/${of}`]: code },
  isPart,
});
const template: Fact = {
  department: 'D2',
  entity: { entityType: 'TEMPLATE', code: 'G' },
  members: { TEMPLATES: 'G' },
};
const headOf = (facts: readonly Fact[]): bigint => BigInt(10 * facts.length);

describe('documents', () => {
  const FACTS = [
    ...[department('D2'), department('D1'), budget('D2'), budget('D1')],
    ...[task('T2', 'D2'), task('T1', 'D1'), task('P2', 'D2', true), task('P1', 'D1', true)],
    ...[template, task('T1', 'D1'), task('T2', 'D2')],
  ];
  const HEAD = headOf(FACTS);
  const KEYS = [
    ...['D2', 'D1', 'D9'].map((code) => documentKey('DEPARTMENT', code)),
    ...['D2.2023', 'D1.2023', 'D1.2024'].map((code) => documentKey('BUDGET', code)),
    ...['T2', 'T1', 'P2', 'P1', 'T9'].map((code) => documentKey('TASK', code)),
    documentKey('TEMPLATE', 'G'),
  ];
  const SHOWN = ['DEPARTMENT/D1', 'BUDGET/D1.2023', 'TASK/T1', 'TASK/P1', 'TEMPLATE/G'];

  let store: MemoryTemporalStore;
  let reader: DepartmentReader;
  beforeEach(async () => {
    store = await storeOf(FACTS);
    reader = readerOf(store, 'D1');
  });

  test('of other departments do not exist, and each of the others is in its place', async () => {
    for (const wanted of [undefined, 'state'] as const) {
      const versions = await reader.versions(KEYS, HEAD, wanted);
      expect(versions).toHaveLength(KEYS.length);
      expect(KEYS.filter((_, index) => versions[index] !== undefined)).toEqual(SHOWN);
      for (const [index, version] of versions.entries()) {
        if (version !== undefined) expect(KEYS[index]).toContain((version.state as { code: string }).code);
      }
    }
  });

  test('that the key shows to be of another department are not read', async () => {
    const [versions, walk] = [jest.spyOn(store, 'versions'), jest.spyOn(store, 'walk')];
    await reader.versions(KEYS, HEAD);
    for (const key of KEYS) await reader.walk(key, { after: 0n, upTo: HEAD });
    const read = [...versions.mock.calls.flatMap(([keys]) => keys), ...walk.mock.calls.map(([key]) => key)];
    expect(read.filter((key) => /^(DEPARTMENT|BUDGET)\/D[29]/.test(key))).toEqual([]);
  });

  test('of other departments have no history', async () => {
    const revisions = [];
    for (const key of KEYS) {
      const versions = await reader.walk(key, { after: 0n, upTo: HEAD });
      if (versions.length > 0) revisions.push([key, versions.length]);
    }
    expect(revisions).toEqual(SHOWN.map((key) => [key, key === 'TASK/T1' ? 2 : 1]));
  });

  test.each<[string, readonly string[]]>([
    ['DEPARTMENT', ['D1']],
    ['BUDGETS', ['D1.2023']],
    ['TASKS', ['P1', 'T1']],
    ['PARTS', ['P1', 'T1']],
    ['PARTS/D1', ['P1', 'T1']],
    ['PARTS/D2', []],
    ['TEMPLATES', ['G']],
  ])('in the collection %s are %j', async (collection, expected) => {
    expect(await reader.members(collection, HEAD, {})).toEqual(expected);
  });

  test('are cached for callers with the same departments only', () => {
    const versions = [reader, readerOf(store, 'D2'), readerOf(store, 'D1*')].map((each) => each.version());
    expect(new Set([...versions, store.version()]).size).toBe(4);
    expect(readerOf(store, 'D1').version()).toBe(reader.version());
  });

  test('are not cached at all while there are none', () => {
    const version = undefined as unknown as string;
    jest.spyOn(store, 'version').mockReturnValue(version);
    expect(reader.version()).toBeUndefined();
  });

  test('have the places and times of the whole ledger', async () => {
    expect(await reader.watermark()).toEqual(store.watermark());
    expect(await reader.pointAt({ position: 35n })).toEqual(store.pointAt({ position: 35n }));
    expect(reader.synchronous).toBe(store.synchronous);
  });
});

const NAMES = ['D0', 'D1', 'D2', 'D3'];
const scope = fc.subarray([...NAMES, 'NONE']);

describe('collections', () => {
  const codeOf = (index: number): string => `X${String((index * 7) % 41).padStart(2, '0')}`;
  const code = fc.option(fc.nat(41).map(codeOf), { nil: undefined });
  const page: fc.Arbitrary<MemberPage> = fc.record(
    { after: code, before: code, limit: fc.integer({ min: 1, max: 12 }), last: fc.boolean() },
    { requiredKeys: [] },
  );

  test('are read page by page as if the members of other departments were not there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...NAMES), { maxLength: 41 }),
        scope,
        page,
        async (homes, departments, asked) => {
          const facts = [...NAMES.map(department), ...homes.map((home, index) => task(codeOf(index), home))];
          const reader = readerOf(await storeOf(facts), ...departments);
          const shown = homes.flatMap((home, index) => (departments.includes(home) ? [codeOf(index)] : [])).sort();
          const { after = '', before = '~', limit = Infinity, last = false } = asked;
          const within = shown.filter((each) => each > after && each < before);
          const expected = last ? within.slice(Math.max(0, within.length - limit)) : within.slice(0, limit);
          for (const collection of ['TASKS', 'PARTS']) {
            const members = await reader.members(collection, headOf(facts), asked);
            expect({ collection, members }).toEqual({ collection, members: expected });
          }
        },
      ),
      runs(200),
    );
  });

  test('of which a caller sees little are read to the end', async () => {
    const facts = Array.from({ length: 1_300 }, (_, index) => department(`D${1_000 + index}`));
    const seen = ['D1399', 'D1799', 'D2199'];
    const store = await storeOf(facts);
    const reads = jest.spyOn(store, 'members');
    const reader = readerOf(store, ...seen);
    const members = (asked: MemberPage) => reader.members('DEPARTMENT', headOf(facts), asked);
    const limits = () => reads.mock.calls.splice(0).map(([, , { limit }]) => limit);
    expect(await members({})).toEqual(seen);
    expect(limits()).toEqual([undefined]);
    expect(await members({ limit: 2 })).toEqual(['D1399', 'D1799']);
    expect(limits()).toEqual([500, 500]);
    expect(await members({ limit: 600 })).toEqual(seen);
    expect(limits()).toEqual([600, 600, 600]);
    expect(await members({ limit: 5 })).toEqual(seen);
    expect(await members({ limit: 2, last: true })).toEqual(['D1799', 'D2199']);
    expect(await members({ limit: 5, last: true })).toEqual(seen);
    expect(await members({ limit: 1, after: 'D1399', before: 'D2000' })).toEqual(['D1799']);
  });
});

describe('collections in parts of very different sizes', () => {
  const some = (letter: string, of: string, count: number) =>
    Array.from({ length: count }, (_, index) => task(`${letter}${String(index).padStart(2, '0')}`, of));
  const tasks = [...some('A', 'D1', 30), ...some('B', 'D0', 2), ...some('C', 'D2', 1), ...some('Z', 'D3', 30)];
  const FACTS = [...NAMES.map(department), ...tasks];
  const CODES = tasks.map(({ entity }) => entity.code);

  async function asked(page: MemberPage) {
    const store = await storeOf(FACTS);
    const members = jest.spyOn(store, 'members');
    const codes = await readerOf(store, ...NAMES).members('PARTS', headOf(FACTS), page);
    return { codes, limits: members.mock.calls.slice(1).map(([, , { limit }]) => limit) };
  }

  test.each<[string, MemberPage]>([
    ['the first ones, which are of one department', { limit: 12 }],
    ['the last ones, which are of one department', { limit: 12, last: true }],
    ['the first ones and some of others', { limit: 32 }],
    ['the last ones and some of others', { limit: 32, last: true }],
    ['those after one', { limit: 12, after: 'A10' }],
    ['those before one', { limit: 12, before: 'Z20', last: true }],
    ['those between two', { limit: 40, after: 'A20', before: 'Z05' }],
  ])('have %s in one order', async (_what, page) => {
    const { after = '', before = '~', limit, last } = page;
    const within = CODES.filter((code) => code > after && code < before);
    const expected = last ? within.slice(Math.max(0, within.length - limit!)) : within.slice(0, limit);
    expect((await asked(page)).codes).toEqual(expected);
  });

  test('are read whole at once, and for a page in shares', async () => {
    expect(await asked({})).toEqual({ codes: CODES, limits: [undefined, undefined, undefined, undefined] });
    expect(await asked({ limit: 70 })).toEqual({ codes: CODES, limits: [36, 36, 36, 36] });
    expect((await asked({ limit: 12 })).limits).toEqual([7, 7, 7, 7, 4, 4, 4, 4, 2, 2, 2, 2]);
    expect((await asked({ limit: 7 })).limits).toEqual([5, 5, 5, 5, 2, 2, 2, 2]);
  });

  test('do not show a member whose document is not there', async () => {
    const facts = [{ ...department('D1'), members: { DEPARTMENT: 'D1', TASKS: 'GONE' } }, task('T1', 'D1')];
    expect(await readerOf(await storeOf(facts), 'D1').members('TASKS', headOf(facts), {})).toEqual(['T1']);
  });
});

describe('the log', () => {
  const position = fc.nat(21).map((sequence) => BigInt(10 * sequence));
  const range = fc.record({
    after: position,
    upTo: position,
    limit: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    last: fc.boolean(),
  });
  const facts = (homes: readonly string[]) => homes.map((home, index) => task(`T${index}`, home));

  const expectedIn = (homes: readonly string[], departments: readonly string[], asked: VersionRange) => {
    const { after, upTo, limit = Infinity, last } = asked;
    const shown = homes.flatMap((home, index) => {
      const at = BigInt(10 * (index + 1));
      return departments.includes(home) && at > after && at <= upTo ? [at] : [];
    });
    return last ? shown.slice(Math.max(0, shown.length - limit)) : shown.slice(0, limit);
  };

  test('has the changes of the departments only', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...NAMES), { minLength: 21, maxLength: 21 }),
        scope,
        range,
        async (homes, departments, asked) => {
          const reader = readerOf(await storeOf(facts(homes)), ...departments);
          const read = await reader.changes(asked);
          const expected = expectedIn(homes, departments, asked);
          expect(read.map(({ event }) => event.position)).toEqual(expected);
        },
      ),
      runs(200),
    );
  });

  test('with a bound on the bytes, is read in parts, of which only an empty one is the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...NAMES), { minLength: 21, maxLength: 21 }),
        scope,
        fc.integer({ min: 1, max: 2_000 }),
        async (homes, departments, maxBytes) => {
          const reader = readerOf(await storeOf(facts(homes)), ...departments);
          const read: bigint[] = [];
          for (let after = 0n; ; after = read.at(-1)!) {
            const part = await reader.changes({ after, upTo: 210n, maxBytes });
            if (part.length === 0) break;
            read.push(...part.map(({ event }) => event.position));
          }
          expect(read).toEqual(expectedIn(homes, departments, { after: 0n, upTo: 210n }));
        },
      ),
      runs(50),
    );
  });

  test.each([false, true])('is read no further than a page needs; from its end: %s', async (last) => {
    const store = await storeOf(facts(Array.from({ length: 600 }, () => 'D1')));
    const changes = jest.spyOn(store, 'changes');
    const read = await readerOf(store, 'D1').changes({ after: 0n, upTo: 6_000n, limit: 500, last });
    expect([read.length, changes.mock.calls.length]).toEqual([500, 1]);
  });

  test('with a bound on the bytes, is read no further than that', async () => {
    const reader = readerOf(await storeOf(facts(['D2', 'D1', 'D1', 'D1'])), 'D1');
    const read = await reader.changes({ after: 0n, upTo: 40n, maxBytes: 1 });
    expect(read.map(({ event }) => event.position)).toEqual([20n]);
  });

  test('says how far it was read, and how much of it the caller does not see', async () => {
    const reader = readerOf(await storeOf(facts(['D1', 'D2', 'D2', 'D1', 'D2'])), 'D1');
    const scanned = await reader.scan({ after: 0n, upTo: 50n, limit: 3 });
    expect(scanned.changes.map(({ event }) => event.position)).toEqual([10n]);
    expect(scanned.upTo).toBe(30n);
    expect(scanned.hidden.changes).toBe(2);
    expect(scanned.hidden.bytes).toBeGreaterThan(100);
    expect(await reader.scan({ after: 30n, upTo: 50n })).toMatchObject({ upTo: 50n, hidden: { changes: 1 } });
    expect(await reader.scan({ after: 50n, upTo: 50n })).toEqual({
      changes: [],
      upTo: 50n,
      hidden: { changes: 0, bytes: 0 },
    });
  });

  test('of which a caller sees little is read to the end', async () => {
    const homes = Array.from({ length: 1_300 }, (_, index) => (index % 600 === 599 ? 'D1' : 'D2'));
    const reader = readerOf(await storeOf(facts(homes)), 'D1');
    const positions = async (asked: Partial<VersionRange>) =>
      (await reader.changes({ after: 0n, upTo: 13_000n, ...asked })).map(({ event }) => event.position);
    expect(await positions({})).toEqual([6_000n, 12_000n]);
    expect(await positions({ limit: 1 })).toEqual([6_000n]);
    expect(await positions({ limit: 1, last: true })).toEqual([12_000n]);
    expect(await positions({ limit: 3, last: true })).toEqual([6_000n, 12_000n]);
    expect(await positions({ after: 6_000n, upTo: 11_990n })).toEqual([]);
  });
});
