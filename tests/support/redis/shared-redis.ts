import Redis from 'ioredis';
import { CacheBytes } from '../../../src/read-model/adapters/redis/reader';
import { MakeReadModels } from '../local-ledger';
import { openReadModels } from './harness';
import { RedisServer, startRedis } from './server';

export interface SharedRedis {
  readonly url: string;
  /** A client for looking at the data and emptying it. */
  readonly client: Redis;
}

/** One redis-server for all tests of a file. */
export function sharedRedis(): SharedRedis {
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
  return {
    get url() {
      return server.url;
    },
    get client() {
      return client;
    },
  };
}

/** Uses the server's 16 databases in turn, so that a ledger and its rebuild have different ones. */
export function emptyReadModelsIn(redis: SharedRedis, cacheBytes?: CacheBytes): MakeReadModels {
  let database = 0;
  return async () => {
    database = (database + 1) % 16;
    await redis.client.select(database);
    await redis.client.flushdb();
    return openReadModels(`${redis.url}/${database}`, undefined, cacheBytes && { cacheBytes });
  };
}
