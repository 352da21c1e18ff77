import fc from 'fast-check';
import { EntityKind, EVERYTHING, FIELDS, KINDS, Oracle, Place } from '../oracle/oracle';
import { CHANGE_FIELDS } from '../oracle/changes';
import { LoggedEvent } from '../oracle/log';
import { dayOf, printed, startOfDay } from '../oracle/time';
import { clockOfHistory, History, historyArbitrary, play } from '../support/histories/history';
import { TestClock } from '../support/clock';
import { LocalLedger, MakeReadModels, withLedger } from '../support/local-ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

jest.setTimeout(PROPERTY_TIMEOUT_MS);

/**
 * Sends random histories through the real mutations, and compares the API's answers at any position and any effective moment
 * with the oracle (tests/oracle). FC_RUNS sets the number of histories. A failure prints the seed.
 */

const SNAPSHOT = `query($at: AsOfInput!) {
  asOf(at: $at) {
    position knownAt effectiveAt ${EVERYTHING}
    department(code: "d-2") { revision budget(fiscalYear: 2023) { revision } evaluation(fiscalYear: 2022) { revision } }
    budget(department: "D1", fiscalYear: 2024) { revision }
    task(code: "t-2") { revision }
    indicator(code: "I3") { revision }
    evaluation(department: "D1", fiscalYear: 2023) { revision }
  }
}`;

/** What that is to answer. */
function snapshotOf(oracle: Oracle, place: Place) {
  const { position, effectiveAt, knownAt = oracle.recordedAt(place) } = place;
  const revisionOf = (kind: EntityKind, code: string) => {
    const entity = oracle.entity(kind, code, place);
    return entity && { revision: entity.revision };
  };
  const department = revisionOf('department', 'd-2');
  return {
    position: String(position),
    knownAt: printed(knownAt),
    effectiveAt: effectiveAt === undefined ? null : printed(effectiveAt),
    ...oracle.everything(place),
    department: department && {
      ...department,
      budget: revisionOf('budget', 'd-2.2023'),
      evaluation: revisionOf('evaluation', 'd-2.2022'),
    },
    budget: revisionOf('budget', 'D1.2024'),
    task: revisionOf('task', 't-2'),
    indicator: revisionOf('indicator', 'I3'),
    evaluation: revisionOf('evaluation', 'D1.2023'),
  };
}

/** Everything with ids, which contain the snapshot. */
const PINNED = `query($at: AsOfInput!) {
  asOf(at: $at) {
    position effectiveAt ${EVERYTHING} ${KINDS.map((kind) => `${kind}s(first: 200) { nodes { id } }`).join(' ')}
  }
}`;

/** An effective moment as it is sent, and the instant that it means. */
interface Moment {
  readonly asked?: string;
  readonly effectiveAt?: number;
}

const at = (instant: number): Moment => ({ asked: printed(instant), effectiveAt: instant });
const endOf = (day: string): Moment => ({ asked: day, effectiveAt: startOfDay(day) + 86_400_000 - 1 });

const EDGES: readonly Moment[] = [{}, at(Date.parse('1970-01-01T00:00:00Z')), at(Date.parse('9000-01-01T00:00:00Z'))];

/** The edges, the ends of some days, and some instants at which facts are dated, exactly and 1 ms before. */
function momentsOf(oracle: Oracle, picks: readonly number[]): readonly Moment[] {
  const instants = oracle.instants();
  const picked = picks.map((number) => instants[number % instants.length]!);
  return [...EDGES, ...picked.flatMap((instant) => [at(instant - 1), at(instant)]), endOf('2023-06-30')];
}

const picksArbitrary = (count: number) => fc.array(fc.nat(999), { minLength: count, maxLength: count });

async function withHistory(
  makeReadModels: MakeReadModels | undefined,
  history: History,
  use: (ledger: LocalLedger, oracle: Oracle, clock: TestClock) => Promise<void>,
): Promise<void> {
  const clock = clockOfHistory();
  await withLedger(
    clock,
    async (ledger) => {
      await play(history, ledger, clock);
      await use(ledger, new Oracle(await ledger.events()), clock);
    },
    makeReadModels,
  );
}

/** All positions of the ledger, and zero. */
const positionsOf = ({ log }: Oracle): bigint[] => [0n, ...log.map(({ position }) => position)];

const plain = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

/** The property, over the read models that `makeReadModels` returns; by default those in memory. */
export function describeTravelInTime(makeReadModels?: MakeReadModels): void {
  // Every answer is at least one round trip there.
  const runsHere = (usual: number) => runs(makeReadModels === undefined ? usual : Math.ceil(usual / 3));
  describe('the past', () => {
    it("at every position and any effective moment, the answer is the oracle's", async () => {
      await fc.assert(
        fc.asyncProperty(historyArbitrary(50), picksArbitrary(3), (history, picks) =>
          withHistory(makeReadModels, history, async (ledger, oracle) => {
            const moments = momentsOf(oracle, picks);
            for (const position of positionsOf(oracle)) {
              for (const { asked, effectiveAt } of moments) {
                const { asOf } = await ledger.data(SNAPSHOT, {
                  at: { position: String(position), effectiveAt: asked },
                });
                expect(plain(asOf)).toEqual(snapshotOf(oracle, { position, effectiveAt }));
              }
            }
          }),
        ),
        runsHere(8),
      );
    });

    it('a known time gives the answer at the last event recorded by then, and no known time gives the present answer', async () => {
      await fc.assert(
        fc.asyncProperty(historyArbitrary(50), picksArbitrary(2), (history, picks) =>
          withHistory(makeReadModels, history, async (ledger, oracle) => {
            const moments = momentsOf(oracle, picks);
            const times = [...new Set(oracle.log.flatMap(({ recordedAt }) => [recordedAt - 1, recordedAt]))];
            for (const [index, knownAt] of times.entries()) {
              const { asked, effectiveAt } = index % 2 === 0 ? {} : moments[index % moments.length]!;
              const place: Place = { position: oracle.positionAt(knownAt), effectiveAt, knownAt };
              const { asOf } = await ledger.data(SNAPSHOT, { at: { knownAt: printed(knownAt), effectiveAt: asked } });
              expect(plain(asOf)).toEqual(snapshotOf(oracle, place));
            }

            const now = ledger.now();
            const present: Place = { position: await ledger.head(), knownAt: now };
            const expected = snapshotOf(oracle, present);
            for (const asOfNow of [{}, { knownAt: null, position: null, effectiveAt: null }, { knownAt: dayOf(now) }]) {
              expect(plain((await ledger.data(SNAPSHOT, { at: asOfNow })).asOf)).toEqual(expected);
            }
            expect(plain(await ledger.data(`{ ${EVERYTHING} }`))).toEqual(oracle.everything(present));
          }),
        ),
        runsHere(8),
      );
    });

    it('does not change with later events, nor after a rebuild of the read models', async () => {
      await fc.assert(
        fc.asyncProperty(historyArbitrary(50), fc.nat(999), async (history, pick) => {
          const clock = clockOfHistory();
          await withLedger(
            clock,
            async (ledger) => {
              const pinned: { readonly at: object; readonly answer: any }[] = [];
              await play(history, ledger, clock, undefined, async ({ position }) => {
                const instants = new Oracle(await ledger.events()).instants();
                for (const effectiveAt of [undefined, printed(instants[pick % instants.length]!)]) {
                  const place = { position: String(position), effectiveAt };
                  pinned.push({ at: place, answer: plain(await ledger.data(PINNED, { at: place })) });
                }
              });
              const changes = plain(await ledger.data(CHANGES));
              const head = await ledger.head();
              const nodes = new Oracle(await ledger.events()).changes({ position: head });
              expect(changes).toEqual({ changes: { nodes, position: String(head) } });

              const rebuilt = await ledger.rebuilt(clock);
              try {
                expect(plain(await rebuilt.data(CHANGES))).toEqual(changes);
                for (const { at: place, answer } of pinned) {
                  expect(plain(await ledger.data(PINNED, { at: place }))).toEqual(answer);
                  expect(plain(await rebuilt.data(PINNED, { at: place }))).toEqual(answer);
                  for (const kind of KINDS)
                    await expectNodeOf(rebuilt, kind, pickOf(answer.asOf[`${kind}s`].nodes, pick));
                }
              } finally {
                await rebuilt.close();
              }
            },
            makeReadModels,
          );
        }),
        runsHere(5),
      );
    });
  });

  describe('a mutation', () => {
    it('answers with the entity as it left it, under its present id', async () => {
      await fc.assert(
        fc.asyncProperty(historyArbitrary(50), async (history) => {
          const clock = clockOfHistory();
          await withLedger(
            clock,
            async (ledger) => {
              const fieldsOf = (kind: EntityKind) => `id ${FIELDS[kind]}`;
              await play(history, ledger, clock, fieldsOf, async ({ kind, code, position }, payload) => {
                const oracle = new Oracle(await ledger.events());
                const { id, ...entity } = plain(payload) as { id: string };
                expect(entity).toEqual(oracle.entity(kind, code, { position, knownAt: ledger.now() }));
                await expectNodeOf(ledger, kind, { id, ...entity });
                if (kind === 'budget')
                  expectRulesKept(
                    entity,
                    oracle.log.filter((event) => event.code === code),
                  );
              });
            },
            makeReadModels,
          );
        }),
        runsHere(8),
      );
    });
  });
}

const CHANGES = `{ changes(first: 200) { nodes { ${CHANGE_FIELDS} } position } }`;

const pickOf = <T>(items: readonly T[], number: number): T | undefined => items[number % items.length];

/** The entity behind an id is the same as where the id was read. */
async function expectNodeOf(ledger: LocalLedger, kind: EntityKind, entity: { id: string } | undefined): Promise<void> {
  if (entity === undefined) return;
  const type = `${kind[0]!.toUpperCase()}${kind.slice(1)}`;
  const query = `query($id: ID!) { node(id: $id) { id ... on ${type} { ${FIELDS[kind]} } } }`;
  expect(plain(await ledger.data(query, { id: entity.id }))).toEqual({ node: entity });
}

/**
 * Whatever was refused or accepted: in the records a line is overspent only if a change says so, and money is spent only within its
 * year.
 */
function expectRulesKept(budget: any, own: readonly LoggedEvent[]): void {
  const { lines, entries } = budget;
  const fiscalYear = Number(budget.fiscalYear);
  const overrun = linesOverrun(own);
  expect(lines.filter(({ code, remaining }: any) => remaining.startsWith('-') && !overrun.has(code))).toEqual([]);
  const [from, to] = [startOfDay(`${fiscalYear}-01-01`), startOfDay(`${fiscalYear + 1}-01-01`)].map(printed);
  const spent = entries.nodes.filter(({ kind }: any) => kind === 'EXPENDITURE');
  expect(spent.filter(({ effectiveAt }: any) => effectiveAt < from! || effectiveAt >= to!)).toEqual([]);
}

/** The lines that a change of the budget has overspent knowingly: it says overrun, and names the line or corrects a fact of it. */
function linesOverrun(own: readonly LoggedEvent[]): ReadonlySet<unknown> {
  const touched = own
    .filter(({ data }) => data.overrun === true)
    .flatMap((event) => [event, ...own.filter(({ id }) => id === event.data.corrects)]);
  return new Set(touched.flatMap(({ data: { line, fromLine, toLine } }) => [line, fromLine, toLine]));
}
