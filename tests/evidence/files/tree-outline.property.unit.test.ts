import fc from 'fast-check';
import { closedNodes, outlinedRoots, TreeOutline } from '../../../src/evidence/files/tree-outline';
import { Hash } from '../../../src/evidence/tree/hashes';
import { runs } from '../../support/property';
import { altered, entriesOf, WholeTree } from '../tree/whole-tree';

const LARGEST = 130;
const tree = new WholeTree(entriesOf(LARGEST));
const leafOf = (index: bigint): Hash => tree.leafAt(Number(index));

const outlines: fc.Arbitrary<TreeOutline> = fc.integer({ min: 1, max: LARGEST }).chain((size) =>
  fc.record({
    treeSize: fc.constant(BigInt(size)),
    leaves: fc.subarray(
      Array.from({ length: size }, (_, at) => BigInt(at)),
      { minLength: 1 },
    ),
    earlierSizes: fc.subarray(Array.from({ length: size - 1 }, (_, at) => BigInt(at + 1))),
  }),
);

const hashesOf = (outline: TreeOutline): Hash[] => [...closedNodes(outline)].map(tree.hashOf);

test('the hashes of the closed nodes give the root of the tree, and those of the earlier sizes', () => {
  fc.assert(
    fc.property(outlines, (outline) => {
      const { rootHash, earlier } = outlinedRoots(outline, leafOf, hashesOf(outline));
      expect(rootHash).toEqual(tree.rootAt(Number(outline.treeSize)));
      expect([...earlier]).toEqual(outline.earlierSizes.map((size) => [size, tree.rootAt(Number(size))]));
    }),
    runs(100),
  );
});

test('another leaf, another hash, and one more or less are noticed', () => {
  fc.assert(
    fc.property(outlines, fc.nat(), (outline, seed) => {
      const hashes = hashesOf(outline);
      const root = tree.rootAt(Number(outline.treeSize));
      const wrong = outline.leaves[seed % outline.leaves.length];
      const otherLeaf = outlinedRoots(outline, (at) => (at === wrong ? altered(leafOf(at)) : leafOf(at)), hashes);
      expect(otherLeaf.rootHash).not.toEqual(root);
      expect(() => outlinedRoots(outline, leafOf, [...hashes, root])).toThrow('too many hashes');
      if (hashes.length === 0) return;
      const at = seed % hashes.length;
      expect(outlinedRoots(outline, leafOf, hashes.with(at, altered(hashes[at]!))).rootHash).not.toEqual(root);
      expect(() => outlinedRoots(outline, leafOf, hashes.toSpliced(at, 1))).toThrow('too few hashes');
    }),
    runs(100),
  );
});
