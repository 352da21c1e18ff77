import { Awaitable, Bell } from '../kernel/async';
import { requireWaiting } from '../kernel/outage';
import { Instant } from '../kernel/time';
import { Change, Cut } from './change';
import { DocumentKey, MemberPage, Range, TemporalReader, Version } from './temporal-store';

/** The readers' side of the read models for one request: once the signal has aborted, each read throws `RequestAborted`. */
export class AbortableStore implements TemporalReader {
  constructor(
    private readonly store: TemporalReader,
    private readonly signal: AbortSignal,
  ) {}

  get immediate(): boolean {
    return this.store.immediate;
  }

  version(): Awaitable<string | undefined> {
    return this.readable().version();
  }

  watermark(): Awaitable<Cut | undefined> {
    return this.readable().watermark();
  }

  async moved(position: bigint, timeoutMs: number): Promise<void> {
    const moved = this.readable().moved(position, timeoutMs);
    const over = new Bell();
    try {
      await Promise.race([moved, over.wait({ signal: this.signal })]);
    } finally {
      // Removes the listener: a request may wait for many moves.
      over.ring();
    }
  }

  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): Awaitable<readonly (Version | undefined)[]> {
    return this.readable().versions(keys, at, wanted);
  }

  walk(key: DocumentKey, range: Range): Awaitable<readonly Version[]> {
    return this.readable().walk(key, range);
  }

  members(collection: string, at: bigint, page: MemberPage): Awaitable<readonly string[]> {
    return this.readable().members(collection, at, page);
  }

  changes(range: Range): Awaitable<readonly Change[]> {
    return this.readable().changes(range);
  }

  cutAt(place: { readonly position: bigint } | { readonly time: Instant }): Awaitable<Cut> {
    return this.readable().cutAt(place);
  }

  private readable(): TemporalReader {
    requireWaiting(this.signal);
    return this.store;
  }
}
