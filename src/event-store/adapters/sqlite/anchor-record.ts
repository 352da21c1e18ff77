import { crc32 } from 'node:zlib';
import { z } from 'zod';

/** How far the log has been recorded, and the hashes of its newest events. */
export interface AnchorRecord {
  /** Grows with each write. Of two valid slots, the one with the larger number is newer. */
  readonly generation: number;
  /** The newest event that was recorded. */
  readonly position: bigint;
  /** The events after this position, up to `position`, have the hash `hash`. */
  readonly from: bigint;
  readonly hash: string;
  /** The events between this position and `from` have the hash `previousHash`. */
  readonly previousFrom: bigint;
  readonly previousHash: string;
}

/** One sector: a disk writes it as a whole, or not at all. */
export const RECORD_BYTES = 512;

const Position = z.string().regex(/^\d{1,19}$/).transform(BigInt); // prettier-ignore
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Stored = z.strictObject({
  generation: z.number().int().positive(),
  position: Position,
  from: Position,
  hash: Hash,
  previousFrom: Position,
  previousHash: Hash,
});

/** Written out by hand, because it is a part of every commit. */
export function encodeRecord({ generation, position, from, hash, previousFrom, previousHash }: AnchorRecord): Buffer {
  const older = `"previousFrom":"${String(previousFrom)}","previousHash":"${previousHash}"`;
  const text = `{"generation":${generation},"position":"${String(position)}","from":"${String(from)}","hash":"${hash}",${older}}`;
  return Buffer.from(`${checksumOf(text)} ${text}`.padEnd(RECORD_BYTES - 1) + '\n', 'latin1');
}

/** undefined if the record was never written, was torn, or was altered. */
export function decodeRecord(bytes: Buffer): AnchorRecord | undefined {
  const [, checksum, text] = /^([0-9a-f]{8}) (\{.*\}) *\n$/.exec(bytes.toString('latin1')) ?? [];
  if (text === undefined || checksum !== checksumOf(text)) return undefined;
  return Stored.safeParse(JSON.parse(text)).data;
}

const checksumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');
