import { AbortState, Awaitable, Bell } from '../kernel/async';
import { requireWaiting } from '../kernel/outage';
import { Patience } from '../kernel/patience';
import { Instant } from '../kernel/time';
import { Change, LogPoint } from './change';
import { ByteRange, DocumentKey, MemberPage, TemporalReader, Version } from './temporal-store';

/**
 * The read side of the read models for one request. Once the signal has aborted, each read throws `RequestAborted`. A read that
 * takes longer than the request waits is an outage.
 */
export class AbortableStore implements TemporalReader {
  constructor(
    private readonly store: TemporalReader,
    private readonly signal: AbortState | undefined,
    private readonly patience?: Patience,
  ) {}

  get synchronous(): boolean {
    return this.store.synchronous;
  }

  version(): Awaitable<string | undefined> {
    return this.bound(this.readable().version());
  }

  watermark(): Awaitable<LogPoint | undefined> {
    return this.bound(this.readable().watermark());
  }

  async waitForWatermark(position: bigint, timeoutMs: number): Promise<void> {
    const moved = this.bound(this.readable().waitForWatermark(position, timeoutMs));
    const over = new Bell();
    try {
      await Promise.race([moved, over.wait({ signal: this.signal })]);
    } finally {
      // Removes the listener: one request may wait many times.
      over.ring();
    }
  }

  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): Awaitable<readonly (Version | undefined)[]> {
    return this.bound(this.readable().versions(keys, at, wanted));
  }

  walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): Awaitable<readonly Version[]> {
    return this.bound(this.readable().walk(key, range, wanted));
  }

  members(collection: string, at: bigint, page: MemberPage): Awaitable<readonly string[]> {
    return this.bound(this.readable().members(collection, at, page));
  }

  changes(range: ByteRange): Awaitable<readonly Change[]> {
    return this.bound(this.readable().changes(range));
  }

  pointAt(at: { readonly position: bigint } | { readonly time: Instant }): Awaitable<LogPoint> {
    return this.bound(this.readable().pointAt(at));
  }

  private readable(): TemporalReader {
    requireWaiting(this.signal);
    this.patience?.require();
    return this.store;
  }

  private bound<T>(read: Awaitable<T>): Awaitable<T> {
    return this.patience === undefined ? read : this.patience.bound(read);
  }
}
