import { startApi } from '../support/api';
import { openLog, startStandIn } from '../support/kurrentdb-log';
import { startApiOnRedis } from '../support/redis/api';
import { sharedRedis } from '../support/redis/shared-redis';
import { describeTexts } from './text.property';

describe('in SQLite and memory', () => {
  describeTexts(() => startApi());
});

describe('in KurrentDB and Redis', () => {
  const redis = sharedRedis();

  describeTexts((onEnd) =>
    startApiOnRedis(redis.url, { eventStore: async (clock) => openLog((await startStandIn(onEnd, { clock })).url) }),
  );
});
