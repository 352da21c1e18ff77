import { setTimeout as pause } from 'node:timers/promises';
import Redis from 'ioredis';
import { RedisServer, startRedis } from './server';

const SLOTS = 16_384;

export interface RedisCluster {
  readonly masters: readonly RedisServer[];
  readonly url: string;
  /** Empties all of them. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Real redis-servers that form a cluster of masters only. */
export async function startRedisCluster(size = 3): Promise<RedisCluster> {
  const settings = [
    '--cluster-enabled',
    'yes',
    '--cluster-node-timeout',
    '2000',
    '--cluster-require-full-coverage',
    'no',
  ];
  const masters = await Promise.all(Array.from({ length: size }, () => startRedis(settings)));
  const clients = masters.map(({ port }) => new Redis({ host: '127.0.0.1', port }));
  const [first] = masters as [RedisServer];
  await Promise.all(
    clients.map(async (client, index) => {
      const from = Math.ceil((index * SLOTS) / size);
      const to = Math.ceil(((index + 1) * SLOTS) / size) - 1;
      await client.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
      if (index > 0) await client.call('CLUSTER', 'MEET', '127.0.0.1', String(first.port));
    }),
  );
  for (const client of clients) await until(() => knowsAll(client, size));
  return {
    masters,
    url: `redis+cluster://${masters.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    async flush() {
      await Promise.all(clients.map((client) => client.flushall()));
    },
    async stop() {
      for (const client of clients) client.disconnect();
      await Promise.all(masters.map((master) => master.stop()));
    },
  };
}

async function knowsAll(client: Redis, size: number): Promise<boolean> {
  const info = String(await client.call('CLUSTER', 'INFO'));
  const nodes = String(await client.call('CLUSTER', 'NODES'));
  const connected = nodes.split('\n').filter((line) => / connected \d/.test(line));
  return info.includes('cluster_state:ok') && info.includes(`cluster_slots_ok:${SLOTS}`) && connected.length === size;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(20);
}
