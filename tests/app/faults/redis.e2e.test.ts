import Redis from 'ioredis';
import { expectAgreement } from '../../support/agreement';
import { Answer } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';
import { eventually } from '../../support/eventually';
import { RedisServer, startRedis } from '../../support/redis/server';
import { expectRecovery, setStage, Stage } from '../../support/stage';
import { startTcpProxy, TcpProxy } from '../../support/tcp-proxy';

const onEnd = cleanUps();

interface RedisStage extends Stage {
  readonly server: RedisServer;
}

async function setUp({
  settings = [],
  timeoutMs,
  proxy,
}: {
  readonly settings?: readonly string[];
  readonly timeoutMs?: number;
  readonly proxy?: TcpProxy;
} = {}): Promise<RedisStage> {
  const server = await startRedis(settings);
  onEnd(() => server.stop());
  proxy?.target(server.port);
  return { server, ...(await setStage({ redisUrl: server.url, through: proxy?.url, timeoutMs, onEnd })) };
}

async function startProxy(): Promise<TcpProxy> {
  const proxy = await startTcpProxy();
  onEnd(() => proxy.stop());
  return proxy;
}

async function empty({ server }: RedisStage): Promise<void> {
  const client = new Redis(server.port);
  await client.flushall();
  client.disconnect();
}

describe('Redis is killed in the middle of a load', () => {
  test.each([
    ['and starts again with its data', ['--appendonly', 'yes']],
    ['and starts again with nothing', []],
  ])('%s', async (_, settings) => {
    const stage = await setUp({ settings });
    await stage.server.kill();
    await stage.load.toldOf('UNAVAILABLE');
    await stage.server.start();
    await expectRecovery(stage);
  });
});

describe('Redis is emptied', () => {
  test('and filled again while it serves: every answer during that is right', async () => {
    const stage = await setUp();
    await empty(stage);
    await stage.load.moreWrites(10);
    await empty(stage);
    await expectRecovery(stage);
  });

  test('and nothing fills it: nothing is answered from it until it is filled', async () => {
    const stage = await setUp();
    const { api, load } = stage;
    await load.finish(api.eventStore);
    const head = await api.eventStore.head();
    await eventually('the read models are at the head', async () => (await stage.store.watermark())?.position === head);
    const ofPresent = [
      '{ budget(department: "D1", fiscalYear: 2023) { remaining } }',
      '{ departments { nodes { code } } }',
      '{ changes(after: "0") { nodes { position } } }',
    ];
    const ofPast = [
      `{ asOf(at: { position: "${String(head)}" }) { budget(department: "D1", fiscalYear: 2023) { remaining } } }`,
      '{ asOf(at: { position: "1" }) { department(code: "D1") { name } } }',
    ];
    const questions = [...ofPresent, ...ofPast];
    const answersTo = (asked: readonly string[]) => Promise.all(asked.map((question) => api.ask(question)));
    const codesOf = (answers: readonly Answer[]) =>
      answers.map(({ errors }) => errors?.map(({ extensions }) => extensions));
    const behind = [{ code: 'READ_MODEL_BEHIND', retryable: true }];
    const before = await answersTo(ofPast);
    await api.gate.close();
    await empty(stage);

    // What it has read of the past is right for ever, and may be answered until it sees that nothing serves.
    const first = await answersTo(questions);
    const [present, past] = [first.slice(0, ofPresent.length), first.slice(ofPresent.length)];
    expect(codesOf(present)).toEqual(present.map(() => behind));
    past.forEach((answer, index) => {
      if (answer.errors === undefined) expect(answer.data).toEqual(before[index]!.data);
      else expect(codesOf([answer])).toEqual([behind]);
    });
    expect(codesOf(await answersTo(questions))).toEqual(questions.map(() => behind));

    const unread = await api.write('recordExpenditure', {
      department: 'D1',
      fiscalYear: 2023,
      line: 'L1',
      amount: '1.00',
      effectiveAt: '2023-01-01',
    });
    expect(unread.projected).toBe(false);

    api.gate.open();
    await expectAgreement(api.eventStore, stage.store);
    for (const question of questions) expect((await api.ask(question)).errors).toBeUndefined();
    expect(api.damage).toEqual([]);
  });
});

test('Redis is full for a while: writes are recorded, no answer is wrong, and the read models catch up', async () => {
  const stage = await setUp();
  const client = new Redis(stage.server.port);
  onEnd(() => {
    client.disconnect();
  });
  await client.config('SET', 'maxmemory-policy', 'noeviction');
  await client.config('SET', 'maxmemory', '1');
  await expect(client.set('else', 'x')).rejects.toThrow(/^OOM /);
  await eventually('a write is recorded that the read models do not take', async () => {
    const written = await stage.api.write('recordExpenditure', {
      department: 'D1',
      fiscalYear: 2023,
      line: 'L1',
      amount: '1.00',
      effectiveAt: '2023-01-01',
    });
    return written.projected === false;
  });
  await stage.load.moreWrites(10);
  await stage.load.moreAnswers(10);
  await client.config('SET', 'maxmemory', '0');
  await expectRecovery(stage);
});

describe('Redis is slow', () => {
  test('and answers late', async () => {
    const proxy = await startProxy();
    const stage = await setUp({ proxy });
    proxy.delay(10);
    await stage.load.moreWrites(10);
    await stage.load.moreAnswers(10);
    proxy.delay(0);
    await expectRecovery(stage);
  });

  test('and answers nothing for a while; what was sent in that time arrives late', async () => {
    const proxy = await startProxy();
    const stage = await setUp({ proxy, timeoutMs: 300 });
    proxy.hold();
    await stage.load.toldOf('UNAVAILABLE');
    proxy.letGo();
    await expectRecovery(stage);
  });

  test('and accepts no commands for a while', async () => {
    const stage = await setUp();
    const client = new Redis(stage.server.port);
    await client.call('CLIENT', 'PAUSE', '1000', 'ALL');
    client.disconnect();
    await expectRecovery(stage);
  });
});
