import { StoredEvent } from '../../src/event-store/envelope';
import { EventStore, LogMessage } from '../../src/event-store/event-store';
import { Bell } from '../../src/kernel/async';
import { aMetadata } from '../support/events';

/** A log of any events, even those that no real log would have. It fails if a test says so. */
export class FakeLog implements Pick<EventStore, 'readStream' | 'readAll' | 'subscribe' | 'head'> {
  /** Errors, or undefined for a clean end. Each ends one subscription in the middle of its events. */
  readonly drops: (Error | undefined)[] = [];
  /** Errors for the next calls of `head`. */
  readonly headFailures: Error[] = [];
  /** Called once, at the next subscription. */
  beforeSubscription: (() => void) | undefined;
  private events: readonly StoredEvent[] = [];
  private readonly news = new Bell();
  private readonly waiting = new Bell();
  private heldBack = 0;
  private resumptions = 0;

  /** At the next position, with the next revision of its stream, unless given. */
  add(event: Partial<StoredEvent> & { readonly stream: string }): StoredEvent {
    const position = (this.events.at(-1)?.position ?? 0n) + 10n;
    const revision = BigInt(this.events.filter(({ stream }) => stream === event.stream).length);
    const whole = {
      id: `event-${String(position)}`,
      type: 'Happened',
      data: {},
      metadata: aMetadata(),
      storedAt: 0,
      position,
      revision,
      ...event,
    };
    this.events = [...this.events, whole];
    this.news.ring();
    return whole;
  }

  addAll(streams: readonly string[], name: string): void {
    for (const stream of streams) this.add({ stream, id: `${name}-${this.events.length}` });
  }

  /** Replaces its events and returns the old ones. */
  putBack(with_: readonly StoredEvent[] | ((log: FakeLog) => void)): readonly StoredEvent[] {
    const { events } = this;
    if (typeof with_ === 'function') {
      this.events = [];
      with_(this);
    } else {
      this.events = with_;
    }
    return events;
  }

  /** Its subscriptions are resumed after `meanwhile`. */
  breakOff(meanwhile: () => void): void {
    meanwhile();
    this.resumptions++;
    this.news.ring();
  }

  /** Delivers all but the last `count` events, which are recorded all the same. */
  holdBack(count: number): void {
    this.heldBack = count;
    this.news.ring();
  }

  /** Resolves when a subscriber has handled all events. */
  async idle(act: () => void = () => undefined): Promise<void> {
    const idle = this.waiting.wait();
    act();
    await idle;
  }

  head(): Promise<bigint> {
    const failure = this.headFailures.shift();
    return failure ? Promise.reject(failure) : Promise.resolve(this.events.at(-1)?.position ?? 0n);
  }

  async *readStream(stream: string, fromRevision = 0n): AsyncIterable<StoredEvent> {
    await Promise.resolve();
    yield* this.events.filter((event) => event.stream === stream && event.revision >= fromRevision);
  }

  async *readAll(after: bigint): AsyncIterable<StoredEvent> {
    await Promise.resolve();
    yield* this.events.filter((event) => event.position > after);
  }

  async *subscribe(after: bigint, signal: AbortSignal): AsyncIterable<LogMessage> {
    this.beforeSubscription?.();
    this.beforeSubscription = undefined;
    let position = after;
    let { resumptions } = this;
    while (!signal.aborted) {
      if (resumptions < this.resumptions) {
        resumptions = this.resumptions;
        yield { kind: 'resumed' };
      }
      const events = this.events
        .slice(0, this.events.length - this.heldBack)
        .filter((event) => event.position > position)
        .slice(0, 2);
      if (events.length === 0) {
        yield { kind: 'caught-up' };
        this.waiting.ring();
        await this.news.wait({ signal });
      } else if (this.drops.length > 0) {
        const drop = this.drops.shift();
        yield { kind: 'events', events: events.slice(0, 1) };
        if (drop) throw drop;
        return;
      } else {
        yield { kind: 'events', events };
        position = events.at(-1)!.position;
      }
    }
  }
}
