import { crc32 } from 'node:zlib';
import { LostReadModels } from '../../../kernel/outage';

/** SQLite does not notice that a disk has changed a text inside a page. */
export const checksumOf = (text: string): number => crc32(text);

/** Throws `LostReadModels` if the text is not the one that was written. */
export function requireIntact(text: string, checksum: bigint, what: string): void {
  if (crc32(text) !== Number(checksum)) throw new LostReadModels(`The read models have a damaged ${what}`);
}
