import { Cluster, ClusterOptions, Redis, RedisOptions } from 'ioredis';
import { Telemetry } from '../../../kernel/telemetry';
import { reportCalls } from './reported-calls';
import { RedisTarget } from './redis-url';
import { SCRIPTS, Scripts } from './scripts';

export type Client = (Redis | Cluster) & Scripts;

export interface RedisConnection {
  /** Separate from `writes`, so that a read never waits behind a large write. */
  readonly reads: Client;
  readonly writes: Client;
  /** In Redis's subscriber mode. */
  readonly subscriber: Redis | Cluster;
  readonly isCluster: boolean;
  close(): void;
}

export interface ConnectionOptions {
  /** After this long without an answer, a command counts as an outage. */
  readonly timeoutMs: number;
  /** Learns of lost connections. */
  readonly telemetry: Telemetry;
}

const LONGEST_PAUSE_MS = 1_000;

/** Connects in the background, and again after each loss. If a server is away, the commands fail with an outage. */
export function connectRedis(target: RedisTarget, options: ConnectionOptions): RedisConnection {
  const open = () => openClient(target, options);
  const [reads, writes, subscriber] = [open(), open(), open()] as const;
  return {
    reads,
    writes,
    subscriber,
    isCluster: target.kind === 'cluster',
    close() {
      for (const client of [reads, writes, subscriber]) client.disconnect();
    },
  };
}

function openClient(target: RedisTarget, { timeoutMs, telemetry }: ConnectionOptions): Client {
  const pause = (attempt: number): number => Math.min(attempt * 50, LONGEST_PAUSE_MS);
  const common = {
    ...target.access,
    commandTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    // A server that hangs keeps its connections open. Close them, or the client would never look for another server.
    socketTimeout: timeoutMs,
    maxRetriesPerRequest: 1,
    // Our own code subscribes again. If ioredis did it, a failure would be an unhandled rejection and end the process.
    autoResubscribe: false,
  } satisfies RedisOptions;
  const client = connect(target, common, pause);
  reportCalls(client, telemetry);
  let reported = false;
  client.on('error', (error: unknown) => {
    // The database does not exist. ioredis would go on in database 0, which may be another ledger's.
    if (error instanceof Error && error.message.includes('DB index is out of range')) client.disconnect();
    if (!reported) telemetry.report({ kind: 'trouble', source: 'redis', error });
    reported = true;
  });
  client.on('ready', () => (reported = false));
  return client as unknown as Client;
}

function connect(target: RedisTarget, common: RedisOptions, retryStrategy: (attempt: number) => number) {
  switch (target.kind) {
    case 'single':
      return new Redis({ ...common, ...target.node, db: target.db, retryStrategy, scripts: SCRIPTS });
    case 'sentinel':
      return new Redis({
        ...common,
        sentinels: [...target.nodes],
        name: target.master,
        sentinelCommandTimeout: common.commandTimeout,
        db: target.db,
        retryStrategy,
        scripts: SCRIPTS,
      });
    case 'cluster': {
      const options: ClusterOptions = {
        redisOptions: common,
        clusterRetryStrategy: retryStrategy,
        // A lookup of the nodes is cheap. Without it, a failover is noticed only when a command fails.
        slotsRefreshInterval: 5_000,
        scripts: SCRIPTS,
      };
      return new Cluster([...target.nodes], options);
    }
  }
}

/** The connections to all servers that accept writes. */
export const mastersOf = (client: Redis | Cluster): readonly Redis[] =>
  client instanceof Cluster ? client.nodes('master') : [client];
