import { hash } from 'node:crypto';

/** A SHA-256 digest. */
export type Hash = Buffer;

export const HASH_BYTES = 32;

export const sha256 = (data: string | Buffer): Hash => hash('sha256', data, 'buffer');

/** The root of the tree without leaves. */
export const EMPTY_ROOT: Hash = sha256('');

const LEAF = Buffer.from([0x00]);

/** RFC 9162, 2.1.1. */
export const leafHash = (entry: Buffer): Hash => sha256(Buffer.concat([LEAF, entry]));

const children = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

/** RFC 9162, 2.1.1. */
export function nodeHash(left: Hash, right: Hash): Hash {
  left.copy(children, 1);
  right.copy(children, 1 + HASH_BYTES);
  return sha256(children);
}
