import Redis from 'ioredis';
import { redisHarness } from '../../support/redis/harness';
import { RedisServer, startRedis } from '../../support/redis/server';
import { describeTemporalStore } from '../temporal-store.contract';

let server: RedisServer;
let client: Redis;

beforeAll(async () => {
  server = await startRedis();
  client = new Redis(server.port);
});
afterAll(async () => {
  client.disconnect();
  await server.stop();
});

describeTemporalStore('Redis', {
  durable: true,
  makeHarness: async () => {
    await client.flushall();
    return redisHarness(server.url);
  },
});
