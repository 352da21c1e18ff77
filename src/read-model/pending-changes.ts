import { andThen, Awaitable } from '../kernel/async';
import { Instant } from '../kernel/time';
import { Change, LogPoint, pointAfter } from './change';
import { firstBytes } from './change-bytes';
import {
  ByteRange,
  DocumentKey,
  MemberPage,
  ProjectedChange,
  TemporalReader,
  Version,
  VersionRange,
} from './temporal-store';

/**
 * The read models up to a log point, followed by changes that nobody has recorded. What is on record after that point is not seen.
 * The positions of the pending changes only order them: on record, other changes may have the same positions.
 */
export class PendingChanges implements TemporalReader {
  private readonly versionsOf = new Map<DocumentKey, Version[]>();
  private readonly joined = new Map<string, Map<string, bigint>>();
  private readonly end: LogPoint;

  constructor(
    private readonly store: TemporalReader,
    private readonly recorded: LogPoint,
    private readonly pending: readonly ProjectedChange[],
  ) {
    for (const { change, documents, members } of pending) {
      const { position } = change.event;
      for (const { key, revision, state, carriesChange } of documents) {
        const version: Version = { position, revision, state, ...(carriesChange ? { change } : {}) };
        const versions = this.versionsOf.get(key);
        if (versions === undefined) this.versionsOf.set(key, [version]);
        else versions.push(version);
      }
      for (const { collection, code } of members) this.join(collection, code, position);
    }
    const last = pending.at(-1);
    this.end = last === undefined ? recorded : pointAfter(last.change);
  }

  get synchronous(): boolean {
    return this.store.synchronous;
  }

  /** Differs from that of the store, so that nothing that was cached for the one is taken for the other. */
  version(): Awaitable<string | undefined> {
    return andThen(this.store.version(), (version) => version && `${version}, and pending changes`);
  }

  watermark(): Awaitable<LogPoint | undefined> {
    return andThen(this.store.watermark(), (point) => point && this.end);
  }

  waitForWatermark(position: bigint, timeoutMs: number): Promise<void> {
    return this.store.waitForWatermark(this.onRecord(position), timeoutMs);
  }

  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): Awaitable<readonly (Version | undefined)[]> {
    return andThen(this.store.versions(keys, this.onRecord(at), wanted), (found) =>
      found.map((version, index) => {
        const pending = this.versionsOf.get(keys[index] as DocumentKey);
        return pending?.findLast(({ position }) => position <= at) ?? version;
      }),
    );
  }

  walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): Awaitable<readonly Version[]> {
    const pending = (this.versionsOf.get(key) ?? []).filter(isWithin(range, ({ position }) => position));
    return this.followed({
      range,
      read: (part) => this.store.walk(key, part, wanted),
      positionOf: ({ position }) => position,
      pending,
    });
  }

  members(collection: string, at: bigint, page: MemberPage): Awaitable<readonly string[]> {
    const { after, before } = page;
    const joined = [...(this.joined.get(collection) ?? [])].flatMap(([code, since]) =>
      since <= at && (after === undefined || code > after) && (before === undefined || code < before) ? [code] : [],
    );
    return andThen(this.store.members(collection, this.onRecord(at), page), (found) =>
      joined.length === 0 ? found : limited([...new Set([...found, ...joined])].sort(), page),
    );
  }

  changes(range: ByteRange): Awaitable<readonly Change[]> {
    const pending = this.pending.map(({ change }) => change).filter(isWithin(range, ({ event }) => event.position));
    const answer = this.followed({
      range,
      read: (part) => this.store.changes(part),
      positionOf: ({ event }) => event.position,
      pending,
    });
    const { maxBytes } = range;
    return maxBytes === undefined ? answer : andThen(answer, (changes) => firstBytes(changes, maxBytes));
  }

  pointAt(at: { readonly position: bigint } | { readonly time: Instant }): Awaitable<LogPoint> {
    const reached = this.pending.findLast(({ change }) =>
      'position' in at ? change.event.position <= at.position : change.recordedAt <= at.time,
    );
    if (reached !== undefined) return pointAfter(reached.change);
    if ('position' in at) return this.store.pointAt({ position: this.onRecord(at.position) });
    return andThen(this.store.pointAt(at), (point) =>
      point.position > this.recorded.position ? this.recorded : point,
    );
  }

  private join(collection: string, code: string, position: bigint): void {
    let codes = this.joined.get(collection);
    if (codes === undefined) this.joined.set(collection, (codes = new Map<string, bigint>()));
    if (!codes.has(code)) codes.set(code, position);
  }

  private onRecord(position: bigint): bigint {
    const end = this.recorded.position;
    return position < end ? position : end;
  }

  /** What is on record in the range, followed by what is pending in it. */
  private followed<Item>({ range, read, positionOf, pending }: Parts<Item>): Awaitable<readonly Item[]> {
    const recorded = { ...range, upTo: this.onRecord(range.upTo) };
    const whole = (found: readonly Item[]): readonly Item[] => limited([...found, ...pending], range);
    return andThen(read(recorded), (found) => {
      const last = found.at(-1);
      if (range.maxBytes === undefined || last === undefined || pending.length === 0) return whole(found);
      // It may have ended early. Then what is pending comes in a later answer.
      const rest = read({ ...recorded, after: positionOf(last), limit: 1 });
      return andThen(rest, ({ length }) => (length === 0 ? whole(found) : found));
    });
  }
}

interface Parts<Item> {
  readonly range: ByteRange;
  /** Reads from the record. */
  readonly read: (range: ByteRange) => Awaitable<readonly Item[]>;
  readonly positionOf: (item: Item) => bigint;
  /** Those of the range, in order. */
  readonly pending: readonly Item[];
}

const isWithin =
  <Item>({ after, upTo }: VersionRange, positionOf: (item: Item) => bigint) =>
  (item: Item): boolean =>
    positionOf(item) > after && positionOf(item) <= upTo;

const limited = <Item>(items: readonly Item[], { limit, last }: Pick<VersionRange, 'limit' | 'last'>) =>
  limit === undefined || items.length <= limit
    ? items
    : last
      ? items.slice(items.length - limit)
      : items.slice(0, limit);
