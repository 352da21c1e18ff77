import fc from 'fast-check';
import Redis from 'ioredis';
import { ConfigError } from '../../../src/app/config';
import { cleanUps } from '../../support/clean-ups';
import { eventually } from '../../support/eventually';
import { historyArbitrary } from '../../support/histories/history';
import { startNodeHere } from '../../support/node-process';
import { startApiOnRedis } from '../../support/redis/api';
import { startRedis } from '../../support/redis/server';
import { temporaryFolder } from '../../support/temporary-folder';
import { askAll, Asked, expectRightOrBehind, fill, wholeLedger } from '../../support/whole-ledger';

const onEnd = cleanUps();

async function setUp() {
  const server = await startRedis(['--maxmemory-policy', 'allkeys-lru']);
  onEnd(() => server.stop());
  const client = new Redis(server.port);
  onEnd(() => {
    client.disconnect();
  });
  return { server, client };
}

test('a server does not start with a Redis that evicts, unless the operator allows it', async () => {
  const { server, client } = await setUp();
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const environment = { REDIS_URL: server.url, DATA_DIR: folder.path };
  const refused = startNodeHere(environment, onEnd);
  await expect(refused).rejects.toThrow(ConfigError);
  await expect(refused).rejects.toThrow(/REDIS_MAXMEMORY_POLICY: .* allkeys-lru/);

  const node = await startNodeHere({ ...environment, REDIS_MAXMEMORY_POLICY: 'allkeys-lru' }, onEnd);
  const health = async () => (await fetch(`${node.address}/health/ready`)).json() as Promise<object>;
  await eventually('it is ready', () => node.isReady());
  expect(await health()).toEqual({ status: 'ready' });
  await client.config('SET', 'maxmemory-policy', 'volatile-ttl');
  await eventually('it warns of the other policy', async () => JSON.stringify(await health()).includes('volatile-ttl'));
  expect(await health()).toMatchObject({ status: 'ready', warning: expect.stringContaining('volatile-ttl') });
});

test('while Redis evicts keys, every answer is right or READ_MODEL_BEHIND', async () => {
  const { server, client } = await setUp();
  const api = await startApiOnRedis(server.url, { now: '2023-02-01T02:00:00.000Z' });
  onEnd(() => api.close());
  const [history] = fc.sample(historyArbitrary(15), { numRuns: 1 });
  await fill(api, history!);
  api.clock.set('2024-01-01T00:00:00.000Z');
  const asked = await askAll(api, await wholeLedger(api));
  const used = Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))![1]);
  await client.config('SET', 'maxmemory', used + 200_000);
  let refused: readonly Asked[] = [];
  for (let round = 0; round < 3; round++) {
    for (let nth = 0; nth < 100; nth++) await client.set(`another:${round}:${nth}`, 'x'.repeat(20_000));
    refused = [...refused, ...(await expectRightOrBehind(api, asked))];
  }
  expect(await client.info('stats')).toMatch(/^evicted_keys:[1-9]/m);
  expect(refused.length).toBeGreaterThan(0);

  await client.config('SET', 'maxmemory', 0);
  let left: readonly Asked[] = asked;
  await eventually('everything is answered', async () => {
    left = await expectRightOrBehind(api, left);
    return left.length === 0;
  });
  expect(api.ledger.failure()).toBeUndefined();
});
