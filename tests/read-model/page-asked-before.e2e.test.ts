import { CACHE_BOUNDS } from '../../src/kernel/limits';
import { Signal } from '../../src/kernel/telemetry';
import { RedisTemporalStore } from '../../src/read-model/adapters/redis/redis-temporal-store';
import { parseRedisUrl } from '../../src/read-model/adapters/redis/redis-url';
import { notClosing } from '../support/ledger';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { openReadModels } from '../support/redis/harness';
import { sharedRedis } from '../support/redis/shared-redis';
import { testStreams } from '../support/streams';

const redis = sharedRedis();
const onEnd = cleanUps();

const PAGE = `query($at: Position!, $day: Moment) {
  asOf(at: { position: $at, effectiveAt: $day }) {
    departments(first: 50) { totalCount nodes { code name revision } }
    tasks(department: "D1", first: 50) { nodes { code title progress } }
  }
}`;

test('a page that was asked before sends no command to Redis, at no moment between two changes of what it shows', async () => {
  const writer = await startApi({ readModels: () => openReadModels(redis.url) });
  onEnd(() => writer.close());
  const { reader, scripts } = await startReader(writer);

  await register(writer, 'D1');
  await register(writer, 'D2');
  const shown = await head(writer);
  // What is written from now on is not on the page.
  for (let budget = 2021; budget < 2025; budget++) await approve(writer, budget);
  const last = await head(writer);
  const before = (await reader.data(PAGE, { at: String(shown) })).asOf;
  expect(before.departments.nodes.map(({ code }: { code: string }) => code)).toEqual(['D1', 'D2']);

  for (const day of [null, '2030-01-01']) {
    for (let at = shown; at < last; at++) {
      // The point of the log, and whatever the node does besides, is asked once.
      await eventually(`position ${String(at)} is answered by the node itself`, async () => {
        const sent = scripts();
        const { asOf } = await reader.data(PAGE, { at: String(at), day });
        expect(asOf).toEqual(before);
        return scripts() === sent;
      });
    }
  }
  await register(writer, 'D3');
  const after = (await reader.data(PAGE, { at: String(await head(writer)) })).asOf;
  expect(after.departments.totalCount).toBe(3);
  expect((await reader.data(PAGE, { at: String(last) })).asOf).toEqual(before);
});

/** A node that only answers. Its scripts are all reads: what it looks up by itself is no script. */
async function startReader(writer: TestApi): Promise<{ reader: TestApi; scripts: () => number }> {
  const signals: Signal[] = [];
  const telemetry = { report: (signal: Signal) => void signals.push(signal) };
  const [target, streams, cacheBytes] = [parseRedisUrl(redis.url)!, testStreams, CACHE_BOUNDS];
  const reader = await startApi({
    eventStore: () => notClosing(writer.eventStore),
    readModels: () => RedisTemporalStore.open({ target, streams, cacheBytes, telemetry }),
    projectUnder: undefined,
  });
  onEnd(() => reader.close());
  const isScript = (signal: Signal) => signal.kind === 'engine-called' && signal.call === 'evalsha';
  return { reader, scripts: () => signals.filter(isScript).length };
}

const head = async (api: TestApi): Promise<bigint> => api.eventStore.head();

const register = (api: TestApi, code: string): Promise<unknown> =>
  api.write('registerDepartment', { code, name: `${code} 局` });

const approve = (api: TestApi, fiscalYear: number): Promise<unknown> =>
  api.write('approveBudget', {
    department: 'D1',
    fiscalYear,
    lines: [{ code: 'L', name: '明细', fundSource: 'UNIT_FUNDS', amount: '100' }],
  });
