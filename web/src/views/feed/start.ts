/** A feed that is opened shows this many of the changes before. */
const BEFORE = 100;
/** The feed does not wait until a timeline of more changes has been read. */
const LONG = 1_000;

interface Known {
  /** The last position on record; undefined: not known yet. */
  readonly head: string | undefined;
  readonly timeline: readonly { readonly position: string }[];
  readonly isComplete: boolean;
}

/** The position after which a feed begins if its address says none; undefined: not known yet. */
export function startOf({ head, timeline, isComplete }: Known): string | undefined {
  if (head === undefined) return undefined;
  if (!isComplete) return timeline.length > LONG ? head : undefined;
  return timeline.at(-BEFORE - 1)?.position ?? '0';
}
