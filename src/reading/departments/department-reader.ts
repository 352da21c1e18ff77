import { andThen, Awaitable } from '../../kernel/async';
import { Worker } from '../../kernel/turns';
import { Change, LogPoint } from '../../read-model/change';
import {
  ByteRange,
  DocumentKey,
  MemberPage,
  TemporalReader,
  Version,
  ScannedChanges,
} from '../../read-model/temporal-store';
import { afterSlash } from './homes';
import { Visibility } from './visibility';
import { VisibleChanges } from './visible-changes';
import { VisibleMembers } from './visible-members';

/**
 * The read models for a caller that may read only some departments: what belongs to others does not exist. Positions, sequences and
 * times are those of the whole ledger (docs/adr/0033).
 */
export class DepartmentReader implements TemporalReader {
  private readonly visibleMembers: VisibleMembers;
  private readonly visibleChanges: VisibleChanges;

  constructor(
    private readonly store: TemporalReader,
    private readonly visibility: Visibility,
    /** On whose behalf the log and long collections are searched. */
    worker?: Worker,
  ) {
    this.visibleMembers = new VisibleMembers(store, visibility, worker);
    this.visibleChanges = new VisibleChanges(store, visibility, worker);
  }

  get synchronous(): boolean {
    return this.store.synchronous;
  }

  /** Differs from that of the store, so that nothing that was cached for the one is taken for the other. */
  version(): Awaitable<string | undefined> {
    return andThen(this.store.version(), (version) => version && `${version} of ${this.visibility.key}`);
  }

  watermark(): Awaitable<LogPoint | undefined> {
    return this.store.watermark();
  }

  waitForWatermark(position: bigint, timeoutMs: number): Promise<void> {
    return this.store.waitForWatermark(position, timeoutMs);
  }

  pointAt(at: Parameters<TemporalReader['pointAt']>[0]): Awaitable<LogPoint> {
    return this.store.pointAt(at);
  }

  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): Awaitable<readonly (Version | undefined)[]> {
    const { visibility } = this;
    const shown = keys.map((key) => visibility.showsKey(key));
    const allowed = shown.includes(false) ? keys.filter((_, index) => shown[index] !== false) : keys;
    return andThen(this.store.versions(allowed, at, wanted), (found) => {
      let next = 0;
      return keys.map((key, index) => {
        if (shown[index] === false) return undefined;
        const version = found[next++];
        if (version === undefined || shown[index]) return version;
        return visibility.showsVersion(key, version) ? version : undefined;
      });
    });
  }

  walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): Awaitable<readonly Version[]> {
    if (this.visibility.showsKey(key) === false) return [];
    return andThen(this.store.walk(key, range, wanted), (versions) => {
      const [first] = versions;
      // A document never changes its department.
      return first === undefined || this.visibility.showsVersion(key, first) ? versions : [];
    });
  }

  members(collection: string, at: bigint, page: MemberPage): Awaitable<readonly string[]> {
    const home = this.visibility.homes.ofCollection(collection);
    switch (home) {
      case 'LEDGER':
        return this.store.members(collection, at, page);
      case 'NAME':
        return this.visibility.showsCode(afterSlash(collection)) ? this.store.members(collection, at, page) : [];
      case 'MEMBERS':
        return this.visibleMembers.byCode(collection, at, page);
      case 'PARTS':
        return this.visibleMembers.ofParts(collection, at, page);
      default:
        return this.visibleMembers.byDocument(collection, home.documents, at, page);
    }
  }

  changes(range: ByteRange): Awaitable<readonly Change[]> {
    return this.visibleChanges.read(range);
  }

  scan(range: ByteRange): Awaitable<ScannedChanges> {
    return this.visibleChanges.scan(range);
  }
}
