import { ask } from '../ask.ts';
import type { ChangeFilter } from '../generated/api.ts';
import type { Server } from '../server.ts';
import type { FeedDocuments, FeedItem, Page } from './feed-documents.ts';
import { type LiveConnection, openConnection } from './live-connection.ts';

/** The feed as one reader sees it. */
export interface FeedSource<C> {
  /** At most `first` changes after a position. Rejects with MingjianError. */
  page(after: string, first: number, signal: AbortSignal): Promise<Page<C>>;
  /** Begins after a position. Items wait in it, at most `most` of them. */
  live(after: string, most: number, signal: AbortSignal): LiveConnection<FeedItem<C>>;
}

export function feedOf<C>(
  server: Server,
  documents: FeedDocuments<C>,
  filter: ChangeFilter | undefined,
): FeedSource<C> {
  return {
    async page(after, first, signal) {
      const { changes } = await ask(server, documents.page, { after, filter, first }, { signal });
      // A page that has no value has an error, which `ask` has thrown.
      if (changes === null) throw new TypeError('The ledger answered no page');
      return changes;
    },
    live: (after, most, signal) => openConnection(server, documents.live, { after, filter }, { most, signal }),
  };
}
