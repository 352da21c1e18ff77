import { RedisCluster, startRedisCluster } from '../../support/redis/cluster';
import { redisHarness } from '../../support/redis/harness';
import { describeTemporalStore } from '../temporal-store.contract';

let cluster: RedisCluster;

beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster.stop());

describeTemporalStore('Redis Cluster of 3 masters', {
  durable: true,
  makeHarness: async () => {
    await cluster.flush();
    return redisHarness(cluster.url);
  },
});
