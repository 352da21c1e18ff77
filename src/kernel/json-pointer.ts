export type PathKey = string | number;

/** A JSON Pointer (RFC 6901) to the place that the keys lead to. */
export const jsonPointer = (keys: readonly PathKey[]): string => keys.map((key) => `/${escapeKey(key)}`).join('');

const escapeKey = (key: PathKey): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');
