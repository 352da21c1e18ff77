export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The same text for equal values, whatever the order of their keys. Members that are null or undefined are left out. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  const members = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(members).filter((name) => (members[name] ?? undefined) !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`)
    .join()}}`;
}

const storable = new WeakMap<object, string>();

/**
 * The JSON to store; the value must not change afterwards. It is made once: the size of an append is judged before it is stored.
 * Throws if parsing it would not give the same value back, which is a bug in the caller.
 */
export function storableJson(value: object): string {
  let json = storable.get(value);
  if (json === undefined) {
    requireFinite(value as Json);
    storable.set(value, (json = JSON.stringify(value)));
  }
  return json;
}

/** JSON writes NaN and infinity as null. */
export function requireFinite(value: Json | undefined): void {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) requireFinite(part);
  }
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
