import { cleanUps } from '../../support/clean-ups';
import { startWatchedRedis, WatchedRedis } from '../../support/redis/sentinel';
import { expectNoAnswerFromLoss, expectRecovery, setStage, Stage } from '../../support/stage';

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

  test('and lacks the last writes: every answer is right, and everything is repaired', async () => {
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

  test('when a Sentinel orders it, while the master goes on for a while', async () => {
    const stage = await setUp();
    await stage.redis.failOver();
    await expectRecovery(stage);
  });
});

test('what the new master lacks is not answered from it', async () => {
  const { redis, ...stage } = await setUp();
  await expectNoAnswerFromLoss(stage, { keep: () => redis.cutOff(), lose: () => redis.loseMaster() });
});
