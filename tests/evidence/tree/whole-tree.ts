import { EMPTY_EDGE, GrowingTree } from '../../../src/evidence/tree/growing-tree';
import { Hash, leafHash } from '../../../src/evidence/tree/hashes';
import { consistencyProof, inclusionProof } from '../../../src/evidence/tree/proofs';
import { LeafRange, rangeHash, Subtree } from '../../../src/evidence/tree/subtrees';

/** A tree in memory that keeps every node, and so proves all its sizes. */
export class WholeTree {
  private readonly levels: Hash[][] = [];
  private readonly growing = new GrowingTree(EMPTY_EDGE, ({ level }, hash) => {
    (this.levels[level] ??= []).push(hash);
  });

  constructor(entries: readonly Buffer[]) {
    for (const entry of entries) this.growing.append(leafHash(entry));
  }

  get rootHash(): Hash {
    return this.growing.rootHash;
  }

  rootAt = (size: number): Hash => rangeHash({ from: 0n, to: BigInt(size) }, this.read);

  hashOf = (range: LeafRange): Hash => rangeHash(range, this.read);

  leafAt = (index: number): Hash => this.levels[0]![index]!;

  inclusion = (index: number, size: number): Hash[] =>
    inclusionProof(BigInt(index), BigInt(size)).map((node) => rangeHash(node, this.read));

  consistency = (first: number, second: number): Hash[] =>
    consistencyProof(BigInt(first), BigInt(second)).map((node) => rangeHash(node, this.read));

  private readonly read = ({ level, index }: Subtree): Hash => this.levels[level]![Number(index)]!;
}

export const entriesOf = (size: number): Buffer[] =>
  Array.from({ length: size }, (_, at) => Buffer.from(`entry ${at}`));

/** The hash with its lowest bit changed. */
export function altered(hash: Hash): Hash {
  const copy = Buffer.from(hash);
  copy[31]! ^= 1;
  return copy;
}
