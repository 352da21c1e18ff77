import { Cluster, ClusterOptions, Redis, RedisOptions } from 'ioredis';
import { RedisTarget } from './redis-url';
import { SCRIPTS, Scripts } from './scripts';

export type Client = (Redis | Cluster) & Scripts;

export interface RedisConnection {
  /** For reads, so that they never wait behind a large write. */
  readonly reads: Client;
  readonly writes: Client;
  /** In subscriber mode. */
  readonly bell: Redis | Cluster;
  readonly isCluster: boolean;
  close(): void;
}

export interface ConnectionOptions {
  /** How long a command may take before it counts as an outage. */
  readonly timeoutMs: number;
  /** Told of lost connections, and of settings that a server does not let us make. */
  readonly onTrouble: (error: unknown) => void;
}

const LONGEST_PAUSE_MS = 1_000;

/** Connects in the background, and again after each loss: a server that is away is met by the commands, as an outage. */
export function connectRedis(target: RedisTarget, options: ConnectionOptions): RedisConnection {
  const open = () => openClient(target, options);
  const [reads, writes, bell] = [open(), open(), open()] as const;
  return {
    reads,
    writes,
    bell,
    isCluster: target.kind === 'cluster',
    close() {
      for (const client of [reads, writes, bell]) client.disconnect();
    },
  };
}

function openClient(target: RedisTarget, { timeoutMs, onTrouble }: ConnectionOptions): Client {
  const pause = (attempt: number): number => Math.min(attempt * 50, LONGEST_PAUSE_MS);
  const common = {
    ...target.access,
    commandTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    // A server that hangs keeps its connections open: they are left, or no other would ever be asked for.
    socketTimeout: timeoutMs,
    maxRetriesPerRequest: 1,
    // Left to who subscribes: what ioredis sends by itself here, it lets fail unhandled, which would end the process.
    autoResubscribe: false,
  } satisfies RedisOptions;
  const client = connect(target, common, pause);
  let reported = false;
  client.on('error', (error: unknown) => {
    // There is no such database, and ioredis would go on in number 0, which may be another ledger's.
    if (error instanceof Error && error.message.includes('DB index is out of range')) client.disconnect();
    if (!reported) onTrouble(error);
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
        // A lookup of the nodes is cheap, and a failover is known by nothing else until a command fails.
        slotsRefreshInterval: 5_000,
        scripts: SCRIPTS,
      };
      return new Cluster([...target.nodes], options);
    }
  }
}

/** The connections to all servers that take writes. */
export const mastersOf = (client: Redis | Cluster): readonly Redis[] =>
  client instanceof Cluster ? client.nodes('master') : [client];
