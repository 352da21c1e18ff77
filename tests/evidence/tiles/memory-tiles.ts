import { Tile, TilePart, tilePath } from '../../../src/evidence/tiles/tile';
import { TileStorage } from '../../../src/evidence/tiles/tile-storage';

/** Tiles in memory. A test can damage them. */
export class MemoryTiles implements TileStorage {
  readonly tiles = new Map<string, Buffer>();

  read({ width, ...tile }: TilePart): Buffer | undefined {
    const kept = this.tiles.get(keyOf(tile));
    return kept === undefined || kept.length < 32 * width ? undefined : kept.subarray(0, 32 * width);
  }

  write(tile: Tile, from: number, hashes: Buffer): void {
    const before = from === 0 ? Buffer.alloc(0) : this.read({ ...tile, width: from })!;
    this.tiles.set(keyOf(tile), Buffer.concat([before, hashes]));
  }

  sync(): void {
    // Nothing is lost while the process runs.
  }
}

const keyOf = (tile: Tile): string => tilePath({ ...tile, width: 256 });
