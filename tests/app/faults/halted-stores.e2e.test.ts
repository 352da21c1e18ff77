import { openKurrentEventStore } from '../../../src/event-store/adapters/kurrentdb/kurrent-event-store';
import { cleanUps } from '../../support/clean-ups';
import { Answer, startApi, TestApi } from '../../support/api';
import { eventually } from '../../support/eventually';
import { startStandIn } from '../../support/kurrentdb-log';
import { KurrentStandIn } from '../../support/kurrentdb/stand-in';
import { startApiOnRedis } from '../../support/redis/api';
import { RedisServer, startRedis } from '../../support/redis/server';

/** No store gives up by itself in this test, so whatever is answered was ended by the patience of its request. */
const NEVER_MS = 3_600_000;
const patienceMs = 200;

const onEnd = cleanUps();

const READS = {
  'the present': '{ department(code: "D1") { name } }',
  'the present, several times':
    '{ a: departments { nodes { name } } b: department(code: "D1") { name tasks { nodes { code } } } }',
  'a moment on the known clock': '{ asOf(at: {}) { department(code: "D1") { name } } }',
  'a moment on the effective clock': '{ asOf(at: { effectiveAt: "2023-01-01" }) { department(code: "D1") { name } } }',
  'the head': '{ ledger { head lagEvents } }',
};
type Read = keyof typeof READS;

const register = (code: string, name = '财政局') =>
  `${code}: registerDepartment(input: { code: "${code}", name: "${name}", idempotencyKey: "${code}" }) { position projected }`;

/** Before a store is halted. On a busy machine, a write can take longer than the short patience of these tests. */
async function givenADepartment(api: TestApi): Promise<void> {
  await eventually('the department is recorded', async () => {
    const { data } = await api.ask(`mutation { ${register('D1', '数据管理局')} }`);
    return data.D1?.projected === true;
  });
}

async function expectGivenUp(api: TestApi, reads: readonly Read[]): Promise<void> {
  const answers = await Promise.all(reads.map((read) => api.ask(READS[read])));
  for (const { status, errors = [] } of answers) {
    expect(status).toBe(503);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['UNAVAILABLE']));
  }
}

async function expectAnswered(api: TestApi): Promise<void> {
  for (const query of Object.values(READS))
    await eventually('it is answered again', async () => (await api.ask(query)).errors === undefined);
}

const messagesOf = ({ errors = [] }: Answer) => errors.map(({ message, extensions }) => [extensions.code, message]);

describe('EventStoreDB is halted', () => {
  let api: TestApi;
  let standIn: KurrentStandIn;
  let goOn: () => void;

  beforeEach(async () => {
    standIn = await startStandIn(onEnd);
    const eventStore = () =>
      openKurrentEventStore({ url: standIn.url, prefix: 'mingjian-', timeoutMs: NEVER_MS, watchdogMs: NEVER_MS });
    api = await startApi({ eventStore, patienceMs });
    onEnd(() => api.close());
    await givenADepartment(api);
    onEnd(() => {
      goOn();
    });
  });

  function halt(): void {
    standIn.conduct.hold = new Promise((resolve) => {
      goOn = () => {
        standIn.conduct.hold = undefined;
        resolve();
      };
    });
  }

  test('reads of the head, and of moments that need it, give up in time', async () => {
    halt();
    await expectGivenUp(api, ['a moment on the known clock', 'a moment on the effective clock', 'the head']);
    goOn();
    await expectAnswered(api);
  });

  test('the present is still answered', async () => {
    halt();
    expect(await api.data(READS['the present'])).toEqual({ department: { name: '数据管理局' } });
    goOn();
  });

  test('a write that has not been sent gives up, and so do those after it in the request', async () => {
    halt();
    const answer = await api.ask(`mutation { ${register('D2')} ${register('D3')} }`);
    expect(answer.data).toEqual({ D2: null, D3: null });
    expect(messagesOf(answer)).toEqual(Array(2).fill(['UNAVAILABLE', expect.stringMatching(/cannot be reached/)]));
    goOn();
    // A write that is recorded after them shows that they were not.
    await eventually('writes go on', async () => {
      const { data } = await api.ask(`mutation { ${register('D4')} }`);
      return data.D4 !== null;
    });
    expect((await api.data('{ departments { nodes { code } } }')).departments.nodes).toEqual([
      { code: 'D1' },
      { code: 'D4' },
    ]);
  });

  describe('a write that was sent may be on record, and the same again is recorded once', () => {
    const maybeRecorded = ['UNAVAILABLE', expect.stringMatching(/not known whether .* same idempotencyKey/)];

    async function expectRecordedOnce(): Promise<void> {
      await eventually('it is recorded', async () => {
        const { data } = await api.ask(`mutation { ${register('D2')} }`);
        return data.D2?.projected === true;
      });
      const { history } = (await api.data('{ department(code: "D2") { history { nodes { position } } } }')).department;
      expect(history.nodes).toHaveLength(1);
    }

    test('if it was recorded, and all answers are lost', async () => {
      const before = standIn.appends.length;
      standIn.conduct.appends = 'unanswered';
      const answer = api.ask(`mutation { ${register('D2')} }`);
      await standIn.until(() => standIn.appends.length > before);
      halt();
      expect(messagesOf(await answer)).toEqual([maybeRecorded]);
      standIn.conduct.appends = undefined;
      goOn();
      await expectRecordedOnce();
    });

    test('if it was not recorded', async () => {
      standIn.conduct.appends = 'stalled';
      expect(messagesOf(await api.ask(`mutation { ${register('D2')} }`))).toEqual([maybeRecorded]);
      standIn.conduct.appends = undefined;
      standIn.goAway();
      await standIn.listen();
      await expectRecordedOnce();
    });
  });
});

describe('Redis is halted', () => {
  let api: TestApi;
  let redis: RedisServer;

  beforeEach(async () => {
    redis = await startRedis();
    onEnd(() => redis.stop());
    api = await startApiOnRedis(redis.url, { timeoutMs: NEVER_MS, patienceMs });
    onEnd(() => api.close());
    await givenADepartment(api);
  });
  const halt = () => process.kill(redis.pid, 'SIGSTOP');
  const goOn = () => process.kill(redis.pid, 'SIGCONT');

  test('all reads give up in time', async () => {
    halt();
    await expectGivenUp(api, Object.keys(READS) as Read[]);
    goOn();
    await expectAnswered(api);
  });

  test('a write is refused or answered as recorded, in time, and is on record once', async () => {
    halt();
    const { data, errors } = await api.ask(`mutation { ${register('D2')} ${register('D3')} }`);
    if (errors === undefined) expect(data.D2.projected).toBe(false);
    goOn();
    for (const code of ['D2', 'D3'])
      await eventually('it is recorded', async () => {
        const { data } = await api.ask(`mutation { ${register(code)} }`);
        return data[code]?.projected === true;
      });
    const { nodes } = (await api.data('{ departments { nodes { history { nodes { position } } } } }')).departments;
    expect(nodes.map(({ history }: any) => history.nodes.length)).toEqual([1, 1, 1]);
  });
});
