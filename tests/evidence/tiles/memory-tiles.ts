import { tilePath } from '../../../src/evidence/tiles/tile';
import { Row, RowPart, TileStorage } from '../../../src/evidence/tiles/tile-storage';

/** Tiles in memory. A test can damage them. */
export class MemoryTiles implements TileStorage {
  readonly tiles = new Map<string, Buffer>();

  read({ width, ...row }: RowPart): Buffer | undefined {
    const kept = this.tiles.get(keyOf(row));
    return kept === undefined || kept.length < 32 * width ? undefined : kept.subarray(0, 32 * width);
  }

  write(row: Row, from: number, hashes: Buffer): void {
    const before = from === 0 ? Buffer.alloc(0) : this.read({ ...row, width: from })!;
    this.tiles.set(keyOf(row), Buffer.concat([before, hashes]));
  }

  sync(): void {
    // Nothing is lost while the process runs.
  }
}

const keyOf = ({ level, index }: Row): string =>
  level % 8 === 0 ? tilePath({ level: level / 8, index, width: 256 }) : `inner/${level}/${index}`;
