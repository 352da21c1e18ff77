/** A surrogate without its other half. JSON can escape one, UTF-8 cannot write it: a reader would get U+FFFD in its place. */
const LONE_SURROGATE = /\p{Surrogate}/u;

export const isUnicode = (text: string): boolean => !LONE_SURROGATE.test(text);

export const NOT_UNICODE = 'has half of a surrogate pair, which is no character';
