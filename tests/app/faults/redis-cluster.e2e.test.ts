import Redis from 'ioredis';
import { expectAgreement } from '../../support/agreement';
import { cleanUps } from '../../support/clean-ups';
import { eventually } from '../../support/eventually';
import { DAY, LINE, YEAR } from '../../support/load';
import { RedisCluster, startRedisCluster } from '../../support/redis/cluster';
import { RedisServer } from '../../support/redis/server';
import { expectRecovery, setStage } from '../../support/stage';

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

test('masters lose their last writes in the middle of a load: every answer is right, and all is repaired', async () => {
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
  const { api, load, store } = stage;
  await load.finish(api.eventStore);
  await expectAgreement(api.eventStore, store);
  const question = `{ budget(department: "D1", fiscalYear: ${YEAR}) { executed revision } }`;
  const before = await api.data(question);
  const { position } = (await api.data('{ asOf(at: {}) { position } }')).asOf;
  const pinned = `{ asOf(at: { position: "${position}" }) { budget(department: "D1", fiscalYear: ${YEAR}) { executed revision } } }`;

  const master = await ForgetfulMaster.holding('*:d:BUDGET/D1.2023');
  await master.save();
  const spend = { department: 'D1', fiscalYear: YEAR, line: LINE, amount: '12.34', effectiveAt: DAY };
  const written = await api.write('recordExpenditure', spend);
  expect(written.projected).toBe(true);
  const after = await api.data(question);
  await api.gate.close();
  await master.fallBack();

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
