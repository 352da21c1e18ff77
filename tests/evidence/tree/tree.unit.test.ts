import { EMPTY_EDGE, GrowingTree } from '../../../src/evidence/tree/growing-tree';
import { EMPTY_ROOT, leafHash, nodeHash } from '../../../src/evidence/tree/hashes';
import { consistencyProof, inclusionProof } from '../../../src/evidence/tree/proofs';
import { isConsistent } from '../../../src/evidence/tree/verify-consistency';
import { isIncluded } from '../../../src/evidence/tree/verify-inclusion';
import probes from './published-probes.json';
import { WholeTree } from './whole-tree';

const hex = (text: string) => Buffer.from(text, 'hex');
/** The entries of the reference tests of Certificate Transparency. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(hex);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const tree = new WholeTree(ENTRIES);
const shown = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'));

test('hashes leaves and nodes as published', () => {
  expect(EMPTY_ROOT).toEqual(hex('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'));
  expect(leafHash(Buffer.from(''))).toEqual(hex(ROOTS[0]!));
  expect(leafHash(Buffer.from('L123456'))).toEqual(
    hex('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56'),
  );
});

test('has the published root at each size', () => {
  expect(ENTRIES.map((_, at) => tree.rootAt(at + 1).toString('hex'))).toEqual(ROOTS);
  expect(ENTRIES.map((_, at) => new WholeTree(ENTRIES.slice(0, at + 1)).rootHash.toString('hex'))).toEqual(ROOTS);
  expect(new WholeTree([]).rootHash).toEqual(EMPTY_ROOT);
});

const FIRST_OF_8 = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
];
const FIFTH = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';
const SEVENTH_AND_EIGHTH = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0';

test.each([
  [0, 1, []],
  [0, 8, FIRST_OF_8],
  [5, 8, [FIFTH, SEVENTH_AND_EIGHTH, ROOTS[3]]],
  [2, 3, [ROOTS[1]]],
  [1, 5, [ROOTS[0], FIRST_OF_8[1], FIFTH]],
])('proves leaf %i of %i as published', (index, size, proof) => {
  expect(shown(tree.inclusion(index, size))).toEqual(proof);
});

test.each([
  [1, 1, []],
  [1, 8, FIRST_OF_8],
  [6, 8, ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', SEVENTH_AND_EIGHTH, ROOTS[3]]],
  [2, 5, [FIRST_OF_8[1], FIFTH]],
])('proves that size %i became %i as published', (first, second, proof) => {
  expect(shown(tree.consistency(first, second))).toEqual(proof);
});

const hashOf = (at: number) => hex(probes.hashes[at]!);
type Probe = [name: string, one: string, other: string, first: number, second: number, proof: number[], valid: boolean];

test('judges each published inclusion proof as published', () => {
  const wrong = (probes.inclusion as Probe[]).filter(
    ([, leafIndex, treeSize, leaf, root, proof, valid]) =>
      valid !==
      isIncluded({
        leafHash: hashOf(leaf),
        leafIndex: BigInt(leafIndex),
        treeSize: BigInt(treeSize),
        rootHash: hashOf(root),
        proof: proof.map(hashOf),
      }),
  );
  expect(probes.inclusion).toHaveLength(98);
  expect(wrong).toEqual([]);
});

test('judges each published consistency proof as published, but never accepts a root that is no hash', () => {
  const wrong = (probes.consistency as Probe[]).filter(
    ([, first, second, firstRoot, secondRoot, proof, valid]) =>
      valid !==
      isConsistent({
        first: BigInt(first),
        second: BigInt(second),
        firstRoot: hashOf(firstRoot),
        secondRoot: hashOf(secondRoot),
        proof: proof.map(hashOf),
      }),
  );
  expect(probes.consistency).toHaveLength(98);
  // Both its roots are the same 12 bytes.
  expect(wrong.map(([name]) => name)).toEqual(['additional/sizes-are-equal-one-and-proof-is-empty']);
});

test('the empty tree is consistent with itself and proves nothing of another one', () => {
  const empty = { first: 0n, second: 0n, firstRoot: EMPTY_ROOT, secondRoot: EMPTY_ROOT, proof: [] };
  expect(isConsistent(empty)).toBe(true);
  expect(isConsistent({ ...empty, second: 8n, secondRoot: tree.rootHash })).toBe(false);
  expect(consistencyProof(0n, 0n)).toEqual([]);
});

test.each([
  () => inclusionProof(8n, 8n),
  () => inclusionProof(-1n, 8n),
  () => inclusionProof(0n, 0n),
  () => consistencyProof(9n, 8n),
  () => consistencyProof(0n, 8n),
  () => consistencyProof(-1n, 8n),
  () => new GrowingTree({ size: 3n, hashes: [tree.leafAt(0)] }, () => undefined),
])('refuses a proof or an edge that no tree has: %#', (attempt) => {
  expect(attempt).toThrow(RangeError);
});

test('grows on from its right edge', () => {
  const grown = new GrowingTree(
    { size: 6n, hashes: [tree.rootAt(4), nodeHash(tree.leafAt(4), tree.leafAt(5))] },
    () => undefined,
  );
  for (const index of [6, 7]) grown.append(tree.leafAt(index));
  expect(grown.size).toBe(8n);
  expect(grown.rootHash).toEqual(tree.rootHash);
  expect(new GrowingTree(EMPTY_EDGE, () => undefined).rootHash).toEqual(EMPTY_ROOT);
});
