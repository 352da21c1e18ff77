import { expectAgreement } from '../../support/agreement';
import { cleanUps } from '../../support/clean-ups';
import { eventually } from '../../support/eventually';
import { DAY, LINE, YEAR } from '../../support/load';
import { startWatchedRedis, WatchedRedis } from '../../support/redis/sentinel';
import { expectRecovery, setStage, Stage } from '../../support/stage';

const onEnd = cleanUps();

interface WatchedStage extends Stage {
  readonly redis: WatchedRedis;
}

async function setUp(options: { readonly timeoutMs?: number } = {}): Promise<WatchedStage> {
  const redis = await startWatchedRedis();
  onEnd(() => redis.stop());
  return { redis, ...(await setStage({ redisUrl: redis.url, onEnd, ...options })) };
}

describe('a replica takes over in the middle of a load', () => {
  test('when the master is killed, and a Sentinel with it', async () => {
    const stage = await setUp();
    const { redis, load } = stage;
    await Promise.all([redis.loseMaster(), redis.sentinels[0]!.kill()]);
    await load.toldOf('UNAVAILABLE');
    await expectRecovery(stage);
  });

  test('and lacks the last writes: every answer is right, and all is repaired', async () => {
    const stage = await setUp();
    const { redis, load } = stage;
    await redis.cutOff();
    await load.moreWrites(10);
    await redis.loseMaster();
    await expectRecovery(stage);
  });

  test('when the master hangs, and its connections stay open', async () => {
    const stage = await setUp({ timeoutMs: 1_000 });
    process.kill(stage.redis.master.pid, 'SIGSTOP');
    await stage.load.toldOf('UNAVAILABLE');
    await expectRecovery(stage);
  });

  test('when the master is killed, and a Sentinel hangs', async () => {
    const stage = await setUp({ timeoutMs: 1_000 });
    process.kill(stage.redis.sentinels[0]!.pid, 'SIGSTOP');
    await stage.redis.loseMaster();
    await stage.load.toldOf('UNAVAILABLE');
    await expectRecovery(stage);
  });

  test('when it is asked to, while the master goes on for a while', async () => {
    const stage = await setUp();
    await stage.redis.failOver();
    await expectRecovery(stage);
  });
});

test('what the new master lacks is not answered from it', async () => {
  const { redis, api, load, store } = await setUp();
  await load.finish(api.eventStore);
  await expectAgreement(api.eventStore, store);
  const question = `{ budget(department: "D1", fiscalYear: ${YEAR}) { executed revision } }`;
  const before = await api.data(question);
  const { position } = (await api.data('{ asOf(at: {}) { position } }')).asOf;
  const pinned = `{ asOf(at: { position: "${position}" }) { budget(department: "D1", fiscalYear: ${YEAR}) { executed revision } } }`;

  await redis.cutOff();
  const spend = { department: 'D1', fiscalYear: YEAR, line: LINE, amount: '12.34', effectiveAt: DAY };
  const written = await api.write('recordExpenditure', spend);
  expect(written.projected).toBe(true);
  const after = await api.data(question);
  await api.gate.close();
  await redis.loseMaster();

  await eventually('it is told to be behind', async () => {
    const { data, errors } = await api.ask(question);
    expect(data?.budget ?? null).toBeNull();
    return errors?.[0]?.extensions.code === 'READ_MODEL_BEHIND';
  });
  const { data, errors } = await api.ask(pinned);
  if (errors === undefined) expect(data.asOf).toEqual(before);
  else expect(errors[0]?.extensions.code).toBe('READ_MODEL_BEHIND');

  api.gate.open();
  await expectAgreement(api.eventStore, store);
  expect(await api.data(question)).toEqual(after);
  expect((await api.data(pinned)).asOf).toEqual(before);
  expect(api.damage).toEqual([]);
});
