import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { EVERYTHING, Oracle, Place } from '../oracle/oracle';
import { historyArbitrary, play, startOfHistory } from '../support/histories/history';
import { LocalLedger, withLedger } from '../support/ledger';
import { runs } from '../support/property';

const AS_OF = `query($at: AsOfInput!) { asOf(at: $at) { position knownAt effectiveAt ${EVERYTHING} } }`;

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

const stats = { runs: 0, events: 0, asked: 0, q: 0, o: 0, e: 0 };
afterAll(() => process.stdout.write(JSON.stringify(stats) + JSON.stringify((globalThis as any).STAT, null, 1) + '\n'));

it('scratch', async () => {
  await fc.assert(
    fc.asyncProperty(historyArbitrary(40), fc.array(fc.nat(999), { minLength: 4, maxLength: 4 }), async (history, picks) => {
      const clock = startOfHistory();
      await withLedger(clock, async (ledger) => {
        await play(history, ledger, clock, async () => {});
        const oracle = new Oracle(await ledger.events());
        stats.runs++;
        stats.events += oracle.log.length;
        const instants = oracle.log.map(({ effectiveAt }) => effectiveAt);
        const moments = [undefined, Date.parse('1900-01-01'), Date.parse('9000-01-01'),
          ...picks.flatMap((n) => [instants[n % instants.length]!, instants[n % instants.length]! - 1])];
        for (const position of [0n, ...oracle.log.map((e) => e.position)]) {
          for (const effectiveAt of moments) {
            const place: Place = { position, effectiveAt };
            stats.asked++;
            const t0 = performance.now();
            const { asOf } = await ledger.data(AS_OF, { at: { position: position.toString(), effectiveAt: iso(effectiveAt) } });
            const t1 = performance.now();
            const expected = {
              position: position.toString(),
              knownAt: iso(oracle.recordedAt(place)),
              effectiveAt: iso(effectiveAt),
              ...oracle.everything(place),
            };
            const t2 = performance.now();
            const same = isDeepStrictEqual(JSON.parse(JSON.stringify(asOf)), expected);
            if (!same) expect(asOf).toEqual(expected);
            stats.q += t1-t0; stats.o += t2-t1; stats.e += performance.now()-t2;
          }
        }
      });
    }),
    runs(3),
  );
}, 600_000);
