import { LRUCache } from 'lru-cache';
import { Bell } from '../../../kernel/async';
import { LostReadModels, Outage, ReadModelBehind } from '../../../kernel/outage';
import { Instant } from '../../../kernel/time';
import { BEFORE_ALL, Change, LogPoint, pointAfter } from '../../change';
import { firstBytes } from '../../change-bytes';
import { KnownIntervals } from '../../known-intervals';
import { ByteRange, DocumentKey, MemberPage, ProjectedChange, TemporalStore, Version } from '../../temporal-store';
import { OpenTables, OpenTablesOptions } from './open-tables';
import { serveReadModelFile } from './read-model-file';
import { RecentChanges } from './recent-changes';
import { State } from './state-row';
import { ReadModelTables } from './tables';
import { HeldVersion } from './version-table';

/** Clients ask for the same points again and again: ends of days, and the moments that they have pinned. */
const KNOWN_POINTS = 10_000;

/**
 * Read models in a file of this machine (docs/adr/0048). Every step is synchronous, and a batch is written in one step, so no read sees
 * half a write.
 */
export class SqliteTemporalStore implements TemporalStore {
  readonly synchronous = true;
  private readonly bell = new Bell();
  /** Only this process writes here, so it knows when a version ends. */
  private readonly known: KnownIntervals<HeldVersion>;
  private readonly points = new LRUCache<bigint | Instant, LogPoint>({ max: KNOWN_POINTS });
  private readonly recent = new RecentChanges();
  private readonly file: OpenTables;
  private state: State;
  private serving = false;
  /** The highest position reached before a discard. */
  private furthest = 0n;
  /** Why the last write failed. */
  private failure: Outage | undefined;

  /** Throws `Outage` if another process uses the file, or if it cannot be written. */
  constructor(options: OpenTablesOptions) {
    const { telemetry, cacheBytes = 0 } = options;
    this.known = new KnownIntervals({ cache: 'versions', maxBytes: cacheBytes, telemetry });
    this.file = new OpenTables(options);
    this.state = this.readState();
  }

  /** Only this process can write here, so there is nothing to fence off. */
  claim(): void {}

  checkpoint(): Promise<LogPoint> {
    return promised(() => {
      this.file.requireSound();
      this.file.use(({ inspection }) => {
        inspection.step();
      });
      this.state = this.readState();
      return this.state.checkpoint;
    });
  }

  write(batch: readonly ProjectedChange[]): Promise<void> {
    return promised(() => {
      const { position } = this.state.checkpoint;
      const fresh = batch.filter(({ change }) => change.event.position > position);
      if (fresh.length > 0) this.writeFresh(fresh);
    });
  }

  requireWritable(): Promise<void> {
    return promised(() => {
      this.file.requireOpen();
      if (this.failure !== undefined) throw this.failure;
    });
  }

  markServing(): Promise<void> {
    return promised(() => {
      this.file.use(({ database }) => {
        serveReadModelFile(database);
      });
      this.serving = true;
      this.bell.ring();
    });
  }

  discard(): Promise<void> {
    return promised(() => {
      const { position } = this.state.checkpoint;
      if (position > this.furthest) this.furthest = position;
      this.serving = false;
      this.failure = undefined;
      this.forgetAll();
      this.state = { ...this.state, checkpoint: BEFORE_ALL };
      this.file.discard();
      this.state = this.readState();
    });
  }

  version(): string {
    return this.state.version;
  }

  watermark(): LogPoint | undefined {
    return this.serving && !this.file.isDamaged ? this.state.checkpoint : undefined;
  }

  waitForWatermark(position: bigint, timeoutMs: number): Promise<void> {
    const watermark = this.watermark();
    return watermark !== undefined && watermark.position >= position
      ? Promise.resolve()
      : this.bell.wait({ timeoutMs });
  }

  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): readonly (Version | undefined)[] {
    return this.read(at, (tables) => {
      const held = this.held(tables, keys, at);
      return wanted === 'state' ? held.map((each) => each?.version) : withChanges(tables, held);
    });
  }

  walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): readonly Version[] {
    return this.read(range.upTo, ({ versions }) => versions.walk(key, range, wanted));
  }

  members(collection: string, at: bigint, page: MemberPage): readonly string[] {
    return this.read(at, ({ members }) => members.page(collection, at, page));
  }

  changes(range: ByteRange): readonly Change[] {
    return this.read(range.upTo, ({ changes }) => {
      const recent = this.recent.between(range);
      if (recent === undefined) return changes.between(range);
      return range.maxBytes === undefined ? recent : firstBytes(recent, range.maxBytes);
    });
  }

  pointAt(at: { readonly position: bigint } | { readonly time: Instant }): LogPoint {
    const isPosition = 'position' in at;
    return this.read(isPosition ? at.position : this.furthest, ({ changes }) => {
      const asked = isPosition ? at.position : at.time;
      const known = this.points.get(asked);
      if (known !== undefined) return known;
      const point = changes.pointAt(at);
      const { position, recordedAt } = this.state.checkpoint;
      // What is behind the newest change never changes any more.
      if (isPosition ? at.position <= position : at.time < recordedAt) this.points.set(asked, point);
      return point;
    });
  }

  forget(): void {
    this.furthest = 0n;
    this.forgetAll();
  }

  close(): Promise<void> {
    return promised(() => {
      this.bell.ring();
      this.file.close();
    });
  }

  private writeFresh(fresh: readonly ProjectedChange[]): void {
    const { checkpoint } = this.state;
    try {
      this.file.use((tables) => {
        tables.write(fresh);
      });
      this.failure = undefined;
    } catch (error) {
      if (error instanceof Outage) this.failure = error;
      // It may have been written nevertheless: then the next check finds it.
      this.forgetAll();
      throw error;
    }
    const changes = fresh.map(({ change }) => change);
    this.state = { ...this.state, checkpoint: pointAfter(changes.at(-1) as Change) };
    // Nobody follows read models that are being built.
    if (this.serving) this.recent.add(changes, checkpoint.position);
    for (const { change, documents } of fresh) {
      for (const { key } of documents) this.known.end(key, change.event.position);
    }
    this.bell.ring();
  }

  private held(
    tables: ReadModelTables,
    keys: readonly DocumentKey[],
    at: bigint,
  ): readonly (HeldVersion | undefined)[] {
    const held = keys.map((key) => this.known.at(key, at)?.value);
    const missing = [...new Set(keys.filter((_, index) => held[index] === undefined))];
    if (missing.length === 0) return held;
    const found = tables.versions.inForce(missing, at);
    for (const [key, each] of found) this.known.add(key, each);
    return keys.map((key, index) => held[index] ?? found.get(key)?.value);
  }

  private read<T>(at: bigint, work: (tables: ReadModelTables) => T): T {
    const { position } = this.state.checkpoint;
    if (position < at && position < this.furthest) throw new ReadModelBehind('The read models are being built');
    return this.file.use(work);
  }

  private readState(): State {
    return this.file.use(({ state }) => state.read());
  }

  private forgetAll(): void {
    this.known.clear();
    this.points.clear();
    this.recent.clear();
  }
}

/** What is thrown becomes a rejection. */
const promised = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });

function withChanges(
  tables: ReadModelTables,
  held: readonly (HeldVersion | undefined)[],
): readonly (Version | undefined)[] {
  const carriers = held.flatMap((each) => (each?.carriesChange ? [each.version.position] : []));
  const changes = tables.changes.at(carriers);
  return held.map((each) => {
    if (!each?.carriesChange) return each?.version;
    const change = changes.get(each.version.position);
    if (change === undefined) throw new LostReadModels(`A change of the read models is lost`);
    return { ...each.version, change };
  });
}
