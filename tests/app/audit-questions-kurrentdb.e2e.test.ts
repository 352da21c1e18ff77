import { openLog, startStandIn } from '../support/kurrentdb-log';
import { startApiOnRedis } from '../support/redis/api';
import { sharedRedis } from '../support/redis/shared-redis';
import { describeAuditQuestions } from './audit-questions';

const redis = sharedRedis();
beforeEach(() => redis.client.flushall());

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
