import { createHash } from 'node:crypto';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** The root of a map as docs/protocol/evidence.md defines it, without any sharing. */
export function naiveRoot(leaves: readonly (readonly [key: Buffer, value: Buffer])[], depth = 0): Buffer {
  if (leaves.length === 0) return Buffer.alloc(32);
  if (leaves.length === 1) return sha256(Buffer.of(0), ...leaves[0]!);
  const isRight = ([key]: readonly [Buffer, Buffer]) => (key[depth >> 3]! & (0x80 >> (depth & 7))) !== 0;
  const left = leaves.filter((leaf) => !isRight(leaf));
  const right = leaves.filter(isRight);
  return sha256(Buffer.of(1), naiveRoot(left, depth + 1), naiveRoot(right, depth + 1));
}
