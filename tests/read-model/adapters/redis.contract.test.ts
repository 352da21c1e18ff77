import Redis from 'ioredis';
import { RedisServer, startRedis } from '../../support/redis/server';
import { RedisTemporalStore } from '../../../src/read-model/adapters/redis/redis-temporal-store';
import { StreamNames } from '../../../src/event-store/streams';
import { TemporalStoreHarness } from '../contract/harness';
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

describeTemporalStore('Redis', { durable: true, makeHarness });

/** Read models on an empty server. */
async function makeHarness(): Promise<TemporalStoreHarness> {
  await client.flushall();
  const open = () =>
    RedisTemporalStore.open({
      target: { kind: 'single', node: { host: '127.0.0.1', port: server.port }, db: 0, access: {} },
      streams: new StreamNames('mingjian-'),
      onTrouble: (error) => {
        throw error;
      },
    });
  let store = open();
  return {
    get store() {
      return store;
    },
    async restart() {
      await store.close();
      store = open();
    },
    dispose: () => store.close(),
  };
}
