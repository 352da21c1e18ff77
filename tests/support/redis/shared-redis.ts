import Redis from 'ioredis';
import { MakeReadModels } from '../ledger';
import { openReadModels } from './harness';
import { RedisServer, startRedis } from './server';

export interface SharedRedis {
  readonly url: string;
  /** To look at what it holds, and to empty it. */
  readonly client: Redis;
}

/** A redis-server for all tests of a file; there from before the first of them to after the last. */
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

/** In turn in one of the server's 16 databases: those of one ledger, and those that are built anew, at the same time. */
export function emptyReadModelsIn(redis: SharedRedis): MakeReadModels {
  let database = 0;
  return async () => {
    database = (database + 1) % 16;
    await redis.client.select(database);
    await redis.client.flushdb();
    return openReadModels(`${redis.url}/${database}`);
  };
}
