import { unzipSync, Zippable, zipSync } from 'fflate';

/** The zip format keeps it without a time zone, and so does this text. */
const MODIFIED = '2023-12-31T00:00:00';

/** An archive with one order and one time for all entries: the same entries give the same bytes. */
export function stableZip(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const sorted = Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
  const contents: Zippable = Object.fromEntries(sorted.map(([name, data]) => [name, [data, { mtime: MODIFIED }]]));
  return zipSync(contents, { level: 6 });
}

export const unzipped = (archive: Uint8Array): Record<string, Uint8Array> => unzipSync(archive);
