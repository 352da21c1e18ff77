import Redis from 'ioredis';
import { Client } from '../../../src/read-model/adapters/redis/connection';
import { EvictionPolicy, MaxmemoryPolicy } from '../../../src/read-model/adapters/redis/eviction-policy';
import { openReadModels } from '../../support/redis/harness';
import { startRedisCluster } from '../../support/redis/cluster';
import { startRedis } from '../../support/redis/server';
import { sharedRedis } from '../../support/redis/shared-redis';
import { NO_TELEMETRY } from '../../../src/kernel/telemetry';

const redis = sharedRedis();
const clients: Redis[] = [];

beforeEach(() => redis.client.config('SET', 'maxmemory-policy', 'noeviction'));
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

function policyAs(user?: string, allowed?: MaxmemoryPolicy) {
  const client = new Redis(redis.url, user === undefined ? {} : { username: user, password: 'geheim' });
  clients.push(client);
  const troubles: string[] = [];
  const policy = new EvictionPolicy({
    client: client as unknown as Client,
    allowed,
    telemetry: {
      report: (signal) => {
        if (signal.kind === 'eviction-possible') troubles.push(signal.problem);
      },
    },
  });
  return { policy, troubles };
}

test('a policy other than noeviction is a problem that names the server, the policy, and the variable', async () => {
  const { policy, troubles } = policyAs();
  expect(await policy.look()).toBeUndefined();
  await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  expect(await policy.look()).toMatch(
    /^Redis \S+:\d+ has maxmemory-policy allkeys-lru .*REDIS_MAXMEMORY_POLICY=allkeys-lru$/,
  );
  await policy.look();
  expect(troubles).toEqual([policy.problem]);
  await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
  await policy.look();
  expect(policy.problem).toBeUndefined();
});

test('the allowed policy is not a problem, but a different one still is', async () => {
  const { policy } = policyAs(undefined, 'allkeys-lru');
  await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  expect(await policy.look()).toBeUndefined();
  await redis.client.config('SET', 'maxmemory-policy', 'volatile-ttl');
  expect(await policy.look()).toContain('volatile-ttl');
});

test('if CONFIG is refused, INFO is read', async () => {
  await redis.client.call('ACL', 'SETUSER', 'managed', 'on', '>geheim', '~*', '&*', '+@all', '-config');
  const { policy } = policyAs('managed');
  expect(await policy.look()).toBeUndefined();
  await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lfu');
  expect(await policy.look()).toContain('has maxmemory-policy allkeys-lfu');
});

test('if both are refused, the operator must name the policy', async () => {
  await redis.client.call('ACL', 'SETUSER', 'closed', 'on', '>geheim', '~*', '&*', '+@all', '-config', '-info');
  expect(await policyAs('closed').policy.look()).toContain('set REDIS_MAXMEMORY_POLICY');
  expect(await policyAs('closed', 'noeviction').policy.look()).toBeUndefined();
});

test('a server that cannot be reached is not a policy problem, and the last result stays', async () => {
  const server = await startRedis(['--maxmemory-policy', 'allkeys-random']);
  const store = openReadModels(server.url, () => undefined);
  const policy = new EvictionPolicy({ client: store.connection.writes, telemetry: NO_TELEMETRY });
  const found = await policy.look();
  expect(found).toContain('allkeys-random');
  await server.stop();
  expect(await policy.look()).toBe(found);
  await store.close();
});

test('every master of a cluster is checked', async () => {
  const cluster = await startRedisCluster();
  const store = openReadModels(cluster.url, () => undefined);
  try {
    const policy = new EvictionPolicy({ client: store.connection.writes, telemetry: NO_TELEMETRY });
    expect(await policy.look()).toBeUndefined();
    const last = new Redis(cluster.masters.at(-1)!.port);
    clients.push(last);
    await last.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await policy.look()).toContain(`:${cluster.masters.at(-1)!.port} has maxmemory-policy allkeys-lru`);
  } finally {
    await store.close();
    await cluster.stop();
  }
});
