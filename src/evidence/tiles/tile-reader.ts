import { LRUCache } from 'lru-cache';
import { CorruptLedger } from '../../kernel/outage';
import { Hash, HASH_BYTES } from '../tree/hashes';
import { Subtree } from '../tree/subtrees';
import { TILE_WIDTH } from './tile';
import { Row, TileStorage } from './tile-storage';

/** 3,000 rows of 8 KiB: 24 MiB. */
const CACHED_ROWS = 3_000;

/** Reads the hash of any complete subtree of a tree that only grows. */
export class TileReader {
  /** Also rows that still grow: what they have stays. */
  private readonly cache = new LRUCache<string, Buffer>({ max: CACHED_ROWS });

  /** The row that was read last: neighbours are often read one after the other. */
  private last: (Row & { readonly hashes: Buffer }) | undefined;

  constructor(private readonly storage: Pick<TileStorage, 'read'>) {}

  /** undefined if the hash is lost. */
  find({ level, index }: Subtree): Hash | undefined {
    const row = { level, index: index / BigInt(TILE_WIDTH) };
    const place = Number(index % BigInt(TILE_WIDTH));
    return this.read(row, place + 1)?.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
  }

  readonly hash = (subtree: Subtree): Hash => {
    const hash = this.find(subtree);
    if (hash !== undefined) return hash;
    throw new CorruptLedger(`The tree has lost hash ${subtree.index} of its level ${subtree.level}`);
  };

  forget(): void {
    this.cache.clear();
    this.last = undefined;
  }

  /** The first `width` hashes of the row, or more. */
  private read(row: Row, width: number): Buffer | undefined {
    const { last } = this;
    if (last?.level === row.level && last.index === row.index && last.hashes.length >= width * HASH_BYTES) {
      return last.hashes;
    }
    const hashes = this.readCached(row, width);
    this.last = hashes && { ...row, hashes };
    return hashes;
  }

  private readCached(row: Row, width: number): Buffer | undefined {
    const key = `${row.level}/${row.index}`;
    const known = this.cache.get(key);
    if (known !== undefined && known.length >= width * HASH_BYTES) return known;
    const hashes = this.storage.read({ ...row, width: TILE_WIDTH }) ?? this.storage.read({ ...row, width });
    if (hashes !== undefined) this.cache.set(key, hashes);
    return hashes;
  }
}
