import { StreamNames } from '../../../event-store/streams';
import { Bell } from '../../../kernel/async';
import { DamagedReadModels } from '../../../kernel/outage';
import { Instant } from '../../../kernel/time';
import { Telemetry } from '../../../kernel/telemetry';
import { Change, LogPoint } from '../../change';
import { Rebuildable, CandidateVersion } from '../../rebuildable';
import { ByteRange, DocumentKey, MemberPage, ProjectedChange, Version } from '../../temporal-store';
import { connectRedis, mastersOf, RedisConnection } from './connection';
import { ledgerKeys, namespaceOf, VersionKeys } from './keys';
import { Models } from './models';
import { CacheBytes, NOTHING_KEPT, RedisReader } from './reader';
import { RedisTarget } from './redis-url';
import { configure } from './server-settings';
import { collectOrphans } from './orphans';
import { requireWritable } from './writable';
import { RedisWriter } from './writer';

export interface RedisOptions {
  readonly target: RedisTarget;
  readonly streams: StreamNames;
  /** The start of every key; by default the prefix of the stream names. */
  readonly keyPrefix?: string;
  /** Learns of lost connections, and of settings that a server refuses. */
  readonly telemetry: Telemetry;
  /** After this long without an answer, a command counts as an outage. */
  readonly timeoutMs?: number;
  /** What is kept of what was read, at most; by default nothing. */
  readonly cacheBytes?: CacheBytes;
}

type StoreOptions = Pick<RedisOptions, 'streams' | 'keyPrefix' | 'telemetry' | 'cacheBytes'>;

/** A version is spread over a cluster in this many shards. On one server there is one shard. */
const SHARDS_OF_CLUSTER = 16;
/** How often a waiting reader checks by itself. A message that Redis lost delays it by no more than this. */
const RECHECK_MS = 100;

/** Read models in Redis: one server, a server with replicas and Sentinels, or a cluster (docs/adr/0013). */
export class RedisTemporalStore implements Rebuildable {
  readonly synchronous = false;
  private readonly reader: RedisReader;
  private readonly writer: RedisWriter;
  protected readonly models: Models;
  private readonly bell = new Bell();
  private readonly namespace: string;

  static open(options: RedisOptions): RedisTemporalStore {
    const { target, timeoutMs = 5_000, telemetry } = options;
    const store = new RedisTemporalStore(connectRedis(target, { timeoutMs, telemetry }), options);
    store.prepare(telemetry);
    return store;
  }

  protected constructor(
    readonly connection: RedisConnection,
    private readonly options: StoreOptions,
    version?: string,
  ) {
    const { streams, keyPrefix = streams.prefix, telemetry, cacheBytes = NOTHING_KEPT } = options;
    this.namespace = namespaceOf(keyPrefix);
    const shards = connection.isCluster ? SHARDS_OF_CLUSTER : 1;
    const keysOf = (name: string): VersionKeys => new VersionKeys(this.namespace, name, shards);
    this.models = new Models(connection.writes, this.namespace);
    const client = connection.reads;
    const models = new Models(client, this.namespace);
    this.reader = new RedisReader({ client, models, keysOf, streams, version, cacheBytes, telemetry });
    this.writer = new RedisWriter(connection.writes, this.models, keysOf, version);
    connection.subscriber.on('message', () => {
      this.bell.ring();
    });
  }

  /** The key of the lease for the projectors of this store. */
  get leaseKey(): string {
    return ledgerKeys(this.namespace).lease;
  }

  claim(token: bigint): void {
    this.writer.claim(token);
  }

  checkpoint(): Promise<LogPoint> {
    return this.writer.checkpoint();
  }

  write(batch: readonly ProjectedChange[]): Promise<void> {
    return this.writer.write(batch);
  }

  requireWritable(): Promise<void> {
    return requireWritable(this.connection.writes);
  }

  markServing(): Promise<void> {
    return this.writer.markServing();
  }

  async discard(): Promise<void> {
    await this.writer.discard();
    this.reader.leave();
    await this.collect();
  }

  async version(): Promise<string | undefined> {
    return (await this.reader.state())?.version;
  }

  async watermark(): Promise<LogPoint | undefined> {
    const state = await this.reader.state();
    return state?.open ? state.watermark : undefined;
  }

  async waitForWatermark(position: bigint, timeoutMs: number): Promise<void> {
    // Listen before the check, or a move in between would be missed.
    const listening = new AbortController();
    const rung = this.bell.wait({ timeoutMs: Math.min(timeoutMs, RECHECK_MS), signal: listening.signal });
    try {
      const watermark = await this.watermark();
      if (watermark === undefined || watermark.position < position) await rung;
    } finally {
      listening.abort();
    }
  }

  versions(keys: readonly DocumentKey[], at: bigint, wanted?: 'state'): Promise<readonly (Version | undefined)[]> {
    return this.reader.versions(keys, at, wanted);
  }

  walk(key: DocumentKey, range: ByteRange, wanted?: 'change'): Promise<readonly Version[]> {
    return this.reader.walk(key, range, wanted);
  }

  members(collection: string, at: bigint, page: MemberPage): Promise<readonly string[]> {
    return this.reader.members(collection, at, page);
  }

  changes(range: ByteRange): Promise<readonly Change[]> {
    return this.reader.changes(range);
  }

  pointAt(at: { readonly position: bigint } | { readonly time: Instant }): Promise<LogPoint> {
    return this.reader.pointAt(at);
  }

  async candidate(): Promise<CandidateVersion> {
    const { version } = await this.models.begin('candidate');
    return new RedisCandidate(this.connection, this.options, version);
  }

  collect(): Promise<void> {
    return collectOrphans(this.connection.writes, this.models);
  }

  forget(): void {
    this.reader.forget();
  }

  close(): Promise<void> {
    this.connection.close();
    this.bell.ring();
    return Promise.resolve();
  }

  private prepare(telemetry: Telemetry): void {
    const onTrouble = (error: unknown): void => {
      telemetry.report({ kind: 'trouble', source: 'redis', error });
    };
    const { subscriber, writes } = this.connection;
    const { moved } = ledgerKeys(this.namespace);
    subscriber.on('ready', () => {
      subscriber.subscribe(moved).catch(onTrouble);
      this.bell.ring();
    });
    let isBack = false;
    writes.on('ready', () => {
      // The subscriber connection never sends a command, so it would not notice that its server hangs.
      if (isBack) subscriber.disconnect(true);
      isBack = true;
      for (const node of mastersOf(writes)) void configure(node, onTrouble);
    });
  }
}

/** A version that does not serve yet. It uses the connection of the store that serves. */
class RedisCandidate extends RedisTemporalStore implements CandidateVersion {
  constructor(
    connection: RedisConnection,
    { streams, keyPrefix, telemetry }: StoreOptions,
    private readonly name: string,
  ) {
    super(connection, { streams, keyPrefix, telemetry }, name);
  }

  promote(regardless?: 'regardless'): Promise<boolean> {
    return this.models.promote(this.name, regardless);
  }

  async drop(): Promise<void> {
    await this.models.forget(this.name, 'candidate');
    await this.collect();
  }

  /** A new start would not help: what went wrong here would go wrong again. */
  override discard(): Promise<void> {
    return Promise.reject(new DamagedReadModels('The read models were damaged while they were built'));
  }

  /** The connection belongs to the store that serves. */
  override close(): Promise<void> {
    return Promise.resolve();
  }
}
