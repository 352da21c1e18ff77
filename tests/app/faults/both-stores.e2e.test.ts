import { cleanUps } from '../../support/clean-ups';
import { openLog, startStandIn } from '../../support/kurrentdb-log';
import { startRedis } from '../../support/redis/server';
import { expectRecovery, setStage } from '../../support/stage';

const onEnd = cleanUps();

test.each([
  ['the event store comes back first', ['--appendonly', 'yes'], 'event store'],
  ['Redis comes back first', ['--appendonly', 'yes'], 'Redis'],
  ['Redis comes back first, and has lost everything', [], 'Redis'],
] as const)('both stores stop in the middle of a load, and %s', async (_, settings, first) => {
  const standIn = await startStandIn(onEnd);
  const redis = await startRedis(settings);
  onEnd(() => redis.stop());
  const stage = await setStage({ redisUrl: redis.url, eventStore: () => openLog(standIn.url), onEnd });

  standIn.goAway();
  await redis.kill();
  await stage.load.toldOf('UNAVAILABLE');
  await stage.load.moreAnswers(10);
  const comeBack = [() => standIn.restart(), () => redis.start()];
  if (first === 'Redis') comeBack.reverse();
  await comeBack[0]!();
  await stage.load.moreAnswers(10);
  await comeBack[1]!();
  await expectRecovery(stage);
});
