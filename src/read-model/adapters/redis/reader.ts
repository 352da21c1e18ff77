import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { StreamNames } from '../../../event-store/streams';
import { ReadModelBehind } from '../../../kernel/outage';
import { Instant } from '../../../kernel/time';
import { BEFORE_ALL, Change, LogPoint } from '../../change';
import { ByteRange, DocumentKey, MemberPage, Version } from '../../temporal-store';
import { byShard, Question } from './by-shard';
import { Entry, orderedCode, padded, positionOf, readMember, readStates, readVersion } from './codec';
import { Client } from './connection';
import { translating } from './driver-errors';
import { ShardKey, VersionKeys } from './keys';
import { CarriedChange, loggedChanges } from './logged-changes';
import { ModelState, Models } from './models';

/** Limits how long one script blocks the server. */
const QUESTIONS_PER_SCRIPT = 500;
const UNLIMITED = 1_000_000_000;
/** Clients ask for the same points again and again: ends of days, and the moments that they have pinned. */
const CACHED_POINTS = 10_000;

/**
 * Reads the version that serves. Each read names the position that its shard must have reached. A shard that has not, because
 * its server lost data, answers nothing; so no answer is ever made from incomplete data. Every version that has reached the
 * position gives the same answer, so a change of versions during a request is not visible.
 *
 * Reads of single documents in one turn of the event loop, by all requests, are sent to the server together.
 */
export class RedisReader {
  private keys: VersionKeys | undefined;
  /** The furthest watermark that was seen here. */
  private highest: LogPoint = BEFORE_ALL;
  /** Points behind the watermark, which never change any more; by position and by time. */
  private points = new LRUCache<bigint | Instant, LogPoint>({ max: CACHED_POINTS });
  /** The newest entry at or before a position. */
  private readonly newest: DataLoader<Question, Entry | undefined>;
  /** Only the state of that entry, for a document. */
  private readonly newestStates: DataLoader<Question, Version | undefined>;
  private readonly states: DataLoader<'state', ModelState | undefined>;

  constructor(
    private readonly client: Client,
    private readonly models: Models,
    private readonly keysOf: (version: string) => VersionKeys,
    private readonly streams: StreamNames,
    /** A version to read instead of the one that serves. */
    private readonly version?: string,
  ) {
    const together = { cache: false, batchScheduleFn: (send: () => void) => void setImmediate(send) };
    const bounded = { ...together, maxBatchSize: QUESTIONS_PER_SCRIPT };
    this.newest = new DataLoader((questions) => this.readNewest(questions), bounded);
    this.newestStates = new DataLoader((questions) => this.readStates(questions), bounded);
    this.states = new DataLoader(async (asked) => {
      const state = await this.readState();
      return asked.map(() => state);
    }, together);
  }

  /** Forgets everything that was seen: the version that serves now may end before an earlier one. */
  forget(): void {
    this.keys = undefined;
    this.highest = BEFORE_ALL;
    this.points = new LRUCache({ max: CACHED_POINTS });
  }

  state(): Promise<ModelState | undefined> {
    return this.states.load('state');
  }

  async versions(
    keys: readonly DocumentKey[],
    at: bigint,
    wanted?: 'state',
  ): Promise<readonly (Version | undefined)[]> {
    const questions = keys.map((of): Question => ({ of, at }));
    if (wanted !== 'state') {
      const entries = await Promise.all(questions.map((question) => this.newest.load(question)));
      return entries.map((entry) => entry && readVersion(entry, this.streams));
    }
    // A page is large enough for a call of its own.
    const isPage = keys.length > 1 && keys.length <= QUESTIONS_PER_SCRIPT;
    return isPage
      ? this.readStates(questions)
      : Promise.all(questions.map((question) => this.newestStates.load(question)));
  }

  async walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): Promise<readonly Version[]> {
    const keys = await this.serving();
    const entries = await this.range(keys, keys.document(key), range, wanted);
    return entries.map((entry) => readVersion(entry, this.streams));
  }

  async members(collection: string, at: bigint, page: MemberPage): Promise<readonly string[]> {
    const { after, before, limit = UNLIMITED, last } = page;
    if (limit === 0) return [];
    const keys = await this.serving();
    const { shard, key } = keys.collection(collection);
    const members = await translating(
      this.client.mjMembers(
        2,
        keys.checkpoint(shard),
        key,
        this.required(at),
        padded(at),
        after === undefined ? '-' : `(${orderedCode(after)}~`,
        before === undefined ? '+' : `(${orderedCode(before)}`,
        Math.min(limit, UNLIMITED),
        last ? 'last' : '',
      ),
    );
    const codes = members.map(readMember);
    return last ? codes.reverse() : codes;
  }

  async changes(range: ByteRange): Promise<readonly Change[]> {
    const keys = await this.serving();
    const entries = await this.range(keys, keys.log, range);
    const { streams } = this;
    return loggedChanges(entries, range.maxBytes ?? Number.MAX_SAFE_INTEGER, {
      streams,
      carried: (questions, maxBytes) => this.readCarried(questions, maxBytes),
    });
  }

  async pointAt(at: { readonly position: bigint } | { readonly time: Instant }): Promise<LogPoint> {
    const key = 'position' in at ? at.position : at.time;
    const { points } = this;
    const known = points.get(key);
    if (known !== undefined) return known;
    const { position, recordedAt } = this.highest;
    const point = 'position' in at ? await this.pointAtPosition(at.position) : await this.pointAtTime(at.time);
    if ('position' in at ? at.position <= position : at.time < recordedAt) points.set(key, point);
    return point;
  }

  private async pointAtPosition(position: bigint): Promise<LogPoint> {
    if (position <= 0n) return BEFORE_ALL;
    const entry = await this.newest.load({ of: 'log', at: position });
    return entry === undefined ? BEFORE_ALL : pointOf(entry);
  }

  private async pointAtTime(time: Instant): Promise<LogPoint> {
    if (time < 0) return BEFORE_ALL;
    const keys = await this.serving();
    const [entry] = await this.entries(keys, keys.times, this.highest.position, '-', String(time), 1, 'last');
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
      this.client.mjRange(2, keys.checkpoint(shard), key, this.required(at), from, to, limit, ending, wanted),
    );
    return ending === 'last' ? found.toReversed() : found;
  }

  private async readNewest(questions: readonly Question[]): Promise<(Entry | undefined)[]> {
    const entries = await byShard(await this.asked(questions), ({ call }) =>
      translating(this.client.mjVersions(...call)),
    );
    return entries.map((entry) => entry ?? undefined);
  }

  private async readStates(questions: readonly Question[]): Promise<(Version | undefined)[]> {
    return byShard(await this.asked(questions), async ({ call }) =>
      readStates(await translating(this.client.mjStates(...call))),
    );
  }

  private async readCarried(
    questions: readonly Question[],
    maxBytes: number,
  ): Promise<(CarriedChange | null | undefined)[]> {
    return byShard(await this.asked(questions), ({ call, shards }) =>
      translating(this.client.mjChanges(...call, String(Math.ceil(maxBytes / shards)))),
    );
  }

  private async asked(questions: readonly Question[]) {
    return { keys: await this.serving(), questions, required: (at: bigint) => this.required(at) };
  }

  private async readState(): Promise<ModelState | undefined> {
    const state = await this.models.read(this.version);
    if (state === undefined) return undefined;
    if (this.keys?.version !== state.version) this.keys = this.keysOf(state.version);
    if (state.watermark.position > this.highest.position) this.highest = state.watermark;
    return state;
  }

  private async serving(): Promise<VersionKeys> {
    if (this.keys === undefined) await this.state();
    if (this.keys === undefined) throw new ReadModelBehind('There are no read models yet');
    return this.keys;
  }

  /**
   * The position that a shard must have reached. Nothing is known beyond the furthest watermark, so no more than that is
   * required.
   */
  private required(at: bigint): string {
    const { position } = this.highest;
    return padded(at < position ? at : position);
  }
}

function pointOf([id, fields]: Entry): LogPoint {
  return { position: positionOf(id), sequence: BigInt(fields[1] as string), recordedAt: Number(fields[3]) };
}
