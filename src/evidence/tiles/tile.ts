/** A tile has the hashes of this many neighbours in one of the levels 0, 8, 16 … of the tree (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;

export interface Tile {
  /** The level in the tree, divided by 8. */
  readonly level: number;
  readonly index: bigint;
}

/** The part of a tile that a tree of some size has: its first hashes. */
export interface TilePart extends Tile {
  readonly width: number;
}

/** `0/x001/x234/067`, and `.p/112` if it is not a whole tile. */
export function tilePath({ level, index, width }: TilePart): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const last = groups.pop() as string;
  const path = [level, ...groups.map((group) => `x${group}`), last].join('/');
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}

/** undefined if no tile has this path. Each tile has one path. */
export function parseTilePath(path: string): TilePart | undefined {
  const [, level, groups, width] = /^(\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  if (level === undefined || groups === undefined) return undefined;
  const part = {
    level: Number(level),
    index: BigInt(groups.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  return part.level < 64 && part.width > 0 && tilePath(part) === path ? part : undefined;
}
