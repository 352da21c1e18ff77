import fc from 'fast-check';
import { MapPath, SparseMap } from '../../../src/evidence/heads/sparse-map';
import { isInMap } from '../../../src/evidence/heads/verify-map';
import { sha256 } from '../../../src/evidence/tree/hashes';
import { runs } from '../../support/property';
import { altered } from '../tree/whole-tree';
import { naiveRoot } from './naive-map';

/** Keys of which many begin with the same bits, and some differ in the last one only. */
const closeKey = fc
  .tuple(fc.constantFrom('', '00', '0f', 'ff'), fc.integer({ min: 0, max: 7 }))
  .map(([start, last]) => Buffer.from(start.padEnd(62, '0') + last.toString(16).padStart(2, '0'), 'hex'));
const someHash = fc.nat({ max: 1_000 }).map((number) => sha256(String(number)));
const anyKey = fc.oneof({ arbitrary: closeKey, weight: 1 }, { arbitrary: someHash, weight: 3 });
const entries = fc.array(fc.tuple(anyKey, someHash), { maxLength: 40 });

const mapOf = (pairs: readonly (readonly [Buffer, Buffer])[]) =>
  pairs.reduce((map, [each, value]) => map.with(each, value), SparseMap.EMPTY);
/** The last value of each key. */
const lastOf = (pairs: readonly (readonly [Buffer, Buffer])[]) =>
  new Map(pairs.map((pair) => [pair[0].toString('hex'), pair] as const));

test('a map has the root that its definition says, whatever the order of its keys', () => {
  fc.assert(
    fc.property(entries, (pairs) => {
      const leaves = [...lastOf(pairs).values()];
      expect(mapOf(pairs).rootHash).toEqual(naiveRoot(leaves));
      expect(mapOf(leaves.toReversed()).rootHash).toEqual(naiveRoot(leaves));
    }),
    runs(100),
  );
});

test('a path proves the value of a key or that it has none, and nothing else', () => {
  fc.assert(
    fc.property(entries, anyKey, (pairs, asked) => {
      const map = mapOf(pairs);
      const [, value] = lastOf(pairs).get(asked.toString('hex')) ?? [];
      const path = map.pathTo(asked);
      expect(isInMap(map.rootHash, asked, value, path)).toBe(true);
      const others: (Buffer | undefined)[] = value === undefined ? [sha256('x')] : [undefined, altered(value)];
      for (const other of others) expect(isInMap(map.rootHash, asked, other, path)).toBe(false);
      for (const wrong of alterations(path)) expect(isInMap(map.rootHash, asked, value, wrong)).toBe(false);
      expect(isInMap(altered(map.rootHash), asked, value, path)).toBe(false);
    }),
    runs(100),
  );
});

function* alterations({ siblings, found }: MapPath): Iterable<MapPath> {
  for (const at of new Set([0, siblings.length >> 1, siblings.length - 1])) {
    if (at < siblings.length && at >= 0) yield { siblings: siblings.with(at, altered(siblings[at]!)), found };
  }
  yield { siblings: [...siblings, Buffer.alloc(32)], found };
  yield { siblings: siblings.slice(0, -1).concat(siblings.length === 0 ? [Buffer.alloc(31)] : []), found };
  if (found === undefined) yield { siblings, found: { key: sha256('a'), value: sha256('b') } };
  else yield { siblings, found: undefined };
}

test('a value stays what it was when a later map sets it', () => {
  const earlier = SparseMap.EMPTY.with(sha256('a'), sha256('1'));
  const later = earlier.with(sha256('a'), sha256('2')).with(sha256('b'), sha256('3'));
  expect(isInMap(earlier.rootHash, sha256('a'), sha256('1'), earlier.pathTo(sha256('a')))).toBe(true);
  expect(later.rootHash).toEqual(
    naiveRoot([
      [sha256('a'), sha256('2')],
      [sha256('b'), sha256('3')],
    ]),
  );
});

test('absence is not proven by a leaf that lies elsewhere', () => {
  const left = Buffer.alloc(32, 0x00);
  const right = Buffer.alloc(32, 0xff);
  const asked = Buffer.concat([Buffer.of(0x40), Buffer.alloc(31)]);
  const map = mapOf([
    [left, sha256('1')],
    [right, sha256('2')],
  ]);
  expect(isInMap(map.rootHash, asked, undefined, map.pathTo(asked))).toBe(true);
  expect(isInMap(map.rootHash, asked, undefined, map.pathTo(right))).toBe(false);
  expect(isInMap(map.rootHash, right, undefined, map.pathTo(asked))).toBe(false);
});

test('a path that is longer than a key is refused', () => {
  const path = { siblings: Array.from({ length: 257 }, () => Buffer.alloc(32)), found: undefined };
  expect(isInMap(Buffer.alloc(32), sha256('a'), undefined, path)).toBe(false);
});
