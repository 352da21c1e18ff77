import { badInput, unwrap } from '../kernel/refusal';

export type CursorPath = '/after' | '/before';

/** The place that a cursor names, as `read` finds it. A text in which it finds none is refused as `Refused` (BAD_USER_INPUT) at `path`. */
export const placeOfCursor = <Place>(
  cursor: string,
  path: CursorPath,
  read: (cursor: string) => Place | undefined,
  expected = 'is no cursor of this list',
): Place => read(cursor) ?? unwrap(badInput(path, expected));
