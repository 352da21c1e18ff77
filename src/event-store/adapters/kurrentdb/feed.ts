import { setImmediate as nextTurn } from 'node:timers/promises';
import { AllStreamSubscription, Position, StreamSubscription } from '@kurrent/kurrentdb-client';
import { Bell } from '../../../kernel/async';
import { Outage } from '../../../kernel/outage';
import { translated } from './driver-errors';
import { Received } from './stored-events';

/** What a subscription of the client brings, in the order in which the server sent it. */
export type FeedItem =
  | { readonly kind: 'events'; readonly events: readonly Received[] }
  /** Nothing of ours stands between what came before and this position. */
  | { readonly kind: 'checkpoint'; readonly at: Position }
  | { readonly kind: 'caught-up' };

type Mark = Exclude<FeedItem, { kind: 'events' }>;

/**
 * How many events wait for a slow reader. Beyond that the client takes nothing more from its connection, and the server waits.
 */
export const EVENTS_AHEAD = 128;

/**
 * One subscription of the client, read rather than listened to. The client announces checkpoints and the caught-up mark beside
 * the stream of events and ahead of those that wait in it: here each keeps its place among them.
 */
export class Feed {
  private readonly subscription: AllStreamSubscription | StreamSubscription;
  private readonly news = new Bell();
  private readonly marks: { readonly after: number; readonly mark: Mark }[] = [];
  private taken = 0;
  private failure: Error | undefined;
  private stopped = false;

  constructor(
    open: (checkpointReached: (at: Position) => void) => AllStreamSubscription | StreamSubscription,
    private readonly signal: AbortSignal,
  ) {
    this.subscription = open((at) => {
      this.addMark({ kind: 'checkpoint', at });
    });
    const ring = (): void => {
      this.news.ring();
    };
    const fail = (error: Error): void => {
      this.failure ??= error;
      ring();
    };
    this.subscription
      .on('readable', ring)
      .on('caughtUp', () => {
        this.addMark({ kind: 'caught-up' });
      })
      .on('error', (error: Error) => {
        fail(translated(error));
      })
      // Emitted once all is read. The server ends no subscription by itself: a clean end is a drop, too.
      .on('end', () => {
        fail(new Outage('Event store: it ended the subscription'));
      })
      .on('close', () => {
        fail(new Outage('Event store: it closed the subscription'));
      });
    signal.addEventListener('abort', this.stop);
    if (signal.aborted) this.stop();
  }

  /** The next item; `silence` where none came in time; undefined once the signal has aborted. Throws where the subscription broke. */
  async next(timeoutMs: number): Promise<FeedItem | 'silence' | undefined> {
    const deadline = Date.now() + timeoutMs;
    while (!this.signal.aborted) {
      // Events come one by one, in one turn as many as there are.
      await nextTurn();
      const item = this.take();
      if (item) return item;
      const left = deadline - Date.now();
      if (left <= 0) return 'silence';
      await this.news.wait({ timeoutMs: left, signal: this.signal });
    }
    return undefined;
  }

  /** The call is ended by nothing else: not by an error in a reader, and not by garbage collection. */
  readonly stop = (): void => {
    if (this.stopped) return;
    this.stopped = true;
    this.signal.removeEventListener('abort', this.stop);
    this.news.ring();
    // Not waited for: while the client looks for a server there is no call to cancel yet.
    this.subscription.unsubscribe().catch(() => undefined);
  };

  private take(): FeedItem | undefined {
    const [next] = this.marks;
    if (next?.after === this.taken) {
      this.marks.shift();
      return next.mark;
    }
    const most = Math.min(EVENTS_AHEAD, next ? next.after - this.taken : EVENTS_AHEAD);
    const events: Received[] = [];
    while (events.length < most) {
      const event = this.subscription.read() as Received | null;
      if (event === null) break;
      events.push(event);
    }
    this.taken += events.length;
    if (events.length > 0) return { kind: 'events', events };
    if (this.failure) throw this.failure;
    return undefined;
  }

  /** What was sent before the mark has been taken, or waits in the stream. */
  private addMark(mark: Mark): void {
    const after = this.taken + this.subscription.readableLength;
    const last = this.marks.at(-1);
    if (last?.after === after && last.mark.kind === mark.kind) this.marks.pop();
    this.marks.push({ after, mark });
    this.news.ring();
  }
}
