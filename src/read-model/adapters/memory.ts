import { Bell } from '../../kernel/async';
import { DamagedReadModels, ReadModelBehind } from '../../kernel/outage';
import { firstIndex } from '../../kernel/search';
import { BEFORE_ALL, Change, LogPoint, pointAfter } from '../change';
import { firstBytes } from '../change-bytes';
import {
  ByteRange,
  DocumentKey,
  MemberPage,
  ProjectedChange,
  VersionRange,
  TemporalStore,
  Version,
} from '../temporal-store';

/**
 * Read models in this process's memory, rebuilt from the log at each start. Every step is synchronous, so no read sees half a
 * write.
 */
export class MemoryTemporalStore implements TemporalStore {
  readonly synchronous = true;
  private readonly documents = new Map<DocumentKey, Version[]>();
  private readonly collections = new Map<string, Collection>();
  private readonly log: Change[] = [];
  private readonly bell = new Bell();
  private newest: LogPoint = BEFORE_ALL;
  /** The highest position reached before a discard. */
  private furthest = 0n;
  private serving = false;
  private discards = 0;

  /** Only this process can write here, so there is nothing to fence off. */
  claim(): void {}

  checkpoint(): Promise<LogPoint> {
    return Promise.resolve(this.newest);
  }

  write(batch: readonly ProjectedChange[]): Promise<void> {
    const fresh = batch.filter(({ change }) => change.event.position > this.newest.position);
    const problem = this.gapIn(fresh);
    if (problem !== undefined) return Promise.reject(problem);
    for (const { change, documents, members } of fresh) {
      const { position } = change.event;
      for (const { key, revision, state, carriesChange } of documents) {
        const version: Version = carriesChange ? { position, revision, state, change } : { position, revision, state };
        const versions = this.documents.get(key);
        if (versions === undefined) this.documents.set(key, [version]);
        else versions.push(version);
      }
      for (const { collection, code } of members) {
        let known = this.collections.get(collection);
        if (known === undefined) this.collections.set(collection, (known = new Collection()));
        known.add(code, position);
      }
      this.log.push(change);
      this.newest = pointAfter(change);
    }
    this.bell.ring();
    return Promise.resolve();
  }

  requireWritable(): Promise<void> {
    return Promise.resolve();
  }

  markServing(): Promise<void> {
    this.serving = true;
    this.bell.ring();
    return Promise.resolve();
  }

  discard(): Promise<void> {
    if (this.newest.position > this.furthest) this.furthest = this.newest.position;
    this.documents.clear();
    this.collections.clear();
    this.log.length = 0;
    this.newest = BEFORE_ALL;
    this.serving = false;
    this.discards++;
    return Promise.resolve();
  }

  version(): string {
    return String(this.discards);
  }

  watermark(): LogPoint | undefined {
    return this.serving ? this.newest : undefined;
  }

  waitForWatermark(position: bigint, timeoutMs: number): Promise<void> {
    return this.serving && this.newest.position >= position ? Promise.resolve() : this.bell.wait({ timeoutMs });
  }

  versions(keys: readonly DocumentKey[], at: bigint): readonly (Version | undefined)[] {
    this.require(at);
    return keys.map((key) => {
      const versions = this.documents.get(key);
      return versions?.[countUpTo(versions, versionPosition, at) - 1];
    });
  }

  walk(key: DocumentKey, range: VersionRange): readonly Version[] {
    this.require(range.upTo);
    return slice(this.documents.get(key) ?? [], versionPosition, range);
  }

  members(collection: string, at: bigint, page: MemberPage): readonly string[] {
    this.require(at);
    return this.collections.get(collection)?.page(at, page) ?? [];
  }

  changes(range: ByteRange): readonly Change[] {
    this.require(range.upTo);
    const changes = slice(this.log, changePosition, range);
    return range.maxBytes === undefined ? changes : firstBytes(changes, range.maxBytes);
  }

  pointAt(at: { readonly position: bigint } | { readonly time: number }): LogPoint {
    this.require('position' in at ? at.position : this.furthest);
    const count =
      'position' in at
        ? countUpTo(this.log, changePosition, at.position)
        : countUpTo(this.log, (change) => change.recordedAt, at.time);
    const last = this.log[count - 1];
    return last === undefined ? BEFORE_ALL : pointAfter(last);
  }

  forget(): void {
    this.furthest = 0n;
  }

  close(): Promise<void> {
    this.bell.ring();
    return Promise.resolve();
  }

  private require(at: bigint): void {
    const { position } = this.newest;
    if (position < at && position < this.furthest) throw new ReadModelBehind('The read models are being built');
  }

  private gapIn(batch: readonly ProjectedChange[]): DamagedReadModels | undefined {
    const reached = new Map<DocumentKey, number>();
    for (const { change, documents } of batch) {
      for (const { key, revision } of documents) {
        const before = reached.get(key) ?? this.documents.get(key)?.length ?? 0;
        if (revision !== before + 1) {
          return new DamagedReadModels(
            `Document ${key} is at revision ${before}, but the change at position ${String(change.event.position)} has revision ${revision}`,
          );
        }
        reached.set(key, revision);
      }
    }
    return undefined;
  }
}

const versionPosition = (version: Version): bigint => version.position;
const changePosition = (change: Change): bigint => change.event.position;

/** The number of items whose order key is at or below `bound`. The items are in ascending order. */
const countUpTo = <T, P extends bigint | number>(items: readonly T[], keyOf: (item: T) => P, bound: P): number =>
  firstIndex(items.length, (index) => keyOf(items[index] as T) > bound);

function slice<T>(items: readonly T[], positionOf: (item: T) => bigint, range: VersionRange): readonly T[] {
  const start = countUpTo(items, positionOf, range.after);
  const end = Math.max(start, countUpTo(items, positionOf, range.upTo));
  const limit = range.limit ?? end - start;
  return range.last ? items.slice(Math.max(start, end - limit), end) : items.slice(start, Math.min(end, start + limit));
}

/** Codes in order, each with the position from which on it is a member. */
class Collection {
  private readonly codes: string[] = [];
  private readonly since = new Map<string, bigint>();

  add(code: string, position: bigint): void {
    if (this.since.has(code)) return;
    this.since.set(code, position);
    const index = this.countBelow(code);
    if (index === this.codes.length) this.codes.push(code);
    else this.codes.splice(index, 0, code);
  }

  page(at: bigint, { after, before, limit = Infinity, last = false }: MemberPage): string[] {
    const start = after === undefined ? 0 : this.countBelow(after) + (this.since.has(after) ? 1 : 0);
    const end = before === undefined ? this.codes.length : this.countBelow(before);
    const found: string[] = [];
    const step = last ? -1 : 1;
    for (let index = last ? end - 1 : start; index >= start && index < end && found.length < limit; index += step) {
      const code = this.codes[index] as string;
      if ((this.since.get(code) as bigint) <= at) found.push(code);
    }
    return last ? found.reverse() : found;
  }

  private countBelow(code: string): number {
    return firstIndex(this.codes.length, (index) => (this.codes[index] as string) >= code);
  }
}
