import fc from 'fast-check';
import { RedisSettlementStore } from '../../src/rate-limits/adapters/redis-settlement-store';
import { Quota } from '../../src/rate-limits/quota';
import { Settlement, SettlementStore } from '../../src/rate-limits/settlement';
import { Windows } from '../../src/rate-limits/windows';
import { Outage } from '../../src/kernel/outage';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { sharedRedis } from '../support/redis/shared-redis';

/** Several nodes settle through a real Redis, in any order, and its answers and its data may get lost. */

const redis = sharedRedis();
const WINDOW_SECONDS = 3_600;
let ledgers = 0;

type Step =
  | { readonly kind: 'spend'; readonly node: number; readonly points: number }
  | { readonly kind: 'settle'; readonly node: number }
  /** Redis carries out the settlement, but the node gets no answer. */
  | { readonly kind: 'lose answer'; readonly node: number }
  | { readonly kind: 'lose data' }
  | { readonly kind: 'step clock'; readonly node: number; readonly ms: number };

const stepsFor = (nodes: number): fc.Arbitrary<readonly Step[]> => {
  const node = fc.nat({ max: nodes - 1 });
  const step = fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ kind: fc.constant('spend' as const), node, points: fc.integer({ min: 1, max: 60 }) }),
    },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('settle' as const), node }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('lose answer' as const), node }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose data' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('step clock' as const),
        node,
        ms: fc.integer({ min: -1e10, max: 1e10 }),
      }),
    },
  );
  return fc.array(step, { minLength: 10, maxLength: 60 });
};

class Node {
  readonly quota: Quota;
  private readonly settlement: Settlement;
  losesAnswers = false;

  constructor(keyPrefix: string, points: number) {
    const windows = new Windows(WINDOW_SECONDS);
    const inRedis = new RedisSettlementStore({ client: redis.client, keyPrefix, nodeTtlMs: 600_000 });
    const store: SettlementStore = {
      settle: async (counts, seconds) => {
        const settled = await inRedis.settle(counts, seconds);
        if (this.losesAnswers) throw new Outage('lost');
        return settled;
      },
    };
    this.settlement = new Settlement({ store, windows });
    this.quota = new Quota({ name: 'principal', limit: 'ratePoints', points, windows, nodes: this.settlement.nodes });
  }

  /** Asks for single points, and returns how many were let through. */
  async spend(points: number): Promise<number> {
    const standings = await Promise.all(Array.from({ length: points }, () => this.quota.take('caller', 1)));
    return standings.filter(({ allowed }) => allowed).length;
  }

  settle = (): Promise<boolean> => this.settlement.settle([this.quota]);
}

afterEach(() => {
  jest.restoreAllMocks();
});

test(
  'nodes let through at most the points and the stated overshoot, and the points in the end',
  async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }).chain((nodes) => fc.tuple(fc.constant(nodes), stepsFor(nodes))),
      fc.integer({ min: 1, max: 120 }),
      async ([count, steps], points) => {
        const nodes = Array.from({ length: count }, () => new Node(`rates-${ledgers}-`, points));
        ledgers++;
        for (let round = 0; round < 2; round++) for (const node of nodes) await node.settle();
        let letThrough = 0;
        let losses = 0;
        for (const step of steps) {
          if (step.kind === 'lose data') {
            await redis.client.flushall();
            losses++;
            continue;
          }
          const node = nodes[step.node]!;
          if (step.kind === 'spend') letThrough += await node.spend(step.points);
          if (step.kind === 'settle') await node.settle();
          if (step.kind === 'lose answer') {
            node.losesAnswers = true;
            expect(await node.settle()).toBe(false);
            node.losesAnswers = false;
          }
          // The clock of the machine, which other nodes of this process go by, too.
          if (step.kind === 'step clock') {
            const real = Date.now();
            jest.spyOn(Date, 'now').mockReturnValue(real + step.ms);
          }
        }
        const overshoot = count === 1 ? 0 : Math.floor((points * (count - 1)) / count) + count;
        expect(letThrough).toBeLessThanOrEqual(points + overshoot + losses * (points + count));

        // A caller that keeps asking gets all of its points.
        for (let round = 0; letThrough < points && round < 100; round++) {
          for (const node of nodes) {
            letThrough += await node.spend(1);
            await node.settle();
          }
        }
        expect(letThrough).toBeGreaterThanOrEqual(points);
      },
    );
    await fc.assert(property, runs(40));
  },
  PROPERTY_TIMEOUT_MS,
);

test('after Redis lost its data, the counts of callers without points are put there again', async () => {
  const keyPrefix = `rates-${ledgers++}-`;
  const [first, second] = [new Node(keyPrefix, 10), new Node(keyPrefix, 10)];
  for (const node of [first, second, first]) await node.settle();
  expect(await first.spend(10)).toBe(5);
  await first.settle();
  expect(await first.spend(10)).toBe(3);
  await first.settle();
  await redis.client.flushall();
  // The first learns that it is new there, and then puts its counts there.
  for (const node of [first, second, first]) await node.settle();
  expect(await second.spend(1)).toBe(1);
  await second.settle();
  expect(await second.spend(10)).toBe(1);
});
