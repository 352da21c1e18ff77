import { valueAt } from './paths';

interface FieldChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface ValueChange {
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What a change says about the figure at a path. `numbered` is the same path with the API's number of the list item. A list that
 * changed in length is one field, so what is in it is compared. undefined if the figure stayed the same.
 */
export function changeAt(fields: readonly FieldChange[], path: string, numbered = path): ValueChange | undefined {
  for (const { path: changed, before = null, after = null } of fields) {
    if (changed === numbered) return { before, after };
    if (!path.startsWith(`${changed}/`)) continue;
    const below = path.slice(changed.length);
    const [was, is] = [valueAt(before, below) ?? null, valueAt(after, below) ?? null];
    if (JSON.stringify(was) !== JSON.stringify(is)) return { before: was, after: is };
  }
  return undefined;
}
