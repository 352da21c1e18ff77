export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** One text for equal values whatever the order of their keys; members that are null or undefined count as left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return member;
    const present = Object.entries(member).filter(([, part]) => part !== null && part !== undefined);
    return Object.fromEntries(present.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** The text to store; throws where the value would not come back as it is, which is a bug of whoever made it. */
export function storableJson(value: object): string {
  requireFinite(value as Json);
  return JSON.stringify(value);
}

/** JSON writes NaN and infinity as null. */
export function requireFinite(value: Json | undefined): void {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(requireFinite);
  const isLost = typeof value === 'number' && !Number.isFinite(value);
  if (isLost) throw new TypeError(`${value} cannot be stored in an event`);
}

/**
 * A name or an id that every store gives back as it was: SQLite ends a text at a NUL, and UTF-8 has no half a surrogate pair.
 * In JSON both are escaped, and safe.
 */
export function requireText(text: string): string {
  if (/[\0\p{Surrogate}]/u.test(text)) throw new TypeError(`${JSON.stringify(text)} cannot be stored as it is`);
  return text;
}
