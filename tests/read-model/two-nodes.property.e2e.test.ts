import fc from 'fast-check';
import { CACHE_BOUNDS } from '../../src/kernel/limits';
import { CacheBytes } from '../../src/read-model/adapters/redis/reader';
import { EVERYTHING, Oracle, Place } from '../oracle/oracle';
import { printed } from '../oracle/time';
import { clockOfHistory, historyArbitrary, play } from '../support/histories/history';
import { withLedger } from '../support/local-ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { openReadModels } from '../support/redis/harness';
import { sharedRedis } from '../support/redis/shared-redis';

const AS_OF = `query($at: AsOfInput!) { asOf(at: $at) { ${EVERYTHING} } }`;
const NOW = `{ ${EVERYTHING} }`;
/** With room for next to nothing. */
const TINY: CacheBytes = { knownVersionsBytes: 4_000, knownMembersBytes: 1_000 };

const redis = sharedRedis();
const plain = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

test(
  "between writes, two nodes that keep what they read from one Redis give the oracle's answers on both clocks",
  () =>
    fc.assert(
      fc.asyncProperty(historyArbitrary(25), fc.array(fc.nat(9_999), { minLength: 3 }), async (history, picks) => {
        await redis.client.flushall();
        const clock = clockOfHistory();
        const openWith = (cacheBytes: CacheBytes) => () =>
          Promise.resolve(openReadModels(redis.url, undefined, { cacheBytes }));
        await withLedger(
          clock,
          async (first) => {
            const second = await first.beside(openWith(TINY), clock);
            let turn = 0;
            const next = () => picks[turn++ % picks.length]! + turn;
            try {
              await play(history, first, clock, undefined, async ({ position: head }) => {
                const oracle = new Oracle(await first.events());
                const instants = oracle.instants();
                for (const node of [first, second]) {
                  const present: Place = { position: head, knownAt: node.now() };
                  expect(plain(await node.data(NOW))).toEqual(oracle.everything(present));
                  for (const effectiveAt of [undefined, instants[next() % instants.length]]) {
                    const position = oracle.log[next() % oracle.log.length]!.position;
                    const at = { position: String(position), effectiveAt: effectiveAt && printed(effectiveAt) };
                    const { asOf } = await node.data(AS_OF, { at });
                    expect(plain(asOf)).toEqual(oracle.everything({ position, effectiveAt }));
                  }
                }
              });
            } finally {
              await second.close();
            }
          },
          openWith(CACHE_BOUNDS),
        );
      }),
      runs(4),
    ),
  PROPERTY_TIMEOUT_MS,
);
