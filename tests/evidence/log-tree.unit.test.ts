import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { TileFiles } from '../../src/evidence/adapters/tile-files';
import { LogTree } from '../../src/evidence/log-tree';
import { TileStorage } from '../../src/evidence/tiles/tile-storage';
import { leafHash } from '../../src/evidence/tree/hashes';
import { runs } from '../support/property';
import { temporaryFolder } from '../support/temporary-folder';
import { MemoryTiles } from './tiles/memory-tiles';
import { entriesOf, WholeTree } from './tree/whole-tree';

const SIZE = 3_000;
const entries = entriesOf(SIZE);
const whole = new WholeTree(entries);

function grow(storage: TileStorage, size: number, from = LogTree.empty(storage)): LogTree {
  for (const entry of entries.slice(Number(from.size), size)) from.append(leafHash(entry));
  from.write();
  return from;
}

/** The widths of the tiles of each level. */
const widths = ({ tiles }: MemoryTiles, level: number) =>
  [...tiles].filter(([path]) => path.startsWith(`${level}/`)).map(([, hashes]) => hashes.length / 32);

test.each([
  [256, [[256], [1]]],
  [255, [[255]]],
  [257, [[256, 1], [1]]],
  [600, [[256, 256, 88], [2]]],
])('a tree of %i leaves has the tiles that C2SP tlog-tiles says', (size, levels) => {
  const storage = new MemoryTiles();
  grow(storage, size);
  expect(levels.map((_, level) => widths(storage, level))).toEqual(levels);
  expect(widths(storage, levels.length)).toEqual([]);
});

test('70,000 leaves have 273 whole tiles and one of 112, then one of 256 and one of 17, and one hash above', () => {
  const storage = new MemoryTiles();
  const tree = LogTree.empty(storage);
  const leaf = leafHash(Buffer.from('the same'));
  for (let at = 0; at < 70_000; at++) tree.append(leaf);
  tree.write();
  expect(widths(storage, 0)).toEqual([...Array<number>(273).fill(256), 112]);
  expect([widths(storage, 1), widths(storage, 2)]).toEqual([[256, 17], [1]]);
});

test('has the same roots and proofs as a tree that keeps every node, at its size and before', () => {
  const tree = grow(new MemoryTiles(), SIZE);
  expect(tree.rootHash).toEqual(whole.rootHash);
  const size = fc.integer({ min: 1, max: SIZE });
  fc.assert(
    fc.property(size, size, fc.nat(), (one, other, seed) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      const index = seed % second;
      expect(tree.rootAt(BigInt(first))).toEqual(whole.rootAt(first));
      expect(tree.leafAt(BigInt(index))).toEqual(whole.leafAt(index));
      expect(tree.inclusion(BigInt(index), BigInt(second))).toEqual(whole.inclusion(index, second));
      expect(tree.consistency(BigInt(first), BigInt(second))).toEqual(whole.consistency(first, second));
    }),
    runs(100),
  );
});

test('is opened at any size that its tiles have, and grows on', () => {
  const storage = new MemoryTiles();
  grow(storage, 700);
  for (const size of [0, 1, 255, 256, 257, 511, 512, 700]) {
    const opened = LogTree.open(storage, BigInt(size))!;
    expect(opened.rootHash).toEqual(whole.rootAt(size));
  }
  expect(LogTree.open(storage, 701n)).toBeUndefined();
  const behind = grow(storage, 900, LogTree.open(storage, 500n));
  expect(behind.rootHash).toEqual(whole.rootAt(900));
  expect(LogTree.open(storage, 900n)!.rootHash).toEqual(whole.rootAt(900));
});

const subtree = (from: number, to: number) => new WholeTree(entries.slice(from, to)).rootHash;

test('keeps its tiles in files', () => {
  const folder = temporaryFolder();
  try {
    grow(new TileFiles(folder.path), 600).sync();
    const files = new TileFiles(folder.path);
    const opened = LogTree.open(files, 600n)!;
    expect(opened.rootHash).toEqual(whole.rootAt(600));
    expect(readFileSync(join(folder.path, 'tile/1/000'))).toEqual(Buffer.concat([subtree(0, 256), subtree(256, 512)]));
    expect(files.read({ level: 0, index: 2n, width: 88 })).toHaveLength(88 * 32);
    expect(files.read({ level: 0, index: 2n, width: 89 })).toBeUndefined();
    expect(files.read({ level: 0, index: 3n, width: 1 })).toBeUndefined();
    expect(grow(files, 1_000, opened).rootHash).toEqual(whole.rootAt(1_000));
  } finally {
    folder.remove();
  }
});
