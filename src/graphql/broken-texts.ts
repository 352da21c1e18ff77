import { Violation } from '../kernel/refusal';

/** A surrogate without its other half. JSON can escape one, UTF-8 cannot write it: a reader would get U+FFFD in its place. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Names the texts in a value that are not Unicode, wherever they are in it. */
export function brokenTextsIn(value: unknown, path = ''): readonly Violation[] {
  if (typeof value === 'string') {
    return LONE_SURROGATE.test(value) ? [{ path, message: 'has half of a surrogate pair, which is no character' }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => brokenTextsIn(part, `${path}/${key}`));
}
