import { CorruptLedger } from '../kernel/outage';
import { GrowingTree } from './tree/growing-tree';
import { Hash } from './tree/hashes';
import { consistencyProof, inclusionProof } from './tree/proofs';
import { LeafRange, rangeHash, Subtree, subtreesOf } from './tree/subtrees';
import { TILE_WIDTH } from './tiles/tile';
import { TileReader } from './tiles/tile-reader';
import { TileStorage } from './tiles/tile-storage';

/** Hashes of one level that were appended and not written yet. They are neighbours. */
interface Unwritten {
  readonly from: bigint;
  readonly hashes: Hash[];
}

/** The tree of a log, kept in tiles. It proves its own size and all smaller ones. */
export class LogTree {
  private readonly reader: TileReader;
  private readonly unwritten = new Map<number, Unwritten>();
  private readonly growing: GrowingTree;

  private constructor(
    private readonly storage: TileStorage,
    size: bigint,
  ) {
    this.reader = new TileReader(storage);
    const hashes = subtreesOf({ from: 0n, to: size }).map(this.reader.hash);
    this.growing = new GrowingTree({ size, hashes }, ({ level, index }, hash) => {
      this.keep(level, index, hash);
    });
  }

  /** The tree of the first `size` leaves in the storage; undefined if it does not have them all. */
  static open(storage: TileStorage, size: bigint): LogTree | undefined {
    try {
      return new LogTree(storage, size);
    } catch (error) {
      if (error instanceof CorruptLedger) return undefined;
      throw error;
    }
  }

  /** A tree without leaves. What the storage has counts no more. */
  static empty(storage: TileStorage): LogTree {
    return new LogTree(storage, 0n);
  }

  get size(): bigint {
    return this.growing.size;
  }

  get rootHash(): Hash {
    return this.growing.rootHash;
  }

  /** The leaf counts for proofs after the next `write`. */
  append(leaf: Hash): void {
    this.growing.append(leaf);
  }

  write(): void {
    for (const [level, { from, hashes }] of this.unwritten) {
      let next = from;
      while (hashes.length > 0) {
        const place = Number(next % BigInt(TILE_WIDTH));
        const written = hashes.splice(0, TILE_WIDTH - place);
        this.storage.write({ level, index: next / BigInt(TILE_WIDTH) }, place, Buffer.concat(written));
        next += BigInt(written.length);
      }
    }
    this.unwritten.clear();
  }

  /** Returns when all that was appended is on disk. */
  sync(): void {
    this.write();
    this.storage.sync();
  }

  /** Reads all tiles from the storage again. */
  forget(): void {
    this.reader.forget();
  }

  /** Whether the tree keeps this hash of a complete subtree. */
  has(subtree: Subtree, hash: Hash): boolean {
    return this.reader.find(subtree)?.equals(hash) === true;
  }

  leafAt(index: bigint): Hash {
    return this.reader.hash({ level: 0, index });
  }

  rootAt(size: bigint): Hash {
    return this.hashOf({ from: 0n, to: size });
  }

  inclusion(leafIndex: bigint, treeSize: bigint): readonly Hash[] {
    return inclusionProof(leafIndex, treeSize).map(this.hashOf);
  }

  consistency(first: bigint, second: bigint): readonly Hash[] {
    return consistencyProof(first, second).map(this.hashOf);
  }

  /** The hash of a node of some tree by RFC 9162. */
  readonly hashOf = (range: LeafRange): Hash => rangeHash(range, this.reader.hash);

  private keep(level: number, index: bigint, hash: Hash): void {
    const unwritten = this.unwritten.get(level);
    if (unwritten === undefined) this.unwritten.set(level, { from: index, hashes: [hash] });
    else unwritten.hashes.push(hash);
  }
}
