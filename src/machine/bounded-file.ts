import { closeSync, openSync, readSync } from 'node:fs';

const PIECE_BYTES = 65_536;

/** The bytes of a file; undefined if it has more than `mostBytes`. It may be a pipe or a device, which says nothing of its size. */
export function readBoundedFile(path: string, mostBytes: number): Buffer | undefined {
  const file = openSync(path, 'r');
  try {
    const pieces: Buffer[] = [];
    let length = 0;
    while (length <= mostBytes) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const read = readSync(file, piece);
      if (read === 0) return Buffer.concat(pieces);
      pieces.push(piece.subarray(0, read));
      length += read;
    }
    return undefined;
  } finally {
    closeSync(file);
  }
}
