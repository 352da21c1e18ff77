/** Both documents about one change ask for the first change of the entity's history after this cursor: a cursor is a position. */
export const beforeIt = (position: string): string => String(BigInt(position) - 1n);

interface Recorded<Change> {
  readonly history: { readonly nodes: readonly Change[] };
}

/** The change at the position; undefined if the entity has none there. */
export function changeIn<Change extends { readonly position: string }>(
  node: Recorded<Change> | object | null,
  position: string,
): Change | undefined {
  if (node === null || !('history' in node)) return undefined;
  const [change] = node.history.nodes;
  return change?.position === position ? change : undefined;
}
