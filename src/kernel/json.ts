export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The same text for equal values, whatever the order of their keys. Members that are null or undefined are left out. */
export const canonicalJson = (value: unknown): string =>
  sortedJson(value, (member) => (member ?? undefined) !== undefined);

/** Members are in the order of UTF-16 code units, as RFC 8785 wants. */
function sortedJson(value: unknown, isKept: (member: unknown) => boolean): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((item) => sortedJson(item, isKept)).join()}]`;
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of Object.keys(members).sort()) {
    if (!isKept(members[name])) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${sortedJson(members[name], isKept)}`;
  }
  return `{${text}}`;
}

const storable = new WeakMap<object, string>();

/**
 * The JSON to store; the value must not change afterwards. It is made once: the size of an append is judged before it is stored.
 * Its members are sorted, so that a proof can hash the stored text as it is. Throws if parsing it would not give the same value back,
 * which is a bug in the caller.
 */
export function storableJson(value: object): string {
  let json = storable.get(value);
  if (json === undefined) {
    requireFinite(value as Json);
    storable.set(value, (json = sortedJson(value, (member) => member !== undefined)));
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
