import { existsSync } from 'node:fs';
import path from 'node:path';
import { openKurrentEventStore } from '../event-store/adapters/kurrentdb';
import { LedgerKind, ledgerKindOf, tracesOfLedger } from '../event-store/adapters/sqlite/ledger-kind';
import { openSqliteEventStore } from '../event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../event-store/event-store';
import { ImportedLog } from '../event-store/imported-log';
import { CopiesInRedis } from '../evidence/adapters/copies-in-redis';
import { CheckpointCopies } from '../evidence/copies/checkpoint-copies';
import { CACHE_BOUNDS } from '../kernel/limits';
import { LostReadModels, Outage } from '../kernel/outage';
import { NO_TELEMETRY, Signal, Telemetry } from '../kernel/telemetry';
import { RedisLease } from '../projector/adapters/redis-lease';
import { NO_LEASE, Lease } from '../projector/lease';
import { discardUnlessHeld } from '../projector/same-log';
import { MemoryTemporalStore } from '../read-model/adapters/memory';
import { EvictionPolicy } from '../read-model/adapters/redis/eviction-policy';
import { CacheBytes } from '../read-model/adapters/redis/reader';
import { RedisTemporalStore } from '../read-model/adapters/redis/redis-temporal-store';
import { RedisTarget } from '../read-model/adapters/redis/redis-url';
import { RedisSettlementStore } from '../rate-limits/adapters/redis-settlement-store';
import { SettlementStore } from '../rate-limits/settlement';
import { SqliteTemporalStore } from '../read-model/adapters/sqlite/sqlite-temporal-store';
import { TemporalStore } from '../read-model/temporal-store';
import { Config, ConfigError } from './config';
import { streamNames } from './features';

/** The parts that the configuration chooses. */
export interface Engines {
  readonly eventStore: ImportedLog;
  readonly readModels: TemporalStore;
  /** Call it before the read models are used. It empties those that were built from another log, if only this process has them. */
  readonly fitReadModels: () => Promise<void>;
  /** The lease under which this process projects; undefined if it does not project. */
  readonly projectUnder: Lease | undefined;
  /** The lease under which this process signs checkpoints of the log, if it does. */
  readonly signUnder: Lease;
  /** The lease under which this process signs checkpoints of the record of reads, if it does. */
  readonly signReadsUnder: Lease;
  /** The lease under which this process delivers to webhooks; undefined if it does not project. */
  readonly deliverUnder: Lease | undefined;
  /** Where processes find the newest checkpoint of a ledger with this origin; undefined if this process has no Redis. */
  readonly copiesOf?: (origin: string) => CheckpointCopies;
  /** The eviction policy of Redis; undefined for read models in memory. */
  readonly evictionPolicy?: EvictionPolicy;
  /** Where processes settle their rate limits; undefined if this process has no Redis. */
  readonly settlementStore?: SettlementStore;
}

export const ledgerFile = (config: Pick<Config, 'dataDir'>): string => path.join(config.dataDir, 'ledger.db');

/** Whether the read models are in a file beside the log. */
export const hasReadModelFile = ({
  redis,
  eventStoreUrl,
  readModels = eventStoreUrl === undefined ? 'sqlite' : 'memory',
}: Pick<Config, 'redis' | 'eventStoreUrl' | 'readModels'>): boolean => redis === undefined && readModels === 'sqlite';

export const readModelFile = (config: Pick<Config, 'dataDir'>): string => path.join(config.dataDir, 'read-models.db');

/** `cacheBytes`: what is kept of what was read from Redis. */
export function openEngines(config: Config, telemetry: Telemetry, cacheBytes: CacheBytes = CACHE_BOUNDS): Engines {
  const eventStore = openEventStore(config, telemetry);
  const projects = config.roles.has('projector');
  if (config.redis === undefined) {
    const projectUnder = projects ? NO_LEASE : undefined;
    const readModels = openOwnReadModels(config, eventStore, telemetry);
    const fitReadModels = async (): Promise<void> => {
      if (await discardUnlessHeld(eventStore, readModels)) telemetry.report(otherLog(config));
    };
    return {
      eventStore,
      readModels,
      fitReadModels,
      projectUnder,
      signUnder: NO_LEASE,
      signReadsUnder: NO_LEASE,
      deliverUnder: projectUnder,
    };
  }
  const readModels = openReadModels(config.redis, config, telemetry, cacheBytes);
  const lease = new RedisLease({ client: readModels.connection.writes, key: readModels.leaseKey });
  const signUnder = new RedisLease({ client: readModels.connection.writes, key: `${readModels.leaseKey}:tree` });
  const signReadsUnder = new RedisLease({ client: readModels.connection.writes, key: `${readModels.leaseKey}:reads` });
  const deliverUnder = new RedisLease({ client: readModels.connection.writes, key: `${readModels.leaseKey}:webhooks` });
  const copiesOf = (origin: string): CheckpointCopies =>
    new CopiesInRedis({ client: readModels.connection.writes, keyPrefix: redisKeyPrefix(config), origin });
  const evictionPolicy = new EvictionPolicy({
    client: readModels.connection.writes,
    allowed: config.maxmemoryPolicy,
    telemetry,
  });
  const settlementStore = new RedisSettlementStore({
    client: readModels.connection.writes,
    keyPrefix: redisKeyPrefix(config),
  });
  return {
    eventStore,
    readModels,
    fitReadModels: () => Promise.resolve(),
    projectUnder: projects ? lease : undefined,
    signUnder,
    signReadsUnder,
    deliverUnder: projects ? deliverUnder : undefined,
    copiesOf,
    evictionPolicy,
    settlementStore,
  };
}

/** The read models in a file as they are; undefined if there is no file, or if a server uses it. Throws `LostReadModels` if they do not fit. */
export function openFileToVerify(config: Config): SqliteTemporalStore | undefined {
  const path = readModelFile(config);
  if (!hasReadModelFile(config) || !existsSync(path)) return undefined;
  try {
    const streams = streamNames(config.streamPrefix);
    return new SqliteTemporalStore({ path, streams, telemetry: NO_TELEMETRY, mustFit: true });
  } catch (error) {
    if (error instanceof LostReadModels || !(error instanceof Outage)) throw error;
    return undefined;
  }
}

/** Read models that only this process has. If they cannot be opened, the log is closed. */
function openOwnReadModels(config: Config, eventStore: EventStore, telemetry: Telemetry): TemporalStore {
  if (!hasReadModelFile(config)) return new MemoryTemporalStore();
  const streams = streamNames(config.streamPrefix);
  try {
    const cacheBytes = CACHE_BOUNDS.knownVersionsBytes;
    return new SqliteTemporalStore({ path: readModelFile(config), streams, telemetry, cacheBytes });
  } catch (error) {
    void eventStore.close();
    throw error;
  }
}

const otherLog = (config: Config): Signal => ({
  kind: 'trouble',
  source: 'read-models',
  error: new LostReadModels(`Read models in ${readModelFile(config)}: the log does not have their last event`),
});

/** The log as everybody sees it. */
export const openEventStore = (config: Config, telemetry: Telemetry): ImportedLog =>
  new ImportedLog(openStore(config, telemetry), config.streamPrefix);

/** What only an import may write to. */
export function openStore(config: Config, telemetry: Telemetry): EventStore {
  const { eventStoreUrl: url, streamPrefix: prefix, timeZone } = config;
  if (url === undefined) {
    const path = ledgerFile(config);
    const kind = config.demo ? 'demo' : 'real';
    requireKind(path, kind);
    return openSqliteEventStore({ path, prefix, timeZone, kind, telemetry });
  }
  try {
    return openKurrentEventStore({
      url,
      prefix,
      telemetry,
    });
  } catch (error) {
    // Nothing is connected yet, so only the connection string can be wrong.
    throw new ConfigError(`EVENTSTORE_URL: ${(error as Error).message}`);
  }
}

/** Checked before the file is opened, so that a refused file is not changed. */
function requireKind(path: string, kind: LedgerKind): void {
  const found = ledgerKindOf(path);
  if (found === undefined) {
    requireNoTraces(path);
    return;
  }
  if (found === kind) return;
  throw new ConfigError(
    kind === 'demo'
      ? `DEMO: ${path} was not built as a demo ledger, and demo mode would give everyone a token for it; start without DEMO, or set an empty DATA_DIR (0.1.0 did not mark its demo ledgers)`
      : `DEMO: ${path} is a demo ledger, which never becomes a real one; start with DEMO=1, or set another DATA_DIR`,
  );
}

/** A new ledger next to an old one would most likely be a mistake: somebody has moved or renamed the file. */
function requireNoTraces(path: string): void {
  const traces = tracesOfLedger(path);
  if (traces.length === 0) return;
  throw new ConfigError(
    `DATA_DIR: ${path} does not exist, but its folder has ${traces.join(', ')}; put the ledger back, or set an empty DATA_DIR to begin a new one`,
  );
}

/** The beginning of the keys in Redis. */
export const redisKeyPrefix = ({ streamPrefix, demo }: Pick<Config, 'streamPrefix' | 'demo'>): string =>
  // Never the keys of a real ledger, for which demo mode would give everyone a token. No STREAM_PREFIX has two dashes.
  demo ? `${streamPrefix}demo-` : streamPrefix;

/** Without `cacheBytes`, each answer is read: for what compares the read models with the log. */
export function openReadModels(
  target: RedisTarget,
  config: Config,
  telemetry: Telemetry,
  cacheBytes?: CacheBytes,
): RedisTemporalStore {
  return RedisTemporalStore.open({
    target,
    streams: streamNames(config.streamPrefix),
    keyPrefix: redisKeyPrefix(config),
    telemetry,
    cacheBytes,
  });
}
