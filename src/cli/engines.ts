import pino from 'pino';
import { hasReadModelFile, openEventStore, openReadModels, readModelFile } from '../app/engines';
import { checkedByStoredTree } from '../app/evidence';
import { features, streamNames } from '../app/features';
import { EventStore } from '../event-store/event-store';
import { upcasting } from '../event-store/event-types';
import { StreamNames } from '../event-store/streams';
import { Projection } from '../projector/projection';
import { RedisTemporalStore } from '../read-model/adapters/redis/redis-temporal-store';
import { logTelemetry } from '../telemetry/log';
import { CommandContext, UsageError } from './command';
import { stderrOutput } from '../telemetry/stderr-output';

/** What the commands on the read models need. */
export interface LedgerParts {
  readonly log: EventStore;
  readonly store: RedisTemporalStore;
  readonly streams: StreamNames;
  readonly projections: readonly Projection[];
}

/** Opens the configured log and read models, and closes them afterwards. */
export async function withLedgerParts<T>(
  { config }: CommandContext,
  use: (parts: LedgerParts) => Promise<T>,
): Promise<T> {
  if (config.redis === undefined) {
    throw new UsageError(
      hasReadModelFile(config)
        ? `REDIS_URL is not set: to build the read models again, stop the server, delete ${readModelFile(config)}, and start it`
        : 'REDIS_URL is not set: read models in memory are rebuilt at each start of the server',
    );
  }
  const telemetry = logTelemetry(pino({ level: config.logLevel }, stderrOutput()));
  const log = upcasting(checkedByStoredTree(openEventStore(config, telemetry), config), features.eventTypes);
  const store = openReadModels(config.redis, config, telemetry);
  try {
    return await use({
      log,
      store,
      streams: streamNames(config.streamPrefix),
      projections: features.projections,
    });
  } finally {
    await store.close();
    await log.close();
  }
}
