interface Preference {
  readonly range: string;
  readonly quality: number;
}

/** Browsers send about 8. What is behind these is not looked at. */
const MOST_RANGES = 32;

/** The media type that the header `Accept` prefers; of several equal ones, the first. undefined if it accepts none. */
export function preferred(header: string | undefined, mediaTypes: readonly string[]): string | undefined {
  if (header === undefined || header === '*/*') return mediaTypes[0];
  const preferences = read(header);
  let best: { readonly type: string; readonly quality: number; readonly closeness: number } | undefined;
  for (const type of mediaTypes) {
    const { quality, closeness } = judge(preferences, type);
    if (quality <= (best?.quality ?? 0) && !(quality === best?.quality && closeness > best.closeness)) continue;
    best = { type, quality, closeness };
  }
  return best?.type;
}

/** Whether the header `Accept-Encoding` allows the coding. */
export const acceptsCoding = (header: string | undefined, coding: 'br' | 'gzip'): boolean =>
  judge(read(header ?? ''), coding).quality > 0;

/** The quality from the most specific range that matches the type. */
function judge(preferences: readonly Preference[], value: string): { quality: number; closeness: number } {
  let judged = { quality: 0, closeness: 0 };
  for (const { range, quality } of preferences) {
    const closeness = closenessOf(range, value);
    if (closeness > judged.closeness) judged = { quality, closeness };
  }
  return judged;
}

function closenessOf(range: string, value: string): number {
  if (range === value) return 3;
  if (range === '*/*' || range === '*') return 1;
  return range.endsWith('/*') && value.startsWith(range.slice(0, -1)) ? 2 : 0;
}

const read = (header: string): readonly Preference[] =>
  header.split(',', MOST_RANGES).map((part) => {
    const [range = '', ...parameters] = part
      .toLowerCase()
      .split(';')
      .map((text) => text.trim());
    const quality = parameters.find((text) => text.startsWith('q='));
    return { range, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
