import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { NO_TELEMETRY } from '../../../src/kernel/telemetry';
import { rebuild } from '../../../src/projector/rebuild';
import { ledgerParts } from '../../support/agreement';
import { startApi, TestApi } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';
import { TestClock } from '../../support/clock';
import { conditionalGet, tagOf } from '../../support/conditional-get';
import { eventually } from '../../support/eventually';
import { notClosing, startLedger, STREAM_PREFIX } from '../../support/ledger';
import { jsonOf } from '../../support/raw-request';
import { openReadModels } from '../../support/redis/harness';
import { sharedRedis } from '../../support/redis/shared-redis';
import { temporaryFolder } from '../../support/temporary-folder';

const onEnd = cleanUps();
const redis = sharedRedis();

const DEPARTMENTS = (position: string) => ({
  query: `{ asOf(at: { position: "${position}" }) { departments { nodes { code name } } } }`,
});

const get = async (api: TestApi, position: string, kept?: string) =>
  conditionalGet(
    api.url,
    await api.token(),
    DEPARTMENTS(position),
    kept === undefined ? {} : { 'if-none-match': kept },
  );

/** A server over the ledger in a file, until `use` is done. */
async function over<T>(path: string, use: (api: TestApi) => Promise<T>): Promise<T> {
  const api = await startApi({ eventStore: () => openSqliteEventStore({ path, prefix: STREAM_PREFIX }) });
  try {
    return await use(api);
  } finally {
    await api.close();
  }
}

test('a ledger that was put back and went on shares tags only up to where it was put back to', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const [file, copy] = [join(folder.path, 'ledger.db'), join(folder.path, 'copy.db')];
  const register = (api: TestApi, code: string, name: string) =>
    api.write('registerDepartment', { code, name, idempotencyKey: code });
  await over(file, (api) => register(api, 'D1', '局'));
  copyFileSync(file, copy);
  const before = await over(file, async (api) => {
    await register(api, 'D2', '甲局');
    return [tagOf(await get(api, '1')), tagOf(await get(api, '2'))];
  });
  expect(before[0]).not.toBe(before[1]);

  await over(file, async (api) => {
    expect([(await get(api, '1', before[0])).status, (await get(api, '2', before[1])).status]).toEqual([304, 304]);
  });
  await over(copy, async (api) => {
    expect((await get(api, '1', before[0])).status).toBe(304);
    // It has no such position yet.
    const beyond = await get(api, '2', before[1]);
    expect([beyond.status, tagOf(beyond), jsonOf(beyond).errors[0].extensions.code]).toEqual([
      ...[200, undefined, 'AS_OF_IN_FUTURE'],
    ]);
    // The same department under the same key, at the same position, after it was lost.
    await register(api, 'D2', '甲局');
    const other = await get(api, '2', before[1]);
    expect(other.status).toBe(200);
    expect(tagOf(other)).not.toBe(before[1]);
  });
});

test('two nodes over one log and one Redis make the same tags, and a rebuild makes others', async () => {
  const clock = new TestClock('2023-01-01T00:00:00.000Z');
  const readModels = () => openReadModels(redis.url, () => undefined);
  const projecting = await startLedger({ clock, readModels, telemetry: NO_TELEMETRY });
  onEnd(() => projecting.close());
  const nodes: TestApi[] = [];
  for (let n = 0; n < 2; n++) {
    const api = await startApi({
      eventStore: () => notClosing(projecting.eventStore),
      readModels,
      projectUnder: undefined,
      telemetry: NO_TELEMETRY,
    });
    onEnd(() => api.close());
    nodes.push(api);
  }
  const [one, two] = nodes as [TestApi, TestApi];
  await one.write('registerDepartment', { code: 'D1', name: '局' });
  const tag = tagOf(await get(one, '1'));
  expect(tag).toMatch(/^"/);
  expect((await get(two, '1', tag)).status).toBe(304);

  const store = readModels();
  onEnd(() => store.close());
  const rebuilt = await rebuild({
    ...ledgerParts(projecting.eventStore),
    store,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    telemetry: NO_TELEMETRY,
  });
  expect(rebuilt.kind).toBe('serving');
  for (const api of nodes) {
    const other = await eventually('it reads the new read models', async () => {
      const answer = await get(api, '1', tag);
      return answer.status === 200 && answer;
    });
    expect(tagOf(other)).toMatch(/^"/);
    expect(tagOf(other)).not.toBe(tag);
  }
});
