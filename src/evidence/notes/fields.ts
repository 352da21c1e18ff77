import { Hash, HASH_BYTES } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';

const UINT64_MAX = 2n ** 64n - 1n;

/** A decimal number without leading zeros. */
export function readNumber(text: string, what: string): bigint {
  const number = /^(0|[1-9]\d{0,19})$/.test(text) ? BigInt(text) : undefined;
  if (number === undefined || number > UINT64_MAX) throw new UnsoundEvidence(`${what} is not a number: ${text}`);
  return number;
}

/** Base 64 of RFC 4648, section 4. Each sequence of bytes has one text. */
export function readBase64(text: string, what: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (text === '' || bytes.toString('base64') !== text) throw new UnsoundEvidence(`${what} is not base64: ${text}`);
  return bytes;
}

export function readHash(text: string, what: string): Hash {
  const bytes = readBase64(text, what);
  if (bytes.length !== HASH_BYTES) throw new UnsoundEvidence(`${what} is not a SHA-256 hash: ${text}`);
  return bytes;
}
