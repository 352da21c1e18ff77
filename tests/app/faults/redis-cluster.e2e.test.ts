import Redis from 'ioredis';
import { cleanUps } from '../../support/clean-ups';
import { RedisCluster, startRedisCluster } from '../../support/redis/cluster';
import { deleteEvery } from '../../support/redis/lost-keys';
import { RedisServer } from '../../support/redis/server';
import { expectNoAnswerFromLoss, expectRecovery, setStage } from '../../support/stage';

const onEnd = cleanUps();

let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await startRedisCluster();
});
beforeEach(() => cluster.flush());
afterAll(() => cluster.stop());

/** Loses what was written since it was saved. */
class ForgetfulMaster {
  constructor(private readonly server: RedisServer) {}

  static async holding(pattern: string): Promise<ForgetfulMaster> {
    for (const server of cluster.masters) {
      const client = new Redis(server.port);
      const keys = await client.keys(pattern);
      client.disconnect();
      if (keys.length > 0) return new ForgetfulMaster(server);
    }
    throw new Error(`No master holds ${pattern}`);
  }

  async save(): Promise<void> {
    const client = new Redis(this.server.port);
    await client.save();
    client.disconnect();
  }

  async fallBack(): Promise<void> {
    await this.server.kill();
    await this.server.start();
  }
}

test('masters lose their last writes in the middle of a load: every answer is right, and everything is repaired', async () => {
  const stage = await setStage({ redisUrl: cluster.url, onEnd });
  const documents = await ForgetfulMaster.holding('*:d:BUDGET/D1.2023');
  const models = await ForgetfulMaster.holding('*{ledger}:models');
  const log = await ForgetfulMaster.holding('*.0}:log');
  for (const master of [documents, models, log]) {
    await master.save();
    await stage.load.moreWrites(10);
    await master.fallBack();
    await stage.load.moreWrites(10);
  }
  await expectRecovery(stage);
});

test('what a master has lost is not answered from it', async () => {
  const stage = await setStage({ redisUrl: cluster.url, onEnd });
  let master: ForgetfulMaster;
  await expectNoAnswerFromLoss(stage, {
    keep: async () => {
      master = await ForgetfulMaster.holding('*:d:BUDGET/D1.2023');
      await master.save();
    },
    lose: () => master.fallBack(),
  });
});

test('keys are deleted on all masters under a load: every answer on the way is right', async () => {
  const stage = await setStage({ redisUrl: cluster.url, onEnd });
  const ports = cluster.masters.map(({ port }) => port);
  for (const nth of [4, 3]) {
    expect(await deleteEvery(nth, ports)).toBeGreaterThan(0);
    await stage.load.moreWrites(5);
  }
  await expectRecovery(stage);
});
