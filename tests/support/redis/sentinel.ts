import Redis from 'ioredis';
import { eventually } from '../eventually';
import { RedisServer, startRedis, startSentinel } from './server';

const NAME = 'ledger';
/** Enough for a majority if one of them is down. */
const SENTINELS = 3;
const QUORUM = 2;
/** A new replica does not wait for others. */
const SERVING = ['--repl-diskless-sync-delay', '0'];
/** In milliseconds, like all times below. With a shorter time, a busy machine would look like a failed master. */
const WATCHING = ['down-after-milliseconds', '1000', 'failover-timeout', '2000'];
/**
 * How often a Sentinel asks a server for its role and tells other Sentinels what it knows; how long it pauses after it was slow
 * itself.
 */
const PACE = ['INFO-PERIOD', '200', 'PUBLISH-PERIOD', '200', 'TILT-PERIOD', '1000'];

export interface WatchedRedis {
  /** The URL with which clients find the master, whichever server that is. */
  readonly url: string;
  /** The first master. */
  readonly master: RedisServer;
  readonly replica: RedisServer;
  readonly sentinels: readonly RedisServer[];
  /** Cuts the replica off from further writes to the master. */
  cutOff(): Promise<void>;
  /** Kills the master, and lets the replica go on with what it has. */
  loseMaster(): Promise<void>;
  /** Makes the Sentinels promote the replica although the master is well. Resolves when the two have changed roles. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

/** A real redis-server, its replica, and the Sentinels that watch them. */
export async function startWatchedRedis(): Promise<WatchedRedis> {
  const [master, replica, ...sentinels] = await Promise.all([
    startRedis(SERVING),
    startRedis(SERVING),
    ...Array.from({ length: SENTINELS }, startSentinel),
  ]);
  await asking(replica, (client) => client.replicaof('127.0.0.1', master.port));
  await eventually('the replica has a copy', () => says(replica, 'master_link_status:up'));
  for (const sentinel of sentinels) await watch(sentinel, master);
  for (const sentinel of sentinels) await eventually('the Sentinel knows all of them', () => knowsAll(sentinel));

  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${NAME}`,
    master,
    replica,
    sentinels,
    async cutOff() {
      process.kill(replica.pid, 'SIGSTOP');
      // What is in the replica's buffers is still read when it runs again. Nothing comes after that.
      await asking(master, (client) => client.call('CLIENT', 'KILL', 'TYPE', 'replica'));
    },
    async loseMaster() {
      await master.kill();
      process.kill(replica.pid, 'SIGCONT');
    },
    async failOver() {
      await eventually('a Sentinel finds the replica good', () =>
        asking(sentinels[0]!, (client) => client.call('SENTINEL', 'FAILOVER', NAME)),
      );
      await eventually('the replica is the master', () => says(replica, 'role:master'));
      await eventually('the master is the replica', () => says(master, 'master_link_status:up'));
    },
    async stop() {
      await Promise.all([master, replica, ...sentinels].map((server) => server.stop()));
    },
  };
}

async function watch(sentinel: RedisServer, master: RedisServer): Promise<void> {
  await asking(sentinel, async (client) => {
    await client.call('SENTINEL', 'DEBUG', ...PACE);
    await client.call('SENTINEL', 'MONITOR', NAME, '127.0.0.1', String(master.port), String(QUORUM));
    await client.call('SENTINEL', 'SET', NAME, ...WATCHING);
  });
}

/** Whether it could carry out a failover. */
async function knowsAll(sentinel: RedisServer): Promise<boolean> {
  const answer = await asking(sentinel, (client) => client.call('SENTINEL', 'MASTER', NAME));
  const fields = (answer as readonly string[]).join(' ');
  return [' flags master ', ' num-slaves 1 ', ` num-other-sentinels ${SENTINELS - 1} `].every((field) =>
    fields.includes(field),
  );
}

async function says(server: RedisServer, line: string): Promise<boolean> {
  return (await asking(server, (client) => client.info('replication'))).includes(line);
}

async function asking<T>({ port }: RedisServer, ask: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis({ host: '127.0.0.1', port, protocol: 2 });
  try {
    return await ask(client);
  } finally {
    client.disconnect();
  }
}
