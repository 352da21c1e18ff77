/** A feed that is opened shows this many of the changes before. */
const BEFORE = 100;

interface Known {
  /** The last position on record; undefined: not known yet. */
  readonly head: string | undefined;
  /** The newest changes, which begin after a position. */
  readonly timeline: readonly { readonly position: string }[];
  readonly begin: string;
  /** Whether the timeline is being read, has been read, or could not be. */
  readonly state: 'READING' | 'READ' | 'FAILED';
}

/** The position after which a feed begins if its address says none; undefined: not known yet. */
export function startOf({ head, timeline, begin, state }: Known): string | undefined {
  if (head === undefined) return undefined;
  const first = timeline.at(-BEFORE - 1)?.position;
  if (first !== undefined) return first;
  switch (state) {
    case 'READING':
      return undefined;
    case 'READ':
      return begin;
    case 'FAILED':
      return head;
  }
}
