import { Readers } from './readers';
import { Tail } from './tail';

/** What the readers of the feed share on one node. */
export interface FeedServices {
  readonly tail: Tail;
  readonly readers: Readers;
  /** How long nothing may match before a reader is told where to resume. */
  readonly progressMs: number;
  /** Aborts when the node stops: readers end in good order. */
  readonly draining: AbortSignal;
}
