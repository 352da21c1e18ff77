import { LostReadModels, Outage, ReadModelBehind } from '../../../src/kernel/outage';
import { writePoint } from '../../../src/read-model/adapters/redis/codec';
import { RedisTemporalStore } from '../../../src/read-model/adapters/redis/redis-temporal-store';
import { BEFORE_ALL } from '../../../src/read-model/change';
import { openReadModels } from '../../support/redis/harness';
import { startRedis } from '../../support/redis/server';
import { sharedRedis } from '../../support/redis/shared-redis';
import { cutOf, keyOf, Script } from '../contract/script';

const redis = sharedRedis();
let stores: RedisTemporalStore[];

beforeEach(async () => {
  await redis.client.flushall();
  stores = [];
});
afterEach(() => Promise.all(stores.map((store) => store.close())));

function open(): RedisTemporalStore {
  const store = openReadModels(redis.url);
  stores.push(store);
  return store;
}

const CHANGES = new Script().all([
  { position: 10n, documents: ['D1.2023'] },
  { position: 20n, documents: ['D1.2023'] },
  { position: 30n, documents: ['D1.2023'] },
]);
const [first, second, third] = CHANGES as [(typeof CHANGES)[0], (typeof CHANGES)[0], (typeof CHANGES)[0]];

test('a writer with an older token than the last one is refused, even if it does not know of that one', async () => {
  const [older, newer] = [open(), open()];
  older.claim(7n);
  await older.write([first]);
  newer.claim(8n);
  await newer.write([second]);

  await expect(older.write([third])).rejects.toThrow(Outage);
  await older.checkpoint();
  await expect(older.write([third])).rejects.toThrow('another projector has taken over');
  expect(await newer.checkpoint()).toEqual(cutOf(second));
  await newer.write([third]);
  expect(await newer.checkpoint()).toEqual(cutOf(third));
});

test('of two writers at the same position one succeeds, and the other gets an outage', async () => {
  const [one, other] = [open(), open()];
  await Promise.all([one.checkpoint(), other.checkpoint()]);
  await one.write([first]);
  await expect(other.write([first, second])).rejects.toThrow(Outage);
  await other.write([first, second]);

  expect(await one.walk(keyOf('D1.2023'), { after: 0n, upTo: 100n })).toHaveLength(2);
});

test('after the server was emptied, every read is refused until the rebuilt read models have come as far', async () => {
  const store = open();
  await store.write(CHANGES);
  await store.markServing();
  expect((await store.watermark())?.position).toBe(30n);
  await redis.client.flushall();

  expect(await store.watermark()).toBeUndefined();
  const reads = () => [
    store.versions([keyOf('D1.2023'), keyOf('none')], 30n),
    store.walk(keyOf('D1.2023'), { after: 0n, upTo: 30n }),
    store.members('BUDGET', 30n, {}),
    store.changes({ after: 0n, upTo: 30n }),
    store.pointAt({ position: 30n }),
    store.pointAt({ time: 1_000 }),
  ];
  for (const read of reads()) await expect(read).rejects.toThrow(ReadModelBehind);
  const projector = open();
  await projector.write([first, second]);
  await store.watermark();
  for (const read of reads()) await expect(read).rejects.toThrow(ReadModelBehind);
  await projector.write([third]);
  await Promise.all(reads());
});

test('a write to a document that was lost is refused, and a discard starts with empty read models', async () => {
  const store = open();
  await store.write([first, second]);
  const [stream] = await redis.client.keys('*:d:BUDGET/D1.2023');
  await redis.client.del(stream!);
  await expect(store.write([third])).rejects.toThrow(LostReadModels);
  await store.discard();
  await store.write(CHANGES);

  expect(await redis.client.keys('*:d:BUDGET/D1.2023')).toHaveLength(1);
  expect(await store.walk(keyOf('D1.2023'), { after: 0n, upTo: 30n })).toHaveLength(3);
});

test('a database that the server does not have is an outage, and no other database is used instead', async () => {
  const troubles: unknown[] = [];
  const store = openReadModels(`${redis.url}/99`, (error) => troubles.push(error));
  stores.push(store);
  await expect(store.write([first])).rejects.toThrow(Outage);
  await expect(store.watermark()).rejects.toThrow(Outage);

  expect(troubles).toContainEqual(expect.objectContaining({ message: expect.stringContaining('DB index') }));
  expect(await redis.client.keys('*')).toEqual([]);
});

test('a server that is down is an outage', async () => {
  const lonely = await startRedis();
  const store = openReadModels(lonely.url, () => undefined);
  await store.write([first]);
  await lonely.stop();

  await expect(store.write([second])).rejects.toThrow(Outage);
  await expect(store.watermark()).rejects.toThrow(Outage);
  await expect(store.versions([keyOf('D1.2023')], 10n)).rejects.toThrow(Outage);
  await store.close();
});

test('if the list of versions is lost, the projector starts again and removes the orphaned keys', async () => {
  const store = open();
  await store.write(CHANGES);
  await store.markServing();
  const keys = await redis.client.keys('*');
  const list = keys.find((key) => key.endsWith(':models'))!;
  await redis.client.del(list);

  expect(await store.checkpoint()).toEqual(BEFORE_ALL);
  expect(await redis.client.keys('*')).toEqual([list]);
});

test('a version that serves according to the list, but has no other fields there, is replaced', async () => {
  const store = open();
  await store.write(CHANGES);
  const [list] = (await redis.client.keys('*')).filter((key) => key.endsWith(':models'));
  const fields = await redis.client.hkeys(list!);
  await redis.client.hdel(list!, ...fields.filter((field) => field.startsWith('cut:')));

  expect(await store.checkpoint()).toEqual(BEFORE_ALL);
  await store.write(CHANGES);
  expect(await store.checkpoint()).toEqual(cutOf(third));
});

test('a loss in keys that are never read is found by the inspection of the checkpoints', async () => {
  const store = open();
  await store.write(CHANGES);
  const [stream] = await redis.client.keys('*:d:BUDGET/D1.2023');
  await redis.client.xtrim(stream!, 'MAXLEN', 2);

  await expect(store.checkpoint()).rejects.toThrow(LostReadModels);
  await expect(store.changes({ after: 0n, upTo: 30n })).rejects.toThrow(ReadModelBehind);
});

describe('a command of more changes than one script applies', () => {
  const COUNT = 1_300;
  const script = new Script();
  const before = script.next({ position: 5n, documents: ['D1.2023'] });
  const parts = Array.from({ length: COUNT }, (_, index) => {
    const projected = script.next({ position: BigInt(10 + index), documents: ['D1.2023'] });
    const { event } = projected.change;
    const metadata = { ...event.metadata, commandPart: { number: index + 1, of: COUNT } };
    return { ...projected, change: { ...projected.change, event: { ...event, metadata } } };
  });
  const last = parts.at(-1)!;

  test('is seen as a whole or not at all, also if its writer dies in between', async () => {
    const [writer, reader] = [open(), open()];
    await writer.write([before]);
    await writer.markServing();
    const seen = new Set<bigint | undefined>();
    const dead = new AbortController();
    void writer.write(parts.slice(0, 700)).then(async () => {
      await writer.close();
      dead.abort();
    });
    while (!dead.signal.aborted) seen.add((await reader.watermark())?.position);
    expect([...seen]).toEqual([5n]);

    const successor = open();
    expect(await successor.checkpoint()).toEqual(cutOf(before));
    await successor.write(parts);
    expect(await reader.watermark()).toEqual(cutOf(last));
    expect(await reader.walk(keyOf('D1.2023'), { after: 0n, upTo: 10_000n })).toHaveLength(COUNT + 1);
  });

  test('is seen if all of it was written and only the watermark was not moved', async () => {
    const [writer, successor] = [open(), open()];
    await writer.write([before, ...parts]);
    await writer.markServing();
    const [models] = await redis.client.keys('*models*');
    const fields = await redis.client.hgetall(models!);
    const [field] = Object.keys(fields).filter((name) => name.startsWith('cut:'));
    await writer.close();
    await redis.client.hset(models!, field!, writePoint(cutOf(before)));

    expect(await successor.checkpoint()).toEqual(cutOf(before));
    await successor.write(parts);
    expect(await successor.watermark()).toEqual(cutOf(last));
  });
});
