import Redis from 'ioredis';
import { openLog, startStandIn } from '../support/kurrentdb-log';
import { startApiOnRedis } from '../support/redis/api';
import { RedisServer, startRedis } from '../support/redis/server';
import { describeAuditQuestions } from './audit-questions';

let redis: RedisServer;
let client: Redis;
beforeAll(async () => {
  redis = await startRedis();
  client = new Redis(redis.port);
});
afterAll(async () => {
  client.disconnect();
  await redis.stop();
});
beforeEach(() => client.flushall());

describeAuditQuestions(async (now, onEnd) => {
  const api = await startApiOnRedis(redis.url, {
    now,
    eventStore: async (clock) => openLog((await startStandIn(onEnd, { clock })).url),
  });
  onEnd(() => {
    expect(api.damage).toEqual([]);
  });
  return api;
});
