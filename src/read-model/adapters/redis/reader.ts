import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { StreamNames } from '../../../event-store/streams';
import { CACHE_BOUNDS } from '../../../kernel/limits';
import { Telemetry } from '../../../kernel/telemetry';
import { Instant } from '../../../kernel/time';
import { BEFORE_ALL, Change, LogPoint } from '../../change';
import { KnownIntervals } from '../../known-intervals';
import { ByteRange, DocumentKey, MemberPage, Version } from '../../temporal-store';
import { byShard, Question } from './by-shard';
import { Entry, positionOf, readVersion } from './codec';
import { Client } from './connection';
import { DocumentStates, QUESTIONS_PER_SCRIPT } from './document-states';
import { translating } from './driver-errors';
import { ShardKey, VersionKeys } from './keys';
import { CarriedChange, loggedChanges } from './logged-changes';
import { MemberPages, UNLIMITED } from './member-pages';
import { ModelState } from './models';
import { ServingVersion, ServingVersionOptions } from './serving-version';

/** Clients ask for the same points again and again: ends of days, and the moments that they have pinned. */
const CACHED_POINTS = 10_000;

/** What is kept of what was read, at most. */
export type CacheBytes = Pick<typeof CACHE_BOUNDS, 'knownVersionsBytes' | 'knownMembersBytes'>;

/** For a store that is to be compared with the log: each answer is read. */
export const NOTHING_KEPT: CacheBytes = { knownVersionsBytes: 0, knownMembersBytes: 0 };

export interface RedisReaderOptions extends Omit<ServingVersionOptions, 'onTurn'> {
  readonly client: Client;
  readonly streams: StreamNames;
  readonly cacheBytes: CacheBytes;
  readonly telemetry: Telemetry;
}

/**
 * Reads the version that serves. Each read names the position that its shard must have reached. A shard that has not, because
 * its server lost data, answers nothing; so no answer is ever made from incomplete data. Every version that has reached the
 * position gives the same answer, so a change of versions during a request is not visible.
 *
 * A state or a page of members that was read is kept with the positions at which it holds, so it is not read again (docs/adr/0055).
 *
 * Reads of single documents in one turn of the event loop, by all requests, are sent to the server together.
 */
export class RedisReader {
  private readonly serving: ServingVersion;
  private readonly states: DocumentStates;
  private readonly pages: MemberPages;
  /** Points behind the watermark, which never change any more; by position and by time. */
  private readonly points = new LRUCache<bigint | Instant, LogPoint>({ max: CACHED_POINTS });
  /** The newest entry at or before a position. */
  private readonly newest: DataLoader<Question, Entry | undefined>;

  constructor(private readonly options: RedisReaderOptions) {
    const { client, cacheBytes, telemetry } = options;
    const versions = new KnownIntervals<Version | undefined>({
      cache: 'versions',
      maxBytes: cacheBytes.knownVersionsBytes,
      telemetry,
    });
    const members = new KnownIntervals<readonly string[]>({
      cache: 'members',
      maxBytes: cacheBytes.knownMembersBytes,
      telemetry,
    });
    const onTurn = (): void => {
      for (const cache of [versions, members, this.points]) cache.clear();
    };
    this.serving = new ServingVersion({ ...options, onTurn });
    this.states = new DocumentStates(client, this.serving, versions);
    this.pages = new MemberPages(client, this.serving, members);
    this.newest = new DataLoader((questions) => this.readNewest(questions), {
      cache: false,
      batchScheduleFn: (send) => void setImmediate(send),
      maxBatchSize: QUESTIONS_PER_SCRIPT,
    });
  }

  /** Forgets everything that was seen: the version that serves now may end before an earlier one. */
  forget(): void {
    this.serving.forget();
  }

  /** Reads no more of the version that serves, until it is looked up again. */
  leave(): void {
    this.serving.leave();
  }

  state(): Promise<ModelState | undefined> {
    return this.serving.state();
  }

  async versions(
    keys: readonly DocumentKey[],
    at: bigint,
    wanted?: 'state',
  ): Promise<readonly (Version | undefined)[]> {
    if (wanted === 'state') return this.states.at(keys, at);
    const entries = await Promise.all(keys.map((of) => this.newest.load({ of, at })));
    return entries.map((entry) => entry && readVersion(entry, this.options.streams));
  }

  async walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): Promise<readonly Version[]> {
    const keys = await this.serving.keys();
    const entries = await this.range(keys, keys.document(key), range, wanted);
    return entries.map((entry) => readVersion(entry, this.options.streams));
  }

  members(collection: string, at: bigint, page: MemberPage): Promise<readonly string[]> {
    return this.pages.at(collection, at, page);
  }

  async changes(range: ByteRange): Promise<readonly Change[]> {
    const keys = await this.serving.keys();
    const entries = await this.range(keys, keys.log, range);
    const { streams } = this.options;
    return loggedChanges(entries, range.maxBytes ?? Number.MAX_SAFE_INTEGER, {
      streams,
      carried: (questions, maxBytes) => this.readCarried(questions, maxBytes),
    });
  }

  async pointAt(at: { readonly position: bigint } | { readonly time: Instant }): Promise<LogPoint> {
    const key = 'position' in at ? at.position : at.time;
    const known = this.points.get(key);
    if (known !== undefined) return known;
    const { highest, current } = this.serving;
    const point = 'position' in at ? await this.pointAtPosition(at.position) : await this.pointAtTime(at.time);
    const isPassed = 'position' in at ? at.position <= highest.position : at.time < highest.recordedAt;
    if (isPassed && this.serving.current === current) this.points.set(key, point);
    return point;
  }

  private async pointAtPosition(position: bigint): Promise<LogPoint> {
    if (position <= 0n) return BEFORE_ALL;
    const entry = await this.newest.load({ of: 'log', at: position });
    return entry === undefined ? BEFORE_ALL : pointOf(entry);
  }

  private async pointAtTime(time: Instant): Promise<LogPoint> {
    if (time < 0) return BEFORE_ALL;
    const keys = await this.serving.keys();
    const [entry] = await this.entries(keys, keys.times, this.serving.highest.position, '-', String(time), 1, 'last');
    if (entry === undefined) return BEFORE_ALL;
    const [id, [, sequence]] = entry;
    const [recordedAt, position] = id.split('-') as [string, string];
    return { position: BigInt(position), sequence: BigInt(sequence as string), recordedAt: Number(recordedAt) };
  }

  private range(
    keys: VersionKeys,
    key: ShardKey,
    { after, upTo, limit, last, maxBytes }: ByteRange,
    wanted?: 'change',
  ): Promise<readonly Entry[]> {
    if (limit === 0 || upTo <= after) return Promise.resolve([]);
    return this.entries(
      keys,
      key,
      upTo,
      String(after + 1n),
      String(upTo),
      limit ?? UNLIMITED,
      last ? 'last' : maxBytes,
      wanted,
    );
  }

  private async entries(
    keys: VersionKeys,
    { shard, key }: ShardKey,
    at: bigint,
    from: string,
    to: string,
    limit: number,
    ending: 'last' | number | '' = '',
    wanted: 'change' | '' = '',
  ): Promise<readonly Entry[]> {
    const found = await translating(
      this.options.client.mjRange(
        2,
        keys.checkpoint(shard),
        key,
        this.serving.required(at),
        from,
        to,
        limit,
        ending,
        wanted,
      ),
    );
    return ending === 'last' ? found.toReversed() : found;
  }

  private async readNewest(questions: readonly Question[]): Promise<(Entry | undefined)[]> {
    const entries = await byShard(await this.asked(questions), ({ call }) =>
      translating(this.options.client.mjVersions(...call)),
    );
    return entries.map((entry) => entry ?? undefined);
  }

  private async readCarried(
    questions: readonly Question[],
    maxBytes: number,
  ): Promise<(CarriedChange | null | undefined)[]> {
    return byShard(await this.asked(questions), ({ call, shards }) =>
      translating(this.options.client.mjChanges(...call, String(Math.ceil(maxBytes / shards)))),
    );
  }

  private async asked(questions: readonly Question[]) {
    return { keys: await this.serving.keys(), questions, required: (at: bigint) => this.serving.required(at) };
  }
}

function pointOf([id, fields]: Entry): LogPoint {
  return { position: positionOf(id), sequence: BigInt(fields[1] as string), recordedAt: Number(fields[3]) };
}
