import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { StreamNames } from '../../../event-store/streams';
import { DamagedReadModels, ReadModelBehind } from '../../../kernel/outage';
import { Instant } from '../../../kernel/time';
import { BEFORE_ALL, Change, LogPoint } from '../../change';
import { DocumentKey, MemberPage, VersionRange, Version } from '../../temporal-store';
import { Entry, orderedCode, padded, positionOf, readChange, readMember, readStates, readVersion } from './codec';
import { Client } from './connection';
import { translating } from './driver-errors';
import { Place, VersionKeys } from './keys';
import { ModelState, Models } from './models';

/** A document, or the log, at a position. */
interface Question {
  readonly of: DocumentKey | 'log';
  readonly at: bigint;
}

/** Bounds how long one script keeps the server from everything else. */
const QUESTIONS_PER_SCRIPT = 500;
const UNLIMITED = 1_000_000_000;
/** The places that are asked for again and again are those that people look at: ends of days, and what they have pinned. */
const CUTS = 10_000;

/**
 * Reads of the version that serves. Each read says how far the shard that it reads has to have come, and a shard that has
 * not, because its server lost what it had, answers nothing: so no answer is ever made from a part of what was asked for.
 * Any version that has come as far gives the same answer, so a change of versions in the middle of a request is not seen.
 *
 * What is asked of single documents in one turn of the event loop, by whichever requests, goes to the server together.
 */
export class RedisReader {
  private keys: VersionKeys | undefined;
  /** The furthest watermark that was ever seen here. */
  private highest: LogPoint = BEFORE_ALL;
  /** Of places that the watermark has passed, so that they stay as they are; by position, and by time. */
  private points = new LRUCache<bigint | Instant, LogPoint>({ max: CUTS });
  /** The newest entry at or before the position. */
  private readonly newest: DataLoader<Question, Entry | undefined>;
  /** Its state alone, of a document. */
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

  /** Begins again as if it had seen nothing: a version that serves now may end before one that did. */
  forget(): void {
    this.keys = undefined;
    this.highest = BEFORE_ALL;
    this.points = new LRUCache({ max: CUTS });
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
    // A page is large enough to go by itself.
    const isPage = keys.length > 1 && keys.length <= QUESTIONS_PER_SCRIPT;
    return isPage
      ? this.readStates(questions)
      : Promise.all(questions.map((question) => this.newestStates.load(question)));
  }

  async walk(key: DocumentKey, range: VersionRange): Promise<readonly Version[]> {
    const keys = await this.serving();
    const entries = await this.range(keys, keys.document(key), range);
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

  async changes(range: VersionRange): Promise<readonly Change[]> {
    const keys = await this.serving();
    const entries = await this.range(keys, keys.log, range);
    return Promise.all(entries.map((entry) => this.changeOf(entry)));
  }

  async pointAt(place: { readonly position: bigint } | { readonly time: Instant }): Promise<LogPoint> {
    const key = 'position' in place ? place.position : place.time;
    const { points } = this;
    const known = points.get(key);
    if (known !== undefined) return known;
    const { position, recordedAt } = this.highest;
    const point = 'position' in place ? await this.pointAtPosition(place.position) : await this.pointAtTime(place.time);
    if ('position' in place ? place.position <= position : place.time < recordedAt) points.set(key, point);
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
    const [entry] = await this.entries(keys, keys.times, this.highest.position, '-', String(time), 1, true);
    if (entry === undefined) return BEFORE_ALL;
    const [id, [, sequence]] = entry;
    const [recordedAt, position] = id.split('-') as [string, string];
    return { position: BigInt(position), sequence: BigInt(sequence as string), recordedAt: Number(recordedAt) };
  }

  /** An entry of the log names the document that carries its change, or holds it where none does. */
  private async changeOf(entry: Entry): Promise<Change> {
    const [id, fields] = entry;
    const position = positionOf(id);
    const carrier = fields[5] as string;
    if (carrier.startsWith('[')) return readChange(carrier, position, this.streams);
    const [version] = await this.versions([carrier as DocumentKey], position);
    if (version?.position !== position || version.change === undefined) {
      throw new DamagedReadModels(`${carrier} does not hold the change at position ${String(position)}`);
    }
    return version.change;
  }

  private range(
    keys: VersionKeys,
    place: Place,
    { after, upTo, limit, last }: VersionRange,
  ): Promise<readonly Entry[]> {
    if (limit === 0 || upTo <= after) return Promise.resolve([]);
    return this.entries(keys, place, upTo, String(after + 1n), String(upTo), limit ?? UNLIMITED, last ?? false);
  }

  private async entries(
    keys: VersionKeys,
    { shard, key }: Place,
    at: bigint,
    from: string,
    to: string,
    limit: number,
    last: boolean,
  ): Promise<readonly Entry[]> {
    const found = await translating(
      this.client.mjRange(2, keys.checkpoint(shard), key, this.required(at), from, to, limit, last ? 'last' : ''),
    );
    return last ? found.toReversed() : found;
  }

  private readNewest(questions: readonly Question[]): Promise<(Entry | undefined)[]> {
    return this.byShard(questions, async (...call) => {
      const entries = await this.client.mjVersions(...call);
      return entries.map((entry) => entry ?? undefined);
    });
  }

  private readStates(questions: readonly Question[]): Promise<(Version | undefined)[]> {
    return this.byShard(questions, async (...call) => readStates(await this.client.mjStates(...call)));
  }

  /** Asks each shard for what it holds of it; the answers are in the order of the questions. */
  private async byShard<T>(
    questions: readonly Question[],
    ask: (keys: number, ...args: string[]) => Promise<readonly T[]>,
  ): Promise<T[]> {
    const keys = await this.serving();
    const places = questions.map(({ of }) => (of === 'log' ? keys.log : keys.document(of)));
    const answers: T[] = [];
    await Promise.all(
      [...new Set(places.map(({ shard }) => shard))].map(async (shard) => {
        const indexes = [...places.keys()].filter((index) => places[index]?.shard === shard);
        const asked = indexes.map((index) => questions[index] as Question);
        const furthest = asked.reduce((highest, { at }) => (at > highest ? at : highest), 0n);
        const streams = indexes.map((index) => (places[index] as Place).key);
        const positions = asked.map(({ at }) => String(at));
        const found = await translating(
          ask(1 + streams.length, keys.checkpoint(shard), ...streams, this.required(furthest), ...positions),
        );
        indexes.forEach((index, nth) => (answers[index] = found[nth] as T));
      }),
    );
    return answers;
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

  /** Nothing is known of what lies beyond the furthest watermark, so no shard can be asked to have come there. */
  private required(at: bigint): string {
    const { position } = this.highest;
    return padded(at < position ? at : position);
  }
}

function pointOf([id, fields]: Entry): LogPoint {
  return { position: positionOf(id), sequence: BigInt(fields[1] as string), recordedAt: Number(fields[3]) };
}
