import fc from 'fast-check';
import { Lease } from '../../../src/projector/lease';
import { startApi } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';
import { eventually } from '../../support/eventually';
import { historyArbitrary } from '../../support/histories/history';
import { PROPERTY_TIMEOUT_MS, runs } from '../../support/property';
import { ApiOnRedis, startApiOnRedis } from '../../support/redis/api';
import { notClosing } from '../../support/ledger';
import { openReadModels } from '../../support/redis/harness';
import { deleteEvery } from '../../support/redis/lost-keys';
import { startRedis } from '../../support/redis/server';
import { sharedRedis } from '../../support/redis/shared-redis';
import { askAll, Asked, expectRightOrBehind, fill, wholeLedger } from '../../support/whole-ledger';
import { expectRecovery, setStage } from '../../support/stage';
import { NO_TELEMETRY } from '../../../src/kernel/telemetry';

const redis = sharedRedis();
const onEnd = cleanUps();

/** Which keys are lost: some, all of one kind, all, or a document together with the lists. */
const lossArbitrary = fc.oneof(
  fc.record({ kind: fc.constant('some' as const), places: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }) }),
  fc.record({
    kind: fc.constant('matching' as const),
    pattern: fc.constantFrom(':d:', ':c:', ':log', ':times', ':checkpoint', ':models', ':lease', 'BUDGET', 'TASK', ''),
  }),
);
type Loss = typeof lossArbitrary extends fc.Arbitrary<infer T> ? T : never;

async function lose(loss: Loss): Promise<readonly string[]> {
  const keys = (await redis.client.keys('*')).sort();
  const lost =
    loss.kind === 'matching'
      ? keys.filter((key) => key.includes(loss.pattern))
      : loss.places.map((place) => keys[place % keys.length]!);
  if (lost.length > 0) await redis.client.del(...lost);
  return lost;
}

/** A lease that another process always holds. */
const NEVER: Lease = {
  hold: (signal) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else
        signal.addEventListener('abort', () => {
          resolve();
        });
    }),
};

test(
  'whatever keys Redis loses, every answer is as before or READ_MODEL_BEHIND, and at the end all are as before',
  () =>
    fc.assert(
      fc.asyncProperty(
        historyArbitrary(15),
        fc.array(fc.record({ loss: lossArbitrary, first: fc.nat(10_000), node: fc.nat(1) }), {
          minLength: 3,
          maxLength: 3,
        }),
        async (history, rounds) => {
          await redis.client.flushall();
          const projecting: ApiOnRedis = await startApiOnRedis(redis.url, { now: '2023-02-01T02:00:00.000Z' });
          await fill(projecting, history);
          projecting.clock.set('2024-01-01T00:00:00.000Z');
          const reading = await startApi({
            now: '2024-01-01T00:00:00.000Z',
            eventStore: () => notClosing(projecting.eventStore),
            readModels: () => openReadModels(redis.url, () => undefined),
            projectUnder: NEVER,
            telemetry: NO_TELEMETRY,
          });
          try {
            const questions = await wholeLedger(projecting);
            const asked = await askAll(projecting, questions);
            expect(asked.filter(({ before }) => before.errors.length > 0)).toEqual([]);
            for (const { loss, first, node } of rounds) {
              const api = [projecting, reading][node]!;
              await lose(loss);
              await expectRightOrBehind(api, [asked[first % asked.length]!]);
              await expectRightOrBehind(api, asked);
              let refused: readonly Asked[] = asked;
              await eventually('everything is answered', async () => {
                refused = await expectRightOrBehind(api, refused);
                return refused.length === 0;
              });
            }
            expect(projecting.ledger.failure()).toBeUndefined();
          } finally {
            await reading.close();
            await projecting.close();
          }
        },
      ),
      { ...runs(1), endOnFailure: true },
    ),
  PROPERTY_TIMEOUT_MS,
);

test('keys are deleted again and again under a load: every answer during that is right', async () => {
  const server = await startRedis();
  onEnd(() => server.stop());
  const stage = await setStage({ redisUrl: server.url, onEnd });
  for (const nth of [3, 2, 5]) {
    expect(await deleteEvery(nth, [server.port])).toBeGreaterThan(0);
    await stage.load.moreWrites(5);
  }
  await expectRecovery(stage);
});
