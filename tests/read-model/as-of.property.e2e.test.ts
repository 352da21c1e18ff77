import fc from 'fast-check';
import { FIELDS, EVERYTHING, Oracle, Place } from '../oracle/oracle';
import { CHANGE_FIELDS } from '../oracle/changes';
import { dayOf, printed, startOfDay } from '../oracle/time';
import { clockOfHistory, History, historyArbitrary, play } from '../support/histories/history';
import { LocalLedger, MovableClock, withLedger } from '../support/ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

jest.setTimeout(PROPERTY_TIMEOUT_MS);

/**
 * Random histories, sent through the real mutations, and what the API answers about them at any position and any effective
 * moment, against the oracle (tests/oracle). FC_RUNS sets how many histories are tried; a failure prints the seed.
 */

const SNAPSHOT = `query($at: AsOfInput!) { asOf(at: $at) { position knownAt effectiveAt ${EVERYTHING} } }`;

/** The same with ids, which carry the snapshot. */
const PINNED = `query($at: AsOfInput!) {
  asOf(at: $at) {
    position effectiveAt ${EVERYTHING}
    departments(first: 200) { nodes { id } } budgets(first: 200) { nodes { id } } tasks(first: 200) { nodes { id } }
    indicators(first: 200) { nodes { id } } evaluations(first: 200) { nodes { id } }
  }
}`;

/** An effective moment as it is asked for, and the instant that it means. */
interface Moment {
  readonly asked?: string;
  readonly effectiveAt?: number;
}

const at = (instant: number): Moment => ({ asked: printed(instant), effectiveAt: instant });
const endOf = (day: string): Moment => ({ asked: day, effectiveAt: startOfDay(day) + 86_400_000 - 1 });

const EDGES: readonly Moment[] = [{}, at(Date.parse('1970-01-01T00:00:00Z')), at(Date.parse('9000-01-01T00:00:00Z'))];

/** The edges, the ends of some days, and of the instants at which facts are dated some, exactly and 1 ms before. */
function momentsOf(oracle: Oracle, picks: readonly number[]): readonly Moment[] {
  const instants = oracle.instants();
  const picked = picks.map((number) => instants[number % instants.length]!);
  return [...EDGES, ...picked.flatMap((instant) => [at(instant - 1), at(instant)]), endOf('2023-06-30')];
}

const picksArbitrary = (count: number) => fc.array(fc.nat(999), { minLength: count, maxLength: count });

async function withHistory(
  history: History,
  use: (ledger: LocalLedger, oracle: Oracle, clock: MovableClock) => Promise<void>,
): Promise<void> {
  const clock = clockOfHistory();
  await withLedger(clock, async (ledger) => {
    await play(history, ledger, clock);
    await use(ledger, new Oracle(await ledger.events()), clock);
  });
}

/** All positions of the ledger, and zero. */
const positionsOf = ({ log }: Oracle): bigint[] => [0n, ...log.map(({ position }) => position)];

const plain = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

describe('the past', () => {
  it('is answered at every position, at any effective moment, as the oracle answers it', async () => {
    await fc.assert(
      fc.asyncProperty(historyArbitrary(50), picksArbitrary(3), (history, picks) =>
        withHistory(history, async (ledger, oracle) => {
          const moments = momentsOf(oracle, picks);
          for (const position of positionsOf(oracle)) {
            for (const { asked, effectiveAt } of moments) {
              const place: Place = { position, effectiveAt };
              const { asOf } = await ledger.data(SNAPSHOT, { at: { position: String(position), effectiveAt: asked } });
              expect(plain(asOf)).toEqual({
                position: String(position),
                knownAt: printed(oracle.recordedAt(place)),
                effectiveAt: effectiveAt === undefined ? null : printed(effectiveAt),
                ...oracle.everything(place),
              });
            }
          }
        }),
      ),
      runs(12),
    );
  });

  it('is answered by known time as at the last event recorded by then, and by nothing as now', async () => {
    await fc.assert(
      fc.asyncProperty(historyArbitrary(50), picksArbitrary(2), (history, picks) =>
        withHistory(history, async (ledger, oracle) => {
          const moments = [...momentsOf(oracle, picks)].slice(2);
          const times = [...new Set(oracle.log.flatMap(({ recordedAt }) => [recordedAt - 1, recordedAt]))];
          for (const [index, knownAt] of times.entries()) {
            const { asked, effectiveAt } = index % 2 === 0 ? {} : moments[index % moments.length]!;
            const place: Place = { position: oracle.positionAt(knownAt), effectiveAt, knownAt };
            const { asOf } = await ledger.data(SNAPSHOT, { at: { knownAt: printed(knownAt), effectiveAt: asked } });
            expect(plain(asOf)).toEqual({
              position: String(place.position),
              knownAt: printed(knownAt),
              effectiveAt: effectiveAt === undefined ? null : printed(effectiveAt),
              ...oracle.everything(place),
            });
          }

          const now = ledger.now();
          const present: Place = { position: await ledger.head(), knownAt: now };
          const expected = {
            position: String(present.position),
            knownAt: printed(now),
            effectiveAt: null,
            ...oracle.everything(present),
          };
          for (const asOfNow of [{}, { knownAt: null, position: null, effectiveAt: null }, { knownAt: dayOf(now) }]) {
            expect(plain((await ledger.data(SNAPSHOT, { at: asOfNow })).asOf)).toEqual(expected);
          }
          expect(plain(await ledger.data(`{ ${EVERYTHING} }`))).toEqual(oracle.everything(present));
        }),
      ),
      runs(8),
    );
  });

  it('does not change with later events, nor when the read models are built anew', async () => {
    await fc.assert(
      fc.asyncProperty(historyArbitrary(50), picksArbitrary(1), async (history, [pick = 0]) => {
        const clock = clockOfHistory();
        await withLedger(clock, async (ledger) => {
          const pinned: { at: object; answer: string }[] = [];
          const pin = async (position: bigint) => {
            const oracle = new Oracle(await ledger.events());
            for (const { asked } of [{}, momentsOf(oracle, [pick])[3]!]) {
              const place = { position: String(position), effectiveAt: asked };
              pinned.push({ at: place, answer: JSON.stringify(await ledger.data(PINNED, { at: place })) });
            }
          };
          await play(history, ledger, clock, undefined, ({ position }) => pin(position));
          const changes = await ledger.data(`{ changes(first: 200) { nodes { ${CHANGE_FIELDS} } position } }`);
          expect(plain(changes)).toEqual({
            changes: {
              nodes: new Oracle(await ledger.events()).changes({ position: await ledger.head() }),
              position: String(await ledger.head()),
            },
          });

          const rebuilt = ledger.rebuilt(clock);
          try {
            expect(await rebuilt.data(`{ changes(first: 200) { nodes { ${CHANGE_FIELDS} } position } }`)).toEqual(
              changes,
            );
            for (const { at: place, answer } of pinned) {
              expect(JSON.stringify(await ledger.data(PINNED, { at: place }))).toBe(answer);
              expect(JSON.stringify(await rebuilt.data(PINNED, { at: place }))).toBe(answer);
            }
          } finally {
            await rebuilt.close();
          }
        });
      }),
      runs(8),
    );
  });
});

describe('a mutation', () => {
  it('answers with the entity as it left it, and an id with the entity as it was', async () => {
    await fc.assert(
      fc.asyncProperty(historyArbitrary(50), async (history) => {
        const clock = clockOfHistory();
        await withLedger(clock, async (ledger) => {
          const fieldsOf = (kind: keyof typeof FIELDS) => `id ${FIELDS[kind]}`;
          await play(history, ledger, clock, fieldsOf, async ({ kind, code, position }, payload) => {
            const oracle = new Oracle(await ledger.events());
            const { id, ...entity } = plain(payload) as { id: string };
            expect(entity).toEqual(oracle.entity(kind, code, { position, knownAt: ledger.now() }));

            const node = `${kind[0]!.toUpperCase()}${kind.slice(1)}`;
            const query = `query($id: ID!) { node(id: $id) { id ... on ${node} { ${FIELDS[kind]} } } }`;
            expect(plain(await ledger.data(query, { id }))).toEqual({ node: payload });
          });
        });
      }),
      runs(8),
    );
  });
});
