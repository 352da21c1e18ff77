import { setImmediate as nextTurn } from 'node:timers/promises';
import { AllStreamSubscription, Position, StreamSubscription } from '@kurrent/kurrentdb-client';
import { Bell } from '../../../kernel/async';
import { LostConnection, translated } from './driver-errors';
import { Received } from './stored-events';

/** What a subscription of the client delivers, in the order in which the server sent it. */
export type SubscriptionItem =
  | { readonly kind: 'events'; readonly events: readonly Received[] }
  /** The ledger has no further events up to this position. */
  | { readonly kind: 'checkpoint'; readonly at: Position }
  | { readonly kind: 'caught-up' };

type Mark = Exclude<SubscriptionItem, { kind: 'events' }>;

/**
 * How many events are buffered for a slow consumer. When the buffer is full, the client stops reading from its connection and
 * the server waits (backpressure).
 */
export const BUFFERED_EVENTS = 128;

/**
 * Pulls items from one subscription of the client. The client emits checkpoints and "caught up" as soon as they arrive, before
 * events that still wait in its buffer. Here each is put back into its place among the events.
 */
export class SubscriptionReader {
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
      // Emitted once everything has been read. The server never ends a subscription by itself, so even a clean end means a lost
      // connection.
      .on('end', () => {
        fail(new LostConnection('Event store: it ended the subscription'));
      })
      .on('close', () => {
        fail(new LostConnection('Event store: it closed the subscription'));
      });
    signal.addEventListener('abort', this.stop);
    if (signal.aborted) this.stop();
  }

  /**
   * The next item; `silence` if none came in time; undefined once the signal has aborted. Throws if the subscription failed.
   */
  async next(timeoutMs: number): Promise<SubscriptionItem | 'silence' | undefined> {
    const deadline = Date.now() + timeoutMs;
    while (!this.signal.aborted) {
      // The client delivers events one by one. After one turn of the event loop, all that have arrived are readable.
      await nextTurn();
      const item = this.take();
      if (item) return item;
      const left = deadline - Date.now();
      if (left <= 0) return 'silence';
      await this.news.wait({ timeoutMs: left, signal: this.signal });
    }
    return undefined;
  }

  /** Must be called: neither an error in the consumer nor garbage collection ends the subscription. */
  readonly stop = (): void => {
    if (this.stopped) return;
    this.stopped = true;
    this.signal.removeEventListener('abort', this.stop);
    this.news.ring();
    // Not awaited: while the client looks for a server, there is no call to cancel yet.
    this.subscription.unsubscribe().catch(() => undefined);
  };

  private take(): SubscriptionItem | undefined {
    const [next] = this.marks;
    if (next?.after === this.taken) {
      this.marks.shift();
      return next.mark;
    }
    const most = Math.min(BUFFERED_EVENTS, next ? next.after - this.taken : BUFFERED_EVENTS);
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

  /** Everything that was sent before the mark has been taken already, or is in the client's buffer. */
  private addMark(mark: Mark): void {
    const after = this.taken + this.subscription.readableLength;
    const last = this.marks.at(-1);
    if (last?.after === after && last.mark.kind === mark.kind) this.marks.pop();
    this.marks.push({ after, mark });
    this.news.ring();
  }
}
