import fc from 'fast-check';
import Redis from 'ioredis';
import { ReadModelBehind } from '../../../src/kernel/outage';
import { RedisTemporalStore } from '../../../src/read-model/adapters/redis/redis-temporal-store';
import { openReadModels } from '../../support/redis/harness';
import { PROPERTY_TIMEOUT_MS, runs } from '../../support/property';
import { sharedRedis } from '../../support/redis/shared-redis';
import { keyOf, Script } from '../contract/script';

const DOCUMENTS = ['D1.2023', 'D2.2023', 'D1.2023/L1', 'D1.2023/L2'];
const NEVER_WRITTEN = 'D9.2023';
const COLLECTIONS = ['BUDGET', 'BUDGET/D1', 'NEVER_WRITTEN'];
const LAST = 6n;

const stepArbitrary = fc.record({
  documents: fc.subarray(DOCUMENTS),
  members: fc.record({ BUDGET: fc.subarray(['A', 'B', 'C']), 'BUDGET/D1': fc.subarray(['A', 'B']) }),
});

/** Which keys are damaged, by their index in the order of their names, and how. */
const lossArbitrary = fc.record({
  keys: fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 8 }),
  how: fc.constantFrom<Damage>('delete', 'delete', 'remove one entry', 'overwrite'),
  pick: fc.nat(10),
});
type Damage = 'delete' | 'remove one entry' | 'overwrite';

const redis = sharedRedis();

/** Every question of the port, at every position, about existing and missing documents. */
function questions(reader: RedisTemporalStore): (() => Promise<unknown>)[] {
  const positions = Array.from({ length: Number(LAST) + 1 }, (_, position) => BigInt(position));
  const range = { after: 0n, upTo: LAST };
  return [
    ...positions.flatMap((at) => [
      ...[...DOCUMENTS, NEVER_WRITTEN].flatMap((code) => [
        () => reader.versions([keyOf(code)], at),
        () => reader.versions([keyOf(code)], at, 'state'),
      ]),
      ...COLLECTIONS.map((collection) => () => reader.members(collection, at, {})),
      () => reader.pointAt({ position: at }),
      () => reader.pointAt({ time: Number(at) }),
    ]),
    ...DOCUMENTS.map((code) => () => reader.walk(keyOf(code), range)),
    () => reader.versions([...DOCUMENTS, NEVER_WRITTEN].map(keyOf), LAST, 'state'),
    () => reader.changes(range),
    () => reader.changes({ ...range, limit: 1, last: true }),
  ];
}

async function damage(client: Redis, key: string, how: Damage, pick: number): Promise<unknown> {
  if (how === 'delete') return client.del(key);
  if (how === 'overwrite') return client.set(key, 'something else');
  switch (await client.type(key)) {
    case 'stream': {
      const ids = (await client.xrange(key, '-', '+')).map(([id]) => id);
      return client.xdel(key, ids[pick % ids.length]!);
    }
    case 'zset': {
      const members = await client.zrange(key, '0', '-1');
      return client.zrem(key, members[pick % members.length]!);
    }
    default: {
      const fields = await client.hkeys(key);
      return client.hdel(key, fields[pick % fields.length]!);
    }
  }
}

async function contents(client: Redis): Promise<readonly (readonly [key: string, dump: Buffer])[]> {
  const keys = (await client.keys('*')).sort();
  return Promise.all(keys.map(async (key) => [key, await client.dumpBuffer(key)] as const));
}

/** The answer, or BEHIND. Any other error fails the test. */
async function ask(question: () => Promise<unknown>): Promise<unknown> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof ReadModelBehind) return 'BEHIND';
    throw error;
  }
}

test(
  'whatever is lost, the first question afterwards is answered as before or refused',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(stepArbitrary, { minLength: Number(LAST), maxLength: Number(LAST) }),
        lossArbitrary,
        async (steps, { keys, how, pick }) => {
          const { client } = redis;
          await client.flushall();
          const script = new Script();
          const changes = steps.map((step, index) =>
            script.next({ position: BigInt(index + 1), recordedAt: index, ...step }),
          );
          const writer = openReadModels(redis.url, () => undefined);
          await writer.write(changes);
          await writer.markServing();
          await writer.watermark();
          const expected = await Promise.all(questions(writer).map((question) => question()));
          await writer.close();
          const whole = await contents(client);
          const damaged = whole.map(([key]) => key).filter((_, index) => keys.includes(index));

          for (const [index, answer] of expected.entries()) {
            // Like a node that has read only the watermark.
            const reader = openReadModels(redis.url, () => undefined);
            await reader.watermark();
            for (const key of damaged) await damage(client, key, how, pick);
            const found = await ask(questions(reader)[index]!);
            await reader.close();
            if (found !== 'BEHIND') expect(found).toEqual(answer);
            await client.flushall();
            await Promise.all(whole.map(([key, dump]) => client.restore(key, 0, dump)));
          }
        },
      ),
      runs(12),
    ),
  PROPERTY_TIMEOUT_MS,
);
