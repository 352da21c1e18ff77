import { CACHE_BOUNDS } from '../../../src/kernel/limits';
import { Signal } from '../../../src/kernel/telemetry';
import { RedisTemporalStore } from '../../../src/read-model/adapters/redis/redis-temporal-store';
import { parseRedisUrl } from '../../../src/read-model/adapters/redis/redis-url';
import { cleanUps } from '../../support/clean-ups';
import { openReadModels } from '../../support/redis/harness';
import { sharedRedis } from '../../support/redis/shared-redis';
import { testStreams } from '../../support/streams';
import { keyOf, Script } from '../contract/script';

const redis = sharedRedis();
const onEnd = cleanUps();

/** D1 has versions at 10, 30 and 60, and D2 at 20; D3 comes at 70. Each department is a member from its first version on. */
const STEPS = [
  { position: 10n, documents: ['D1.2023'], members: { BUDGET: ['D1.2023'] } },
  { position: 20n, documents: ['D2.2023'], members: { BUDGET: ['D2.2023'] } },
  { position: 30n, documents: ['D1.2023'] },
  { position: 50n, documents: ['D9.2023'] },
  { position: 60n, documents: ['D1.2023'] },
  { position: 70n, documents: ['D3.2023'], members: { BUDGET: ['D3.2023'] } },
  { position: 90n, documents: ['D9.2023'] },
];
const PAGE = ['D1.2023', 'D2.2023', 'D3.2023'].map(keyOf);

let script: Script;
let writer: RedisTemporalStore;
let node: RedisTemporalStore;
let signals: Signal[];

beforeEach(async () => {
  await redis.client.flushall();
  script = new Script();
  writer = open(() => undefined);
  await writer.write(script.all(STEPS));
  await writer.markServing();
  signals = [];
  node = open((signal) => signals.push(signal));
  await node.watermark();
});

function open(report: (signal: Signal) => void): RedisTemporalStore {
  const [target, streams, cacheBytes] = [parseRedisUrl(redis.url)!, testStreams, CACHE_BOUNDS];
  const store = RedisTemporalStore.open({ target, streams, cacheBytes, telemetry: { report } });
  onEnd(() => store.close());
  return store;
}

/** What a client sends by itself when it connects. */
const ON_CONNECTION = ['info', 'config', 'subscribe'];

/** How many commands the node sends to Redis meanwhile. */
async function commands(read: () => Promise<unknown>): Promise<number> {
  const count = () =>
    signals.filter((signal) => signal.kind === 'engine-called' && !ON_CONNECTION.includes(signal.call)).length;
  const before = count();
  await read();
  return count() - before;
}

/** A page as a list reads it: the members, and their documents. */
const page = async (at: bigint) => ({
  members: await node.members('BUDGET', at, { limit: 3 }),
  positions: (await node.versions(PAGE, at, 'state')).map((version) => version?.position),
});

describe('what was read once', () => {
  it('is not read again at any position between two changes of it', async () => {
    expect(await commands(() => page(40n))).toBe(2);
    const first = await page(40n);
    expect(first).toEqual({ members: ['D1.2023', 'D2.2023'], positions: [30n, 20n, undefined] });
    for (const at of [30n, 35n, 45n, 50n, 59n]) {
      expect(await commands(() => page(at))).toBe(0);
      expect(await page(at)).toEqual(first);
    }
  });

  it('is read in part if a part of it changed in between', async () => {
    await page(40n);
    // The members are known from 20 to 69. Of the documents, D1 has another version.
    expect(await commands(() => node.members('BUDGET', 60n, { limit: 3 }))).toBe(0);
    expect(await commands(() => node.versions(PAGE, 60n, 'state'))).toBe(1);
    const asked = signals.filter((signal) => signal.kind === 'cache-asked' && !signal.found).length;
    expect(await page(69n)).toEqual({ members: ['D1.2023', 'D2.2023'], positions: [60n, 20n, undefined] });
    expect(signals.filter((signal) => signal.kind === 'cache-asked' && !signal.found)).toHaveLength(asked);
    expect(await page(29n)).toEqual({ members: ['D1.2023', 'D2.2023'], positions: [10n, 20n, undefined] });
    expect(await page(19n)).toEqual({ members: ['D1.2023'], positions: [10n, undefined, undefined] });
  });

  it('is known up to the position that the store had reached, and beyond it after another read', async () => {
    const all = { members: ['D1.2023', 'D2.2023', 'D3.2023'], positions: [60n, 20n, 70n] };
    expect(await page(75n)).toEqual(all);
    expect(await commands(() => page(90n))).toBe(0);
    expect(await page(90n)).toEqual(all);

    await writer.write(script.all([{ position: 95n, documents: ['D9.2023'] }]));
    expect(await commands(() => page(90n))).toBe(0);
    expect(await commands(() => page(95n))).toBe(2);
    expect(await page(95n)).toEqual(all);
    expect(await commands(() => page(94n))).toBe(0);

    await writer.write(script.all([{ position: 99n, documents: ['D2.2023'] }]));
    expect((await page(99n)).positions).toEqual([60n, 99n, 70n]);
    expect(await commands(() => page(95n))).toBe(0);
    expect(await page(95n)).toEqual(all);
  });

  it('is dropped when other read models serve', async () => {
    await page(40n);
    const candidate = await writer.candidate();
    await candidate.write(new Script().all(STEPS));
    await candidate.markServing();
    expect(await commands(() => page(40n))).toBe(0);
    await candidate.promote();
    await node.watermark();
    expect(await commands(() => page(40n))).toBe(2);
  });

  it('is dropped when no read models serve', async () => {
    await page(40n);
    await redis.client.flushall();
    expect(await node.watermark()).toBeUndefined();
    await expect(page(40n)).rejects.toThrow('There are no read models yet');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['members', () => node.members('BUDGET', 40n, { limit: 3 })],
    ['versions', () => node.versions(PAGE, 40n, 'state')],
    ['a point', () => node.pointAt({ position: 40n })],
  ])('is dropped when the log may be another one, and so is what is still being read: %s', async (_, read) => {
    await read();
    expect(await commands(read)).toBe(0);
    node.forget();
    await node.watermark();
    const reading = read();
    node.forget();
    await reading;
    await node.watermark();
    expect(await commands(read)).toBe(1);
  });

  it('is reported by its size', async () => {
    await page(40n);
    const sizes = new Map(signals.flatMap((each) => (each.kind === 'cache-filled' ? [[each.cache, each.bytes]] : [])));
    expect([...sizes.keys()].sort()).toEqual(['members', 'versions']);
    for (const bytes of sizes.values()) expect(bytes).toBeGreaterThan(200);
  });

  it('is read again each time by a store that is to be compared with the log', async () => {
    const comparing = openReadModels(redis.url, undefined, { cacheBytes: undefined });
    onEnd(() => comparing.close());
    await comparing.versions(PAGE, 40n, 'state');
    await comparing.members('BUDGET', 40n, {});
    await redis.client.flushall();
    await expect(comparing.versions(PAGE, 40n, 'state')).rejects.toThrow('The read models are being built');
    await expect(comparing.members('BUDGET', 40n, {})).rejects.toThrow('The read models are being built');
  });
});

describe('a page of members', () => {
  /** Members by the positions at which they join, and by their codes. */
  const JOINS = { B: 10n, D: 20n, A: 30n, F: 40n, C: 50n, E: 60n } as const;
  const PAGES = [
    ...[{}, { limit: 2 }, { limit: 2, last: true }, { after: 'B' }, { before: 'D' }],
    ...[{ after: 'B', limit: 1 }, { before: 'E', limit: 2, last: true }, { after: 'C', before: 'C' }, { limit: 9 }],
  ];

  it('is the same from memory as from the store, whatever its bounds, and wherever it was read first', async () => {
    await redis.client.flushall();
    const fresh = open(() => undefined);
    const steps = Object.entries(JOINS).map(([code, position]) => ({ position, members: { TASK: [code] } }));
    await fresh.write(new Script().all(steps));
    await fresh.markServing();
    const comparing = openReadModels(redis.url, undefined, { cacheBytes: undefined });
    onEnd(() => comparing.close());
    await comparing.watermark();
    const questions = Array.from({ length: 14 }, (_, index) => BigInt(index * 5)).flatMap((at) =>
      PAGES.map((each) => [at, each] as const),
    );
    const answersOf = (store: RedisTemporalStore) =>
      Promise.all(questions.map(([at, each]) => store.members('TASK', at, each)));
    const expected = await answersOf(comparing);
    for (const first of [0n, 20n, 25n, 40n, 65n]) {
      node.forget();
      await node.watermark();
      await Promise.all(PAGES.map((each) => node.members('TASK', first, each)));
      expect(await answersOf(node)).toEqual(expected);
    }
  });
});
