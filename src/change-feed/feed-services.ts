import { ReaderQuota } from './reader-quota';
import { LiveFeed } from './live-feed';

/** What all subscribers of the feed share on one node. */
export interface FeedServices {
  readonly live: LiveFeed;
  readonly quota: ReaderQuota;
  /** After this long without a matching change, a subscriber gets the position to resume at. */
  readonly progressMs: number;
  /** Aborts when the node stops: each subscriber gets its last position and ends. */
  readonly draining: AbortSignal;
}
