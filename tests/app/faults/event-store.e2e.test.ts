import { once } from 'node:events';
import { connect } from 'node:net';
import { expectAgreement } from '../../support/agreement';
import { cleanUps } from '../../support/clean-ups';
import { collect } from '../../support/events';
import { eventually } from '../../support/eventually';
import { openLog, startStandIn } from '../../support/kurrentdb-log';
import { KurrentStandIn } from '../../support/kurrentdb/stand-in';
import { TestClock } from '../../support/clock';
import { DAY, LINE, YEAR } from '../../support/load';
import { startApiOnRedis } from '../../support/redis/api';
import { openReadModels } from '../../support/redis/harness';
import { sharedRedis } from '../../support/redis/shared-redis';
import { expectRecovery, setStage, Stage } from '../../support/stage';

const HOUR = 3_600_000;

const onEnd = cleanUps();

const redis = sharedRedis();
beforeEach(() => redis.client.flushall());

async function setUp(writers?: number): Promise<Stage & { readonly standIn: KurrentStandIn }> {
  const standIn = await startStandIn(onEnd);
  const stage = await setStage({ redisUrl: redis.url, eventStore: () => openLog(standIn.url), writers, onEnd });
  return { standIn, ...stage };
}

async function isClosed(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}

describe('the event store stops in the middle of writes', () => {
  test('and comes back: it is reported, reads go on, and so do writes afterwards', async () => {
    const { standIn, ...stage } = await setUp();
    standIn.goAway();
    await stage.load.toldOf('UNAVAILABLE');
    await stage.load.moreAnswers(20);
    await standIn.listen();
    await expectRecovery(stage);
  });

  test('and is restarted six times in a row, with a few writes in between', async () => {
    const { standIn, ...stage } = await setUp();
    for (let round = 0; round < 6; round++) {
      standIn.goAway();
      await stage.load.toldOf('UNAVAILABLE');
      await standIn.restart();
      await stage.load.moreWrites(5);
    }
    await expectRecovery(stage);
  });

  test('and has recorded what it never acknowledged: a repeat is recorded once', async () => {
    // Only one writer, so that a single append is cut off.
    const { standIn, ...stage } = await setUp(1);
    for (let round = 0; round < 3; round++) {
      const before = standIn.appends.length;
      standIn.conduct.appends = 'cut off';
      await standIn.until(() => standIn.appends.length > before);
      await eventually('it has gone away', () => isClosed(standIn.port));
      standIn.conduct.appends = undefined;
      await standIn.listen();
      await stage.load.moreWrites(5);
    }
    await expectRecovery(stage);
  });
});

describe('subscriptions stop delivering without an error', () => {
  test('those that are open', async () => {
    const { standIn, ...stage } = await setUp();
    standIn.drop('silently');
    await stage.load.moreWrites(5);
    await expectRecovery(stage);
  });

  test('and later ones, too', async () => {
    const { standIn, ...stage } = await setUp();
    standIn.conduct.silent = true;
    standIn.drop('silently');
    await stage.load.toldOf('UNAVAILABLE');
    standIn.conduct.silent = false;
    await expectRecovery(stage);
  });
});

test("the store's clock goes back an hour", async () => {
  const clock = new TestClock('2023-06-30T12:00:00.000Z');
  const standIn = await startStandIn(onEnd, { clock });
  const api = await startApiOnRedis(redis.url, { eventStore: () => openLog(standIn.url) });
  onEnd(() => api.close());
  const store = openReadModels(redis.url, undefined, { cacheBytes: undefined });
  onEnd(() => store.close());

  const spend = async (amount: string): Promise<string> => {
    clock.move(1_000);
    const input = { department: 'D1', fiscalYear: YEAR, line: LINE, amount, effectiveAt: DAY };
    return (await api.write('recordExpenditure', input)).position;
  };
  const answerAt = (position: string) =>
    api.data(`{ asOf(at: { position: "${position}" }) {
      knownAt budget(department: "D1", fiscalYear: ${YEAR}) { executed revision lastChange { recordedAt } }
    } }`);

  await api.write('registerDepartment', { code: 'D1', name: '数据管理局' });
  const lines = [{ code: LINE, name: '基本支出', amount: '1000.00', fundSource: 'GENERAL_PUBLIC_BUDGET' }];
  const positions = [
    (await api.write('approveBudget', { department: 'D1', fiscalYear: YEAR, effectiveAt: DAY, lines })).position,
  ];
  const pinned = new Map<string, unknown>();
  const pin = async () => {
    for (const position of positions) pinned.set(position, await answerAt(position));
  };
  for (let month = 1; month <= 3; month++) positions.push(await spend(`${month}.10`));
  await pin();

  clock.move(-HOUR);
  for (let month = 4; month <= 6; month++) positions.push(await spend(`${month}.10`));
  for (const [position, answer] of pinned) expect(await answerAt(position)).toEqual(answer);
  await pin();
  clock.move(2 * HOUR);
  positions.push(await spend('7.10'));

  const stored = (await collect(api.eventStore.readAll(0n))).map(({ storedAt }) => storedAt);
  expect(stored).not.toEqual([...stored].sort());
  const { changes } = await api.data('{ changes(first: 100) { nodes { recordedAt } } }');
  const recorded: string[] = changes.nodes.map(({ recordedAt }: { recordedAt: string }) => recordedAt);
  expect(recorded).toHaveLength(stored.length);
  expect(recorded).toEqual([...recorded].sort());

  await redis.client.flushall();
  await expectAgreement(api.eventStore, store);
  for (const [position, answer] of pinned) expect(await answerAt(position)).toEqual(answer);
  expect(api.damage).toEqual([]);
});
