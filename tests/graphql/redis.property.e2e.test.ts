import Redis from 'ioredis';
import { TemporalStore } from '../../src/read-model/temporal-store';
import { openReadModels } from '../support/redis/harness';
import { RedisServer, startRedis } from '../support/redis/server';
import { describeTracing } from './tracing.property';

let server: RedisServer;
let client: Redis;
let database = 0;

beforeAll(async () => {
  server = await startRedis();
  client = new Redis(server.port);
});
afterAll(async () => {
  client.disconnect();
  await server.stop();
});

/** In turn in one of a server's 16 databases: those of one ledger, and those that are built anew, at the same time. */
async function emptyReadModels(): Promise<TemporalStore> {
  database = (database + 1) % 16;
  await client.select(database);
  await client.flushdb();
  return openReadModels(`${server.url}/${database}`);
}

describeTracing(emptyReadModels);
