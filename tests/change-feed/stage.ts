import { feed, FeedItem, FeedOptions } from '../../src/change-feed/feed';
import { LiveFeed } from '../../src/change-feed/live-feed';
import { ClosableIterator } from '../../src/kernel/async';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { VersionRange } from '../../src/read-model/temporal-store';
import { calendar } from '../support/specification';
import { GrowingLog, Sketch } from './history';
import { troublesTo } from '../support/telemetry';

/** Read models that a test can make slow, empty or failing. */
export class HeldStore extends MemoryTemporalStore {
  /** What each read of the log waits for. */
  hold: (range: VersionRange) => Promise<unknown> = () => Promise.resolve();
  /** What a read waits for after it has its result. */
  keep: (range: VersionRange) => Promise<unknown> = () => Promise.resolve();
  failure: Error | undefined;

  override changes(range: VersionRange): never {
    const look = async () => {
      await this.hold(range);
      if (this.failure) throw this.failure;
      const changes = super.changes(range);
      await this.keep(range);
      return changes;
    };
    return look() as never;
  }
}

/** A log, its read models, and a live feed that follows them. */
export class FeedStage {
  readonly log = new GrowingLog();
  readonly store = new HeldStore();
  readonly draining = new AbortController();
  readonly troubles: unknown[] = [];
  readonly live: LiveFeed;
  private readonly stopping = new AbortController();
  private following: Promise<void> | undefined;

  constructor(seatSize: number) {
    const telemetry = troublesTo((error) => void this.troubles.push(error));
    this.live = new LiveFeed({ store: this.store, calendar, bufferSize: seatSize, telemetry });
  }

  async open(sketches: readonly Sketch[] = []): Promise<void> {
    await this.append(sketches);
    await this.store.markServing();
    this.following = this.live.run(this.stopping.signal);
    await this.live.ready(this.stopping.signal);
  }

  append(sketches: readonly Sketch[]): Promise<void> {
    return this.store.write(this.log.grow(sketches));
  }

  feed(options: Partial<FeedOptions> = {}): ClosableIterator<FeedItem> {
    return feed({
      store: this.store,
      live: this.live,
      calendar,
      filter: {},
      shows: () => true,
      present: { position: this.log.head },
      progressMs: 3_600_000,
      signal: this.draining.signal,
      ...options,
    });
  }

  async close(): Promise<void> {
    this.stopping.abort();
    this.store.hold = () => Promise.resolve();
    await this.following;
  }
}

/** The shortest form: the positions of changes, and the names of marks. */
export const told = (item: FeedItem | undefined): string =>
  item === undefined
    ? 'end'
    : item.kind === 'CHANGE'
      ? String(item.change.event.position)
      : `${item.kind} ${String(item.position)}`;

export async function take(items: ClosableIterator<FeedItem>, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const { value } = await items.next();
    taken.push(told(value ?? undefined));
  }
  return taken;
}
