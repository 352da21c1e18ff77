import { redisHarness } from '../../support/redis/harness';
import { sharedRedis } from '../../support/redis/shared-redis';
import { describeTemporalStore } from '../temporal-store.contract';

const redis = sharedRedis();

describe.each([0, 600])('with caches of %s bytes', (bytes) => {
  describeTemporalStore('Redis', {
    durable: true,
    makeHarness: async () => {
      await redis.client.flushall();
      return redisHarness(redis.url, { knownVersionsBytes: bytes, knownMembersBytes: bytes });
    },
  });
});
