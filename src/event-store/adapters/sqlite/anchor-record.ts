import { createHash } from 'node:crypto';
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

const position = z.string().regex(/^\d{1,19}$/).transform(BigInt); // prettier-ignore
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const Stored = z.strictObject({
  generation: z.number().int().positive(),
  position,
  from: position,
  hash,
  previousFrom: position,
  previousHash: hash,
});

export function encodeRecord(record: AnchorRecord): Buffer {
  const text = JSON.stringify(record, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return Buffer.from(`${checksumOf(text)} ${text}`.padEnd(RECORD_BYTES - 1) + '\n');
}

/** undefined if the record was never written, was torn, or was altered. */
export function decodeRecord(bytes: Buffer): AnchorRecord | undefined {
  const [, checksum, text] = /^([0-9a-f]{16}) (\{.*\}) *\n$/.exec(bytes.toString('latin1')) ?? [];
  if (text === undefined || checksum !== checksumOf(text)) return undefined;
  return Stored.safeParse(JSON.parse(text)).data;
}

const checksumOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
