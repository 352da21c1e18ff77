import path from 'node:path';
import { FastifyBaseLogger } from 'fastify';
import { openKurrentEventStore } from '../event-store/adapters/kurrentdb/kurrent-event-store';
import { openSqliteEventStore } from '../event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../event-store/event-store';
import { StreamNames } from '../event-store/streams';
import { RedisLease } from '../projector/adapters/redis-lease';
import { ALONE, Lease } from '../projector/lease';
import { MemoryTemporalStore } from '../read-model/adapters/memory';
import { RedisTemporalStore } from '../read-model/adapters/redis/redis-temporal-store';
import { RedisTarget } from '../read-model/adapters/redis/redis-url';
import { TemporalStore } from '../read-model/temporal-store';
import { Config, ConfigError } from './config';

/** What the configuration chooses between. */
export interface Engines {
  readonly eventStore: EventStore;
  readonly readModels: TemporalStore;
  /** Under which this process projects; undefined where it is not one that does. */
  readonly projectUnder: Lease | undefined;
}

export const ledgerFile = (config: Pick<Config, 'dataDir'>): string => path.join(config.dataDir, 'ledger.db');

export function openEngines(config: Config, logger: Pick<FastifyBaseLogger, 'warn'>): Engines {
  const eventStore = openEventStore(config, logger);
  const projects = config.roles.has('projector');
  if (config.redis === undefined) {
    return { eventStore, readModels: new MemoryTemporalStore(), projectUnder: projects ? ALONE : undefined };
  }
  const readModels = openReadModels(config.redis, config, logger);
  const lease = new RedisLease({ client: readModels.connection.writes, key: readModels.leaseKey });
  return { eventStore, readModels, projectUnder: projects ? lease : undefined };
}

export function openEventStore(config: Config, logger: Pick<FastifyBaseLogger, 'warn'>): EventStore {
  const { eventStoreUrl: url, streamPrefix: prefix } = config;
  if (url === undefined) return openSqliteEventStore({ path: ledgerFile(config), prefix });
  try {
    return openKurrentEventStore({
      url,
      prefix,
      onTrouble: (error) => {
        logger.warn({ err: error }, 'the event store met trouble');
      },
    });
  } catch (error) {
    // Nothing is connected to yet: all that can be wrong is the text.
    throw new ConfigError(`EVENTSTORE_URL: ${(error as Error).message}`);
  }
}

export function openReadModels(
  target: RedisTarget,
  { streamPrefix }: Config,
  logger: Pick<FastifyBaseLogger, 'warn'>,
): RedisTemporalStore {
  return RedisTemporalStore.open({
    target,
    streams: new StreamNames(streamPrefix),
    onTrouble: (error) => {
      logger.warn({ err: error }, 'Redis met trouble');
    },
  });
}
