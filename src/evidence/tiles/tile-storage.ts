import { TILE_HEIGHT, TilePart } from './tile';

/** 256 neighbouring hashes of one level of the tree. Those of the levels 0, 8, 16 … are the tiles of C2SP. */
export interface Row {
  /** 0: the leaves. */
  readonly level: number;
  readonly index: bigint;
}

/** The first hashes of a row. */
export interface RowPart extends Row {
  readonly width: number;
}

export const rowOf = ({ level, ...part }: TilePart): RowPart => ({ ...part, level: level * TILE_HEIGHT });

/** Where the hashes of a tree are kept: all of them, so that a proof hashes nothing. */
export interface TileStorage {
  /** The hashes of the part; undefined if fewer are kept. */
  read(part: RowPart): Buffer | undefined;

  /** Puts hashes into a row from a place on. Those behind them do not count any more. */
  write(row: Row, from: number, hashes: Buffer): void;

  /** Returns when everything that was written is on disk. */
  sync(): void;
}
