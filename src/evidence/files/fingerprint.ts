import { Hash, sha256 } from '../tree/hashes';

const GROUPS = 8;
const DIGITS_OF_GROUP = 4;

/** Digits that two people can compare over the telephone: whoever has the same digits has the same file. */
export const fingerprintOf = (bytes: Buffer): string => fingerprintOfHash(sha256(bytes));

/** Of a file that was hashed in pieces. */
export function fingerprintOfHash(hash: Hash): string {
  const digits = GROUPS * DIGITS_OF_GROUP;
  const number = BigInt(`0x${hash.toString('hex')}`) % 10n ** BigInt(digits);
  return (String(number).padStart(digits, '0').match(/\d{4}/g) ?? []).join(' ');
}
