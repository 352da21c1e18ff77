import { Failure } from '../api/failure';

/** A page of the changes after a position. It may have no change though there are more: then the reader may not read what is between. */
export interface Page<Change> {
  readonly nodes: readonly Change[];
  /** How far the log was read for it. */
  readonly position: string;
  readonly hasNextPage: boolean;
}

/** What has been read of a log: every change after `begin`, up to `end`, in log order. */
export interface Known<Change> {
  readonly changes: readonly Change[];
  readonly begin: bigint;
  readonly end: bigint;
}

interface Reading<Change> {
  /** What was read before; undefined: nothing. */
  readonly known: Known<Change> | undefined;
  /** The last position on record. */
  readonly head: bigint;
  /** With so many changes it reads no further into the past. It never keeps more than three times as many. */
  readonly enough: number;
  readonly read: (after: string) => Promise<Page<Change> | Failure>;
  /** Hears of each part that adds something. */
  readonly onPart: (known: Known<Change>) => void;
  readonly signal: AbortSignal;
}

const FIRST_SPAN = 1_000n;
const FASTER = 8n;
/** However few of the changes of a long log the person may read, it is not asked for more pages of the past. */
const MOST_PAGES = 500;

/**
 * Reads a log from its end back, in spans of positions that grow. Positions may have any gaps. Resolves with what stopped it, if
 * anything did: a later call goes on from what is known.
 */
export async function readBack<Change extends { readonly position: string }>(
  reading: Reading<Change>,
): Promise<Failure | undefined> {
  const { head, enough, onPart } = reading;
  const pages = pagesOf(reading);
  const start = head > FIRST_SPAN ? head - FIRST_SPAN : 0n;
  const afresh: Known<Change> = { changes: [], begin: start, end: start };
  let known = reading.known ?? afresh;
  let newer = await pages(known.end, undefined, 2 * enough);
  if (newer !== undefined && 'tooMany' in newer) {
    known = afresh;
    newer = await pages(known.end);
  }
  if (newer === undefined || 'tooMany' in newer) return undefined;
  if ('code' in newer) return newer;
  known = trimmed({ ...known, changes: [...known.changes, ...newer.changes], end: newer.end }, enough);
  onPart(known);
  let span = known.end - known.begin;
  while (known.begin > 0n && known.changes.length < enough) {
    span = nextSpan(known, span, enough);
    let from = known.begin > span ? known.begin - span : 0n;
    let older = await pages(from, known.begin, 2 * enough);
    // It has more than anybody needs: the newest part of it is enough.
    while (older !== undefined && 'tooMany' in older && older.tooMany === 'CHANGES') {
      span = span / FASTER + 1n;
      from = known.begin - span;
      older = await pages(from, known.begin, 2 * enough);
    }
    if (older === undefined || 'tooMany' in older) return undefined;
    if ('code' in older) return older;
    known = { changes: [...older.changes, ...known.changes], begin: from, end: known.end };
    onPart(known);
  }
  return undefined;
}

/** Without its oldest changes, if there are too many. */
function trimmed<Change extends { readonly position: string }>(
  { changes, begin, end }: Known<Change>,
  enough: number,
): Known<Change> {
  if (changes.length <= 3 * enough) return { changes, begin, end };
  const dropped = changes.length - 2 * enough;
  return { changes: changes.slice(dropped), begin: BigInt((changes[dropped - 1] as Change).position), end };
}

/** As long as what is missing should need, if the changes lie as close as those that are known. */
function nextSpan<Change>({ changes, begin, end }: Known<Change>, span: bigint, enough: number): bigint {
  const longest = (span > FIRST_SPAN ? span : FIRST_SPAN) * FASTER;
  if (changes.length === 0) return longest;
  const needed = ((end - begin) * BigInt(enough - changes.length)) / BigInt(changes.length) + 1n;
  return needed < longest ? needed : longest;
}

type Part<Change> =
  | { readonly changes: readonly Change[]; readonly end: bigint }
  /** What it would have been, if it had been read on. */
  | { readonly tooMany: 'CHANGES' | 'PAGES' };

/** Reads all pages after a position, up to another one if it is given. undefined: the reading was ended. */
function pagesOf<Change extends { readonly position: string }>({ read, signal }: Reading<Change>) {
  let left = MOST_PAGES;
  return async (from: bigint, to?: bigint, most = Infinity): Promise<Part<Change> | Failure | undefined> => {
    const changes: Change[] = [];
    for (let after = from; ;) {
      // What is newest is read to its end.
      if (to !== undefined && left-- <= 0) return { tooMany: 'PAGES' };
      const page = await read(String(after));
      if (signal.aborted) return undefined;
      if ('code' in page) return page;
      const { nodes, position, hasNextPage } = page;
      const within = to === undefined ? nodes : nodes.filter((change) => BigInt(change.position) <= to);
      changes.push(...within);
      if (changes.length > most) return { tooMany: 'CHANGES' };
      after = BigInt(position);
      if (!hasNextPage || within.length < nodes.length || (to !== undefined && after >= to))
        return { changes, end: after };
    }
  };
}
