import { closeSync, fdatasyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makePrivateFile, makePrivateFolder } from '../../machine/private-files';
import { reachingFiles } from '../../machine/reaching-files';
import { TILE_HEIGHT, TILE_WIDTH, tilePath } from '../tiles/tile';
import { Row, RowPart, TileStorage } from '../tiles/tile-storage';
import { HASH_BYTES } from '../tree/hashes';

/**
 * A file for each row, which grows until the row is whole. Tiles have the paths of C2SP tlog-tiles in the folder `tile`, so a web
 * server can serve them; the rows between them are in the folder `inner`.
 */
export class TileFiles implements TileStorage {
  private readonly unsynced = new Set<string>();

  constructor(private readonly folder: string) {}

  read({ width, ...row }: RowPart): Buffer | undefined {
    const bytes = width * HASH_BYTES;
    return reachingFiles(() => {
      const file = openIfThere(this.fileOf(row));
      if (file === undefined) return undefined;
      try {
        const hashes = Buffer.alloc(bytes);
        return readSync(file, hashes, 0, bytes, 0) === bytes ? hashes : undefined;
      } finally {
        closeSync(file);
      }
    });
  }

  write(row: Row, from: number, hashes: Buffer): void {
    const path = this.fileOf(row);
    reachingFiles(() => {
      if (from === 0) {
        makePrivateFolder(dirname(path));
        makePrivateFile(path);
      }
      change(path, (file) => {
        writeSync(file, hashes, 0, hashes.length, from * HASH_BYTES);
        ftruncateSync(file, from * HASH_BYTES + hashes.length);
      });
    });
    this.unsynced.add(path);
  }

  sync(): void {
    reachingFiles(() => {
      for (const path of this.unsynced) change(path, fdatasyncSync);
    });
    this.unsynced.clear();
  }

  private fileOf({ level, index }: Row): string {
    const isTile = level % TILE_HEIGHT === 0;
    const part = { level: isTile ? level / TILE_HEIGHT : level, index, width: TILE_WIDTH };
    return join(this.folder, isTile ? 'tile' : 'inner', tilePath(part));
  }
}

function change(path: string, act: (file: number) => void): void {
  const file = openSync(path, 'r+');
  try {
    act(file);
  } finally {
    closeSync(file);
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
