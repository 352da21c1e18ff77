import { Tile, TilePart } from './tile';

/** Where the hashes of a tree are kept. */
export interface TileStorage {
  /** The hashes of the part; undefined if fewer are kept. */
  read(part: TilePart): Buffer | undefined;

  /** Puts hashes into a tile from a place on. Those behind them do not count any more. */
  write(tile: Tile, from: number, hashes: Buffer): void;

  /** Returns when everything that was written is on disk. */
  sync(): void;
}
