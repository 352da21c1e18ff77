import { MingjianError, unreachable } from '../failure.ts';
import type { FeedChange, FeedItem } from './feed-documents.ts';
import type { FeedSource } from './source.ts';
import type { Ended } from './waiting-items.ts';

/** A reader from one `load` of the cursor until something ends. */
export interface Reader<C> {
  readonly source: FeedSource<C>;
  readonly signal: AbortSignal;
  readonly batch: number;
  readonly say: (kind: 'BACKFILLING' | 'LIVE') => void;
  /** The position that was committed last. */
  readonly position: () => string;
  readonly commit: (changes: readonly C[], to: string) => Promise<void>;
}

/** Brings the cursor to the end of what is on record, page by page. */
export async function readBacklog<C extends FeedChange>(reader: Reader<C>): Promise<void> {
  const { source, signal, commit, position, say } = reader;
  say('BACKFILLING');
  let first = reader.batch;
  for (let isMore = true; isMore && !signal.aborted;) {
    try {
      const after = position();
      const page = await source.page(after, first, signal);
      await commit(page.nodes, page.position);
      isMore = page.pageInfo.hasNextPage;
      if (isMore && page.position === after) throw unreachable(`The feed does not get past ${after}`);
    } catch (error) {
      // The changes are large, or the server allows smaller pages: fewer of them fit.
      if (first === 1 || !isTooMuch(error)) throw error;
      first = Math.ceil(first / 2);
    }
  }
}

/** The limits of one request that a smaller page may keep. */
const OF_A_PAGE = new Set<unknown>(['maxPageSize', 'maxComplexity', 'maxAnswerFields', 'maxAnswerBytes', 'maxCpuMs']);

const isTooMuch = (error: unknown): boolean =>
  error instanceof MingjianError && error.code === 'LIMIT_EXCEEDED' && OF_A_PAGE.has(error.extensions.limit);

/** Commits what comes, until the connection ends. */
export async function readLive<C extends FeedChange>(reader: Reader<C>): Promise<Ended> {
  const { source, signal, commit, position, batch, say } = reader;
  const connection = source.live(position(), batch, signal);
  try {
    for (;;) {
      const taken = await connection.take();
      if ('kind' in taken) return taken;
      if (signal.aborted) return { kind: 'OVERTAKEN' };
      const marks = taken.flatMap((item) => (item.__typename === 'FeedMark' ? [item.kind] : []));
      // A mark moves the cursor, too, so that nothing before it is read again.
      const last = taken.at(-1);
      if (last !== undefined)
        await commit(
          taken.filter((item) => isChange(item)),
          last.position,
        );
      if (marks.includes('LAGGED')) return { kind: 'OVERTAKEN' };
      if (marks.includes('CAUGHT_UP')) say('LIVE');
    }
  } finally {
    connection.close();
  }
}

const isChange = <C>(item: FeedItem<C>): item is C & { readonly __typename: 'Change' } => item.__typename === 'Change';
