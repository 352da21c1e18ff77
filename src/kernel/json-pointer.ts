export type PathKey = string | number;

/** A JSON Pointer (RFC 6901) to the place that the keys lead to. */
export const jsonPointer = (keys: readonly PathKey[]): string => keys.map((key) => `/${escapeKey(key)}`).join('');

const escapeKey = (key: PathKey): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

/** The keys of a JSON Pointer; undefined if the text is none. */
export const keysOfPointer = (pointer: string): readonly string[] | undefined =>
  /^(\/([^~/]|~[01])*)*$/.test(pointer)
    ? pointer
        .split('/')
        .slice(1)
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    : undefined;
