import { ClosableIterator, eachOf } from '../kernel/async';
import { LedgerCalendar } from '../kernel/time';
import { Change, LogPoint } from '../read-model/change';
import { TemporalReader } from '../read-model/temporal-store';
import { abortedWith } from './aborted-with';
import { ChangeFilter, matches } from './filter';
import { scan } from './scan';
import { LiveFeed } from './live-feed';

/*
 * How a subscriber gets from history to live changes, with every change exactly once:
 *
 *  1. Subscribe to the live feed first (`live.subscribe`). From then on, every change after the live feed's position goes into the
 *     subscriber's buffer. Everything at or before that position is recorded and can be scanned.
 *  2. Scan the history, from where the subscriber wants to resume up to that position. Nothing is missing in between, because the
 *     buffer existed before the position was read. Changes that are in both are dropped by their position. If the buffer overflows
 *     during the scan, empty it and scan on to the live feed's new position. So a long history never makes a subscriber lag.
 *  3. Send CAUGHT_UP, then the changes from the buffer. If the buffer overflows now, the subscriber fetches more slowly than changes
 *     come. Send LAGGED with its last position and end the feed. Nothing after that position was sent.
 *
 * The next changes are read on demand, when those before have been taken. So the sizes of a page and of the buffer limit memory, whatever
 * the subscriber does (backpressure). If the filter matches nothing for a while, PROGRESS moves the position to resume at. The buffer is empty then, so everything up to the
 * live feed's position has been delivered.
 */

export type FeedItem = { readonly kind: 'CHANGE'; readonly change: Change } | FeedMark;

export interface FeedMark {
  readonly kind: 'CAUGHT_UP' | 'PROGRESS' | 'LAGGED';
  /** The position after which to resume. */
  readonly position: bigint;
  /** When the last change up to there was recorded, if known. */
  readonly recordedAt?: number;
}

type ReachedPoint = Pick<LogPoint, 'position'> & Partial<Pick<LogPoint, 'recordedAt'>>;

export interface FeedOptions {
  readonly store: TemporalReader;
  readonly live: LiveFeed;
  readonly calendar: LedgerCalendar;
  readonly filter: ChangeFilter;
  /** The change as the subscriber may see it; undefined: as it is. The store has done so already. */
  readonly shown?: (change: Change) => Change;
  /** Whether the subscriber may see a change; the store shows no others. */
  readonly shows: (change: Change) => boolean;
  /** The newest position when the subscriber came. The live feed may not have reached it yet; CAUGHT_UP comes after it. */
  readonly present: ReachedPoint;
  /** Left out: only new changes. */
  readonly after?: bigint;
  /** After this long without an item, the position to resume at is sent. */
  readonly progressMs: number;
  /** Ends the feed after a last PROGRESS with the position to resume at. */
  readonly signal: AbortSignal;
}

const PAGE = 500;
const PAGE_BYTES = 1_048_576;

/** Ends at once when it is closed, even while it waits. */
export function feed(options: FeedOptions): ClosableIterator<FeedItem> {
  const left = abortedWith(options.signal);
  const batches = follow(options, left.signal);
  return eachOf({
    async next() {
      try {
        const step = await batches.next();
        if (step.done) left.abort();
        return step;
      } catch (error) {
        left.abort();
        throw error;
      }
    },
    return: () => {
      left.abort();
      return batches.return();
    },
    throw: (error) => {
      left.abort();
      return batches.throw(error);
    },
  });
}

/** Items that are there together, in batches: a promise for each would cost more than the item. */
async function* follow(
  options: FeedOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly FeedItem[], void, undefined> {
  const { store, live, calendar, filter, shown, present, progressMs } = options;
  const wants = (change: Change): boolean => matches(filter, change, calendar);
  const isOver = (): boolean => signal.aborted;
  await live.ready(signal);
  // The live feed has changes as they are: it must not select by what the subscriber may not see.
  const buffer = live.subscribe(shown === undefined ? filter : { ...filter, actors: undefined }, options.shows);
  try {
    let target: ReachedPoint = later(live.position, present);
    let position = options.after ?? present.position;
    while (position < target.position && !isOver()) {
      const page = await scan(store, wants, {
        after: position,
        upTo: target.position,
        limit: PAGE,
        maxBytes: PAGE_BYTES,
      });
      if (isOver()) break;
      if (page.changes.length > 0) yield page.changes.map(itemOf);
      position = page.position;
      if (page.changes.length === 0 && page.more) yield [{ kind: 'PROGRESS', position }];
      if (buffer.overflowed) {
        buffer.clear();
        target = later(live.position, target);
      }
    }
    if (!isOver())
      yield [{ kind: 'CAUGHT_UP', position, recordedAt: target.position === position ? target.recordedAt : undefined }];

    while (!isOver()) {
      const changes: Change[] = [];
      for (const taken of buffer.take()) {
        if (taken.event.position <= position) continue;
        const change = shown === undefined ? taken : shown(taken);
        if (shown === undefined || wants(change)) changes.push(change);
      }
      if (changes.length > 0) yield changes.map(itemOf);
      position = changes.at(-1)?.event.position ?? position;
      if (buffer.overflowed) {
        yield [{ kind: 'LAGGED', position }];
        return;
      }
      await buffer.wait(progressMs, signal);
      const delivered = live.position;
      if (buffer.isEmpty && delivered.position > position && !isOver()) {
        position = delivered.position;
        yield [{ kind: 'PROGRESS', position, recordedAt: delivered.recordedAt }];
      }
    }
    // A client that has disconnected gets nothing more.
    if (options.signal.aborted) yield [{ kind: 'PROGRESS', position }];
  } finally {
    live.unsubscribe(buffer);
  }
}

const itemOf = (change: Change): FeedItem => ({ kind: 'CHANGE', change });

const later = (a: ReachedPoint, b: ReachedPoint): ReachedPoint => (b.position > a.position ? b : a);
