import { ClosableIterator, mapIterator } from '../kernel/async';
import { LedgerCalendar } from '../kernel/time';
import { Change, LogPoint } from '../read-model/change';
import { TemporalReader } from '../read-model/temporal-store';
import { ChangeFilter, matches } from './filter';
import { scan } from './scan';
import { Tail } from './tail';

/*
 * How a reader comes from history to the present without losing a change and without getting one twice.
 *
 *  1. It sits down at the live feed first (`tail.join`). From then on every change after the tail's position comes to its seat,
 *     whether it is looked at yet or not. What lies at or before that position is on record and can be scanned.
 *  2. It scans the record, from where the reader wants to resume up to that position. Nothing can be missing between the two,
 *     because the seat was taken before the position was read; what is in both is dropped by its position. Where the seat gets
 *     full meanwhile, it is emptied and the scan goes on to where the tail is now: a long history never makes a reader late.
 *  3. It says that it has caught up, and gives what comes to the seat. Where that gets full now, the reader does not fetch as fast
 *     as changes come. It is told how far it is safe (LAGGED), and the feed ends; after that position nothing has been given.
 *
 * Items are given one by one and only when asked for, so what waits is bounded by the seat, whatever the reader does. Where a
 * filter lets nothing through, PROGRESS moves the place to resume at: the seat is empty then, so everything up to the tail's
 * position has been looked at.
 */

export type FeedItem = { readonly kind: 'CHANGE'; readonly change: Change } | FeedMark;

export interface FeedMark {
  readonly kind: 'CAUGHT_UP' | 'PROGRESS' | 'LAGGED';
  /** Resume after it. */
  readonly position: bigint;
  /** Of the last change up to there, where it is known. */
  readonly recordedAt?: number;
}

type Reached = Pick<LogPoint, 'position'> & Partial<Pick<LogPoint, 'recordedAt'>>;

export interface FeedOptions {
  readonly store: TemporalReader;
  readonly tail: Tail;
  readonly calendar: LedgerCalendar;
  readonly filter: ChangeFilter;
  /** How far the record went when the reader came, which the tail may not know of yet: CAUGHT_UP comes after all of that. */
  readonly present: Reached;
  /** Left out: from now on. */
  readonly after?: bigint;
  /** How long nothing may come before the place to resume at is told. */
  readonly progressMs: number;
  /** Ends the feed in good order: with the place to resume at. */
  readonly signal: AbortSignal;
}

const PAGE = 500;

/** Ends at once when it is left, also while it waits. */
export function feed(options: FeedOptions): ClosableIterator<FeedItem> {
  const left = new AbortController();
  const items = follow(options, AbortSignal.any([options.signal, left.signal]));
  return mapIterator(
    {
      next: () => items.next(),
      return: () => {
        left.abort();
        return items.return();
      },
      throw: (error) => {
        left.abort();
        return items.throw(error);
      },
    },
    (item) => item,
  );
}

async function* follow(options: FeedOptions, signal: AbortSignal): AsyncGenerator<FeedItem, void, undefined> {
  const { store, tail, calendar, filter, present, progressMs } = options;
  const wants = (change: Change): boolean => matches(filter, change, calendar);
  const isOver = (): boolean => signal.aborted;
  await tail.ready(signal);
  const seat = tail.join(filter);
  try {
    let live: Reached = later(tail.position, present);
    let position = options.after ?? present.position;
    while (position < live.position && !isOver()) {
      const page = await scan(store, wants, { after: position, upTo: live.position, limit: PAGE });
      if (isOver()) break;
      for (const change of page.changes) yield { kind: 'CHANGE', change };
      position = page.position;
      if (page.changes.length === 0 && page.more) yield { kind: 'PROGRESS', position };
      if (seat.full) {
        seat.clear();
        live = later(tail.position, live);
      }
    }
    if (!isOver())
      yield { kind: 'CAUGHT_UP', position, recordedAt: live.position === position ? live.recordedAt : undefined };

    while (!isOver()) {
      for (const change of seat.take()) {
        if (change.event.position <= position) continue;
        yield { kind: 'CHANGE', change };
        position = change.event.position;
      }
      if (seat.full) {
        yield { kind: 'LAGGED', position };
        return;
      }
      await seat.wait(progressMs, signal);
      const looked = tail.position;
      if (seat.isEmpty && looked.position > position && !isOver()) {
        position = looked.position;
        yield { kind: 'PROGRESS', position, recordedAt: looked.recordedAt };
      }
    }
    // Who has left is told nothing more.
    if (options.signal.aborted) yield { kind: 'PROGRESS', position };
  } finally {
    tail.leave(seat);
  }
}

const later = (a: Reached, b: Reached): Reached => (b.position > a.position ? b : a);
