import { redisHarness } from '../../support/redis/harness';
import { sharedRedis } from '../../support/redis/shared-redis';
import { describeTemporalStore } from '../temporal-store.contract';

const redis = sharedRedis();

describeTemporalStore('Redis', {
  durable: true,
  makeHarness: async () => {
    await redis.client.flushall();
    return redisHarness(redis.url);
  },
});
