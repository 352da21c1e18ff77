import { andThen, Awaitable } from '../../kernel/async';
import { Instant } from '../../kernel/time';
import { Change, LogPoint } from '../../read-model/change';
import { ByteRange, DocumentKey, MemberPage, TemporalReader, Version } from '../../read-model/temporal-store';
import { Masking } from './masking';

/**
 * The read side of the read models for a reader that may not see details of persons. Everything that such a request answers is
 * made from what it reads here.
 */
export class MaskedStore implements TemporalReader {
  constructor(
    private readonly store: TemporalReader,
    private readonly masking: Masking,
  ) {}

  get synchronous(): boolean {
    return this.store.synchronous;
  }

  version(): Awaitable<string | undefined> {
    return this.store.version();
  }

  watermark(): Awaitable<LogPoint | undefined> {
    return this.store.watermark();
  }

  waitForWatermark(position: bigint, timeoutMs: number): Promise<void> {
    return this.store.waitForWatermark(position, timeoutMs);
  }

  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): Awaitable<readonly (Version | undefined)[]> {
    return andThen(this.store.versions(keys, at, wanted), (versions) =>
      versions.map((version, index) => version && this.masked(keys[index] as DocumentKey, version)),
    );
  }

  walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): Awaitable<readonly Version[]> {
    return andThen(this.store.walk(key, range, wanted), (versions) =>
      versions.map((version) => this.masked(key, version)),
    );
  }

  members(collection: string, at: bigint, page: MemberPage): Awaitable<readonly string[]> {
    return this.store.members(collection, at, page);
  }

  changes(range: ByteRange): Awaitable<readonly Change[]> {
    return andThen(this.store.changes(range), (changes) => changes.map((change) => this.masking.change(change)));
  }

  /** Left out if the store under it leaves it out: that store shows all that it reads. */
  get scan(): TemporalReader['scan'] {
    const scan = this.store.scan?.bind(this.store);
    if (scan === undefined) return undefined;
    return (range) =>
      andThen(scan(range), (read) => ({ ...read, changes: read.changes.map((change) => this.masking.change(change)) }));
  }

  pointAt(at: { readonly position: bigint } | { readonly time: Instant }): Awaitable<LogPoint> {
    return this.store.pointAt(at);
  }

  private masked(key: DocumentKey, version: Version): Version {
    const { change } = version;
    const state = this.masking.state(key, version.state);
    return { ...version, state, ...(change && { change: this.masking.change(change) }) };
  }
}
