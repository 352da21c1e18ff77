export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The same text for equal values, whatever the order of their keys. Members that are null or undefined are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return member;
    const present = Object.entries(member).filter(([, part]) => part !== null && part !== undefined);
    return Object.fromEntries(present.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** The JSON to store. Throws if parsing it would not give the same value back, which is a bug in the caller. */
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
 * Accepts a name or an id only if every store gives it back unchanged: SQLite ends a text at NUL, and UTF-8 cannot encode a
 * lone surrogate. Inside JSON both are escaped, and safe.
 */
export function requireText(text: string): string {
  if (/[\0\p{Surrogate}]/u.test(text))
    throw new TypeError(`${JSON.stringify(text)} contains characters that cannot be stored`);
  return text;
}
