import { stringify } from 'uuid';

/** A UUID as this program writes it: in lower case. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** The UUID of a version (RFC 9562) that a hash of at least 16 bytes gives. The same hash gives the same one in every process. */
export function uuidOfHash(hash: Uint8Array, version: 5 | 8): string {
  const bytes = Uint8Array.from(hash.subarray(0, 16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return stringify(bytes);
}
