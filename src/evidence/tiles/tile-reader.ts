import { LRUCache } from 'lru-cache';
import { Hash, HASH_BYTES, nodeHash } from '../tree/hashes';
import { Subtree } from '../tree/subtrees';
import { CorruptLedger } from '../../kernel/outage';
import { Tile, TILE_HEIGHT, TILE_WIDTH, TilePart, tilePath } from './tile';
import { TileStorage } from './tile-storage';

/** The hashes of a whole tile, and those of the levels that lie between it and the tile above it. */
type Levels = readonly Buffer[];

/** 1,000 tiles with the levels between: 16 MB. */
const CACHED_TILES = 1_000;

/** Reads the hash of any complete subtree from tiles. */
export class TileReader {
  private readonly cache = new LRUCache<string, Levels>({ max: CACHED_TILES });

  constructor(private readonly storage: Pick<TileStorage, 'read'>) {}

  readonly hash = ({ level, index }: Subtree): Hash => {
    const within = level % TILE_HEIGHT;
    const first = index << BigInt(within);
    const tile = { level: (level - within) / TILE_HEIGHT, index: first / BigInt(TILE_WIDTH) };
    const place = Number(first % BigInt(TILE_WIDTH));
    const whole = this.wholeTile(tile);
    if (whole !== undefined) return hashAt(whole[within] as Buffer, place >> within);
    const width = place + (1 << within);
    const hashes = this.require({ ...tile, width }).subarray(place * HASH_BYTES);
    return hashAt(levelsOf(hashes, within)[within] as Buffer, 0);
  };

  forget(): void {
    this.cache.clear();
  }

  private wholeTile(tile: Tile): Levels | undefined {
    const key = `${tile.level}/${tile.index}`;
    let levels = this.cache.get(key);
    if (levels === undefined) {
      const hashes = this.storage.read({ ...tile, width: TILE_WIDTH });
      if (hashes === undefined) return undefined;
      this.cache.set(key, (levels = levelsOf(hashes, TILE_HEIGHT - 1)));
    }
    return levels;
  }

  private require(part: TilePart): Buffer {
    const hashes = this.storage.read(part);
    if (hashes === undefined) throw new CorruptLedger(`The tree has lost tile ${tilePath(part)}`);
    return hashes;
  }
}

/** The hashes, and `height` levels above them. */
function levelsOf(hashes: Buffer, height: number): Levels {
  const levels = [hashes];
  for (let below = hashes; levels.length <= height; levels.push(below)) {
    const parents = below.length / HASH_BYTES / 2;
    below = Buffer.concat(
      Array.from({ length: parents }, (_, at) =>
        nodeHash(hashAt(levels.at(-1) as Buffer, 2 * at), hashAt(levels.at(-1) as Buffer, 2 * at + 1)),
      ),
    );
  }
  return levels;
}

const hashAt = (hashes: Buffer, place: number): Hash => hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
