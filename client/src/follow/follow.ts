import { isAfter, isPosition } from '../as-of.ts';
import { isRefusedForEver, MingjianError, unreachable } from '../failure.ts';
import type { ChangeFilter } from '../generated/api.ts';
import type { Server } from '../server.ts';
import { pauseBefore, rest } from './backoff.ts';
import type { CursorStore } from './cursor-store.ts';
import { type Change, type FeedChange, type FeedDocuments, feedDocuments } from './feed-documents.ts';
import { readBacklog, readLive, type Reader } from './read.ts';
import { feedOf, type FeedSource } from './source.ts';
import type { FollowState } from './state.ts';

/*
 * How a reader handles every change exactly once, whatever breaks:
 *
 *  1. Ask the store where the last committed work ended. Nothing else is believed, also after an error: a commit whose answer was lost
 *     may be on record.
 *  2. Read pages of the feed from there, and commit each page with its position, until a page says that it is the last one.
 *  3. Subscribe after the position of that page. The feed gives everything after it, so there is no gap, and nothing that is in a page.
 *     Commit what has come meanwhile, in order, with the position of the last item.
 *  4. If anything ends, begin again at 1. If more comes than is committed, the connection is closed, and the pages of step 2 bring
 *     what is missing: they are asked for one by one, so the memory is bounded.
 */

export interface FollowOptions<Transaction, C extends FeedChange = Change> {
  readonly store: CursorStore<Transaction>;
  /** Does the work of some changes, at least one, in the order of the log, inside the transaction that moves the cursor. */
  readonly work: (changes: readonly C[], transaction: Transaction) => void | Promise<void>;
  /** The same for ever: a cursor of one filter has passed what another filter wants. */
  readonly filter?: ChangeFilter;
  /** What to select of a change; by default the fields of `Change`. */
  readonly documents?: FeedDocuments<C>;
  /** Where a reader begins that has no cursor yet; by default at the start of the ledger. */
  readonly startAfter?: string;
  /** The most changes of one transaction, up to the server's `maxPageSize`. */
  readonly batch?: number;
  /** Ends following. A transaction that has begun is brought to its end first. */
  readonly signal?: AbortSignal;
  readonly onState?: (state: FollowState) => void;
  /**
   * Whether an error that is not the ledger's may be tried again: one of the store, the work or the token. By default none is, and
   * following rejects with it.
   */
  readonly isTransient?: (error: unknown) => boolean;
  /** How long to wait before the next try, in milliseconds; `tries` counts from 0 and begins again after each commit. */
  readonly pauseBefore?: (tries: number) => number;
}

const BATCH = 200;
/** Whatever the server asks for: it may be back earlier. */
const LONGEST_WAIT_MS = 300_000;
/** With a token that is asked for anew each time, a refusal may end. */
const REFUSED_TOKENS = 5;

/**
 * Follows the feed until the signal, and hands every change that matches the filter to the work exactly once, in order. Rejects with
 * MingjianError if the ledger refuses the feed for good (such as `AS_OF_IN_FUTURE`: the cursor is of another ledger, or the ledger was
 * restored from a copy), and with the error of the store or the work. After either the cursor is before the first change that was
 * not handled.
 */
export const follow = <Transaction, C extends FeedChange = Change>(
  server: Server,
  options: FollowOptions<Transaction, C>,
): Promise<void> =>
  followFrom(feedOf(server, options.documents ?? feedDocuments<C>(), options.filter), {
    ...options,
    isTokenFixed: typeof server.token === 'string',
  });

/** `follow`, over a feed that may be another one than a server's. */
export async function followFrom<Transaction, C extends FeedChange>(
  source: FeedSource<C>,
  options: FollowOptions<Transaction, C> & { readonly isTokenFixed: boolean },
): Promise<void> {
  const { store, startAfter = '0', onState, isTransient = () => false, pauseBefore: pause = pauseBefore } = options;
  const signal = options.signal ?? new AbortController().signal;
  // A function call, so that TypeScript does not take the signal for unchanged after an await.
  const hasEnded = (): boolean => signal.aborted;
  let tries = 0;
  const reader = (stored: string | undefined): Reader<C> => {
    let cursor = stored;
    return {
      source,
      signal,
      batch: options.batch ?? BATCH,
      say: (kind) => onState?.({ kind, position: cursor ?? startAfter }),
      position: () => cursor ?? startAfter,
      async commit(changes, to) {
        const from = cursor ?? startAfter;
        if (changes.length === 0 && to === from) return;
        inOrder(changes, from, to);
        await store.commit({ from: cursor, to }, async (transaction) => {
          if (changes.length > 0) await options.work(changes, transaction);
        });
        cursor = to;
        tries = 0;
      },
    };
  };

  while (!hasEnded()) {
    try {
      const one = reader(await store.load());
      await readBacklog(one);
      if (hasEnded()) return;
      const ended = await readLive(one);
      if (ended.kind === 'FAILED') throw ended.error;
    } catch (failure) {
      const isLedgers = failure instanceof MingjianError;
      // The reader was told to end. What its request or its connection says then is no failure.
      if (hasEnded() && (isLedgers || failure === signal.reason)) return;
      if (isLedgers ? isFinal(failure) : !isTransient(failure)) throw failure;
      const error = isLedgers ? failure : unreachable(String(failure));
      const ms = Math.max(pause(tries++), Math.min(error.retryAfterMs ?? 0, LONGEST_WAIT_MS));
      onState?.({ kind: 'WAITING', error, ms });
      await rest(ms, signal);
    }
  }

  function isFinal({ code }: MingjianError): boolean {
    if (code === 'UNAUTHENTICATED' && !options.isTokenFixed) return tries >= REFUSED_TOKENS;
    return isRefusedForEver(code);
  }
}

/** A feed that repeats or turns back is none: rather no work than work that is done twice. */
function inOrder(changes: readonly FeedChange[], after: string, to: string): void {
  let last = after;
  for (const { position } of changes) {
    if (!isPosition(position) || !isAfter(position, last)) throw outOfOrder(last, position);
    last = position;
  }
  if (!isPosition(to) || isAfter(last, to)) throw outOfOrder(last, to);
}

const outOfOrder = (last: string, next: string): MingjianError =>
  unreachable(`The feed is out of order: ${next} came after ${last}`);
