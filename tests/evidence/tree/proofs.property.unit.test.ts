import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle';
import fc from 'fast-check';
import { isConsistent } from '../../../src/evidence/tree/verify-consistency';
import { InclusionClaim, isIncluded } from '../../../src/evidence/tree/verify-inclusion';
import { runs } from '../../support/property';
import { altered, entriesOf, WholeTree } from './whole-tree';

const LARGEST = 200;
const entries = entriesOf(LARGEST);
const tree = new WholeTree(entries);

/** Whether the verifier of sigstore, which shares no code with ours, accepts the proof. */
function sigstoreAccepts(entry: Buffer, { leafIndex, treeSize, rootHash, proof }: InclusionClaim): boolean {
  try {
    verifyMerkleInclusion(
      { canonicalizedBody: entry, inclusionProof: { logIndex: String(leafIndex), hashes: proof } } as never,
      { logSize: treeSize, logHash: rootHash } as never,
    );
    return true;
  } catch {
    return false;
  }
}

const roots = [...entries.keys(), LARGEST].map((size) => tree.rootAt(size));

const claimOf = (index: number, size: number, whole = tree, rootHash = roots[size]!): InclusionClaim => ({
  leafHash: whole.leafAt(index),
  leafIndex: BigInt(index),
  treeSize: BigInt(size),
  rootHash,
  proof: whole.inclusion(index, size),
});

/** The proofs are altered in each of these ways in turn. */
const ALTERATIONS: readonly ((claim: InclusionClaim, at: number) => InclusionClaim)[] = [
  (claim, at) => ({ ...claim, proof: claim.proof.with(at, altered(claim.proof[at]!)) }),
  (claim, at) => ({ ...claim, proof: claim.proof.toSpliced(at, 1) }),
  (claim, at) => ({ ...claim, proof: claim.proof.toSpliced(at, 0, claim.proof[at]!) }),
  (claim) => ({ ...claim, proof: [...claim.proof, claim.rootHash] }),
  (claim) => ({ ...claim, rootHash: altered(claim.rootHash) }),
  (claim) => ({ ...claim, leafIndex: claim.leafIndex ^ 1n }),
];

test(`sigstore and we accept each inclusion proof of all sizes to ${LARGEST}, and refuse it altered`, () => {
  for (let size = 1; size <= LARGEST; size++) {
    for (let index = 0; index < size; index++) {
      const claim = claimOf(index, size);
      const entry = entries[index]!;
      if (!isIncluded(claim) || !sigstoreAccepts(entry, claim)) throw new Error(`leaf ${index} of ${size}`);
      if (size === 1) continue;
      const alter = ALTERATIONS[(index + size) % ALTERATIONS.length]!;
      const wrong = alter(claim, index % claim.proof.length);
      if (isIncluded(wrong) || sigstoreAccepts(entry, wrong)) throw new Error(`altered: leaf ${index} of ${size}`);
    }
  }
});

test(`each size to ${LARGEST} is consistent with each later one, and with no altered proof`, () => {
  for (let second = 1; second <= LARGEST; second++) {
    for (let first = 1; first <= second; first++) {
      const proof = tree.consistency(first, second);
      const claim = {
        first: BigInt(first),
        second: BigInt(second),
        firstRoot: roots[first]!,
        secondRoot: roots[second]!,
        proof,
      };
      const at = first % Math.max(1, proof.length);
      const wrong = [
        { ...claim, firstRoot: altered(claim.firstRoot) },
        { ...claim, secondRoot: altered(claim.secondRoot) },
        { ...claim, proof: [...proof, roots[1]!] },
        ...(first === second ? [] : [{ ...claim, proof: proof.toSpliced(at, 1) }]),
        ...(first === second ? [] : [{ ...claim, proof: proof.with(at, altered(proof[at]!)) }]),
      ][(first + second) % (first === second ? 3 : 5)]!;
      if (!isConsistent(claim) || isConsistent(wrong)) throw new Error(`from ${first} to ${second}`);
    }
  }
});

test('proofs of larger trees verify, and only for their own leaf, place and sizes', () => {
  const largest = 5_000;
  const large = new WholeTree(entriesOf(largest));
  const size = fc.integer({ min: 1, max: largest });
  fc.assert(
    fc.property(size, size, size, fc.nat(), (one, other, otherSize, seed) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      const index = seed % second;
      const claim = claimOf(index, second, large, large.rootAt(second));
      expect(isIncluded(claim)).toBe(true);
      const elsewhere = seed % largest;
      expect(isIncluded({ ...claim, leafIndex: BigInt(elsewhere) })).toBe(elsewhere === index);
      expect(isIncluded({ ...claim, leafHash: large.leafAt(elsewhere) })).toBe(elsewhere === index);
      expect(isIncluded({ ...claim, rootHash: large.rootAt(otherSize) })).toBe(otherSize === second);
      const grown = {
        first: BigInt(first),
        second: BigInt(second),
        firstRoot: large.rootAt(first),
        secondRoot: large.rootAt(second),
        proof: large.consistency(first, second),
      };
      expect(isConsistent(grown)).toBe(true);
      expect(isConsistent({ ...grown, firstRoot: large.rootAt(otherSize) })).toBe(otherSize === first);
    }),
    runs(100),
  );
});
