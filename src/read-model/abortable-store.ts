import { Awaitable, Bell } from '../kernel/async';
import { requireWaiting } from '../kernel/outage';
import { Instant } from '../kernel/time';
import { Change, LogPoint } from './change';
import { DocumentKey, MemberPage, VersionRange, TemporalReader, Version } from './temporal-store';

/** The read side of the read models for one request. Once the signal has aborted, each read throws `RequestAborted`. */
export class AbortableStore implements TemporalReader {
  constructor(
    private readonly store: TemporalReader,
    private readonly signal: AbortSignal,
  ) {}

  get synchronous(): boolean {
    return this.store.synchronous;
  }

  version(): Awaitable<string | undefined> {
    return this.readable().version();
  }

  watermark(): Awaitable<LogPoint | undefined> {
    return this.readable().watermark();
  }

  async waitForWatermark(position: bigint, timeoutMs: number): Promise<void> {
    const moved = this.readable().waitForWatermark(position, timeoutMs);
    const over = new Bell();
    try {
      await Promise.race([moved, over.wait({ signal: this.signal })]);
    } finally {
      // Removes the listener: one request may wait many times.
      over.ring();
    }
  }

  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): Awaitable<readonly (Version | undefined)[]> {
    return this.readable().versions(keys, at, wanted);
  }

  walk(key: DocumentKey, range: VersionRange): Awaitable<readonly Version[]> {
    return this.readable().walk(key, range);
  }

  members(collection: string, at: bigint, page: MemberPage): Awaitable<readonly string[]> {
    return this.readable().members(collection, at, page);
  }

  changes(range: VersionRange): Awaitable<readonly Change[]> {
    return this.readable().changes(range);
  }

  pointAt(at: { readonly position: bigint } | { readonly time: Instant }): Awaitable<LogPoint> {
    return this.readable().pointAt(at);
  }

  private readable(): TemporalReader {
    requireWaiting(this.signal);
    return this.store;
  }
}
