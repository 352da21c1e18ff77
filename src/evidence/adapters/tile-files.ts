import { closeSync, fdatasyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makePrivateFile, makePrivateFolder } from '../../machine/private-files';
import { Tile, TILE_WIDTH, TilePart, tilePath } from '../tiles/tile';
import { TileStorage } from '../tiles/tile-storage';
import { HASH_BYTES } from '../tree/hashes';

/** Tiles in files, under the paths of C2SP tlog-tiles. The file of a tile grows until the tile is whole. */
export class TileFiles implements TileStorage {
  private readonly unsynced = new Set<string>();

  constructor(private readonly folder: string) {}

  read({ width, ...tile }: TilePart): Buffer | undefined {
    const bytes = width * HASH_BYTES;
    const file = openIfThere(this.fileOf(tile));
    if (file === undefined) return undefined;
    try {
      const hashes = Buffer.alloc(bytes);
      return readSync(file, hashes, 0, bytes, 0) === bytes ? hashes : undefined;
    } finally {
      closeSync(file);
    }
  }

  write(tile: Tile, from: number, hashes: Buffer): void {
    const path = this.fileOf(tile);
    if (from === 0) {
      makePrivateFolder(dirname(path));
      makePrivateFile(path);
    }
    const file = openSync(path, 'r+');
    try {
      writeSync(file, hashes, 0, hashes.length, from * HASH_BYTES);
      ftruncateSync(file, from * HASH_BYTES + hashes.length);
    } finally {
      closeSync(file);
    }
    this.unsynced.add(path);
  }

  sync(): void {
    for (const path of this.unsynced) {
      const file = openSync(path, 'r+');
      try {
        fdatasyncSync(file);
      } finally {
        closeSync(file);
      }
    }
    this.unsynced.clear();
  }

  private fileOf(tile: Tile): string {
    return join(this.folder, 'tile', tilePath({ ...tile, width: TILE_WIDTH }));
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
