import { Hash, HASH_BYTES, nodeHash, sha256 } from '../tree/hashes';

/** The hash of a part of the map without keys. No bytes are known that have it as their SHA-256. */
export const EMPTY_MAP: Hash = Buffer.alloc(HASH_BYTES);

const LEAF = Buffer.from([0x00]);

/** The value of one key, as hashes. */
export interface MapLeaf {
  readonly key: Hash;
  readonly value: Hash;
}

export const mapLeafHash = ({ key, value }: MapLeaf): Hash => sha256(Buffer.concat([LEAF, key, value]));

/** 0: the key belongs to the left child of its node at this depth; 1: to the right. The first bit is the highest. */
export const bitAt = (key: Hash, depth: number): number => ((key[depth >> 3] as number) >> (7 - (depth & 7))) & 1;

interface Leaf extends MapLeaf {
  readonly hash: Hash;
}

interface Branch {
  readonly left: Part;
  readonly right: Part;
  /** Computed when it is asked for: many keys may be set in between. */
  hash?: Hash;
}

/** undefined: no keys. A part with one key is its leaf, at any depth. */
type Part = Leaf | Branch | undefined;

/** What leads from the root to the place of a key, and what is there. */
export interface MapPath {
  /** The siblings on the way, from the root down. */
  readonly siblings: readonly Hash[];
  /** The leaf at the end, of this key or of another one; undefined if there is none. */
  readonly found: MapLeaf | undefined;
}

/** An immutable sparse Merkle tree from SHA-256 keys to SHA-256 values. Maps share the parts in which they are equal. */
export class SparseMap {
  static readonly EMPTY = new SparseMap(undefined);

  private constructor(private readonly root: Part) {}

  get rootHash(): Hash {
    return hashOf(this.root);
  }

  with(key: Hash, value: Hash): SparseMap {
    const leaf = { key, value };
    return new SparseMap(inserted(this.root, { ...leaf, hash: mapLeafHash(leaf) }, 0));
  }

  pathTo(key: Hash): MapPath {
    const siblings: Hash[] = [];
    let part = this.root;
    for (let depth = 0; part !== undefined && !isLeaf(part); depth++) {
      const goesLeft = bitAt(key, depth) === 0;
      siblings.push(hashOf(goesLeft ? part.right : part.left));
      part = goesLeft ? part.left : part.right;
    }
    return { siblings, found: part === undefined ? undefined : { key: part.key, value: part.value } };
  }
}

function inserted(part: Part, leaf: Leaf, depth: number): Part {
  if (part === undefined || (isLeaf(part) && part.key.equals(leaf.key))) return leaf;
  const { left, right } = isLeaf(part) ? branchOf(part, depth) : part;
  return bitAt(leaf.key, depth) === 0
    ? { left: inserted(left, leaf, depth + 1), right }
    : { left, right: inserted(right, leaf, depth + 1) };
}

const branchOf = (leaf: Leaf, depth: number): Branch =>
  bitAt(leaf.key, depth) === 0 ? { left: leaf, right: undefined } : { left: undefined, right: leaf };

const isLeaf = (part: Leaf | Branch): part is Leaf => 'key' in part;

function hashOf(part: Part): Hash {
  if (part === undefined) return EMPTY_MAP;
  if (isLeaf(part)) return part.hash;
  return (part.hash ??= nodeHash(hashOf(part.left), hashOf(part.right)));
}
