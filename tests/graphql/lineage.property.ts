import fc from 'fast-check';
import { EntityKind, KINDS, Oracle, Place } from '../oracle/oracle';
import { printed } from '../oracle/time';
import { clockOfHistory, History, historyArbitrary, play } from '../support/histories/history';
import { LocalLedger, MakeReadModels, withLedger } from '../support/local-ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

jest.setTimeout(PROPERTY_TIMEOUT_MS);

/** Random histories: compares the API's lineage with its own answers at other moments. */

const AMOUNTS = 'opening adjustment revised executed remaining executionRate carriedOut';
const OF_YEAR = 'department { code } fiscalYear';

/** Everything that the paths of blame and diff point into. */
const SELECTIONS: Readonly<Record<EntityKind, string>> = {
  department: 'code name level functions',
  budget: `${OF_YEAR} closed goals ${AMOUNTS}
    lines { code name fundSource vintage expenditureKind functionCode economicCode projectCode ${AMOUNTS} }`,
  task: `code ${OF_YEAR} title goal parent { code } weight status progress
    milestones { code title dueOn reachedOn } startOn dueOn completedOn`,
  indicator: `code ${OF_YEAR} task { code } name level1 level2 direction unit baseline target targetUpper points
    latest { observedOn value text qualifier source corrected } completionRate reached retired`,
  evaluation: `${OF_YEAR} status round conclusion selfScore reviewScore grade problems improvements`,
};
const ALL = KINDS.map((kind) => `${kind}s(first: 200) { nodes { ${SELECTIONS[kind]} } }`).join('\n');

type Json = any;

const at = ({ position, effectiveAt }: Place) => ({
  position: String(position),
  effectiveAt: effectiveAt === undefined ? undefined : printed(effectiveAt),
});
const plain = (answer: unknown): Json => JSON.parse(JSON.stringify(answer));

/** The audit views of all entities at a moment, by type and code. */
async function viewsAt(ledger: LocalLedger, place: Place): Promise<ReadonlyMap<string, Json>> {
  const { asOf } = plain(await ledger.data(`query($at: AsOfInput!) { asOf(at: $at) { ${ALL} } }`, { at: at(place) }));
  return new Map(
    KINDS.flatMap((kind) =>
      asOf[`${kind}s`].nodes.map((node: Json) => [
        `${kind.toUpperCase()}/${node.code ?? `${node.department.code}.${node.fiscalYear}`}`,
        node,
      ]),
    ),
  );
}

const placeArbitrary = fc.record({ event: fc.nat(99), instant: fc.option(fc.nat(99), { nil: undefined }) });

function placeOf(oracle: Oracle, { event, instant }: { event: number; instant: number | undefined }): Place {
  const positions = [0n, ...oracle.log.map(({ position }) => position)];
  const instants = oracle.instants();
  return {
    position: positions[event % positions.length]!,
    effectiveAt: instant === undefined ? undefined : instants[instant % instants.length],
  };
}

async function withHistory(
  makeReadModels: MakeReadModels | undefined,
  history: History,
  use: (ledger: LocalLedger, oracle: Oracle) => Promise<void>,
): Promise<void> {
  const clock = clockOfHistory();
  await withLedger(
    clock,
    async (ledger) => {
      await play(history, ledger, clock);
      await use(ledger, new Oracle(await ledger.events()));
    },
    makeReadModels,
  );
}

const tokensOf = (path: string): string[] =>
  path
    .slice(1)
    .split('/')
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));

/** Sets the values at their paths. */
function applied(view: Json, fields: readonly Json[]): Json {
  const copy = structuredClone(view ?? {});
  for (const { path, after } of fields) {
    const tokens = tokensOf(path);
    const last = tokens.pop()!;
    tokens.reduce((part, token) => part[token], copy)[last] = after;
  }
  return copy;
}

/** Fills in null for missing fields, as the API does. */
const filled = (view: Json, like: Json): Json => ({
  ...Object.fromEntries(Object.keys(like).map((key) => [key, null])),
  ...view,
});

const DIFF = `query($from: AsOfInput!, $to: AsOfInput, $after: String) {
  diff(from: $from, to: $to, first: 3, after: $after) {
    nodes { entityType entity fields { path before after } changes { position } }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function diffOf(ledger: LocalLedger, from: Place, to: Place): Promise<Json[]> {
  const found: Json[] = [];
  for (let after: string | undefined, more = true; more;) {
    const { diff } = plain(await ledger.data(DIFF, { from: at(from), to: at(to), after }));
    found.push(...diff.nodes);
    ({ hasNextPage: more, endCursor: after } = diff.pageInfo);
  }
  return found;
}

/** The properties, over the read models that `makeReadModels` returns; by default those in memory. */
export function describeLineage(makeReadModels?: MakeReadModels): void {
  // With other read models, every answer needs at least one round trip.
  const runsHere = (usual: number) => runs(makeReadModels === undefined ? usual : Math.ceil(usual / 3));

  describe('a diff', () => {
    it('applied to the state before gives the state after, and also in reverse', async () => {
      await fc.assert(
        fc.asyncProperty(historyArbitrary(40), placeArbitrary, placeArbitrary, (history, first, second) =>
          withHistory(makeReadModels, history, async (ledger, oracle) => {
            const [from, to] = [placeOf(oracle, first), placeOf(oracle, second)];
            const [before, after] = [await viewsAt(ledger, from), await viewsAt(ledger, to)];
            const nodes = await diffOf(ledger, from, to);
            const found = new Map(nodes.map((node) => [`${node.entityType}/${node.entity}`, node]));

            expect(found.size).toBe(nodes.length);
            for (const name of new Set([...before.keys(), ...after.keys()])) {
              const [old, now] = [before.get(name), after.get(name)];
              const fields = found.get(name)?.fields ?? [];
              const like = old ?? now;
              expect({ name, view: filled(applied(old, fields), like) }).toEqual({
                name,
                view: filled(now ?? {}, like),
              });
              for (const { path, before: was, after: is } of fields) {
                expect(is).not.toEqual(was);
                expect({ path, was: valueAt(old, path) ?? null }).toEqual({ path, was });
              }
            }
            const known = new Set([...before.keys(), ...after.keys()]);
            expect([...found.keys()].filter((name) => !known.has(name))).toEqual([]);
            const back = await diffOf(ledger, to, from);
            expect(back.map(({ entity, changes }) => ({ entity, changes }))).toEqual(
              nodes.map(({ entity, changes }) => ({ entity, changes })),
            );
          }),
        ),
        runsHere(12),
      );
    });
  });

  describe('blame', () => {
    it('names, for every field, the last change of the value in effect', async () => {
      await fc.assert(
        fc.asyncProperty(historyArbitrary(30), placeArbitrary, (history, where) =>
          withHistory(makeReadModels, history, async (ledger, oracle) => {
            const place = placeOf(oracle, where);
            for (const kind of KINDS) {
              const query = `query($at: AsOfInput!) { asOf(at: $at) { ${kind}s(first: 200) { nodes {
                ${SELECTIONS[kind]} blame { path value change { position } } history(first: 200) { nodes { position } }
              } } } }`;
              const { asOf } = plain(await ledger.data(query, { at: at(place) }));
              for (const { blame, history: changes, ...view } of asOf[`${kind}s`].nodes) {
                const name = `${kind.toUpperCase()}/${view.code ?? `${view.department.code}.${view.fiscalYear}`}`;
                const past: { position: string; view: Json }[] = [];
                for (const { position } of changes.nodes) {
                  const then = await viewsAt(ledger, { ...place, position: BigInt(position) });
                  past.push({ position, view: then.get(name) });
                }
                for (const { path, value, change } of blame) {
                  expect({ path, value: valueAt(view, path) }).toEqual({ path, value });
                  const values = past.map((then) => sameFieldIn(view, path, then.view));
                  const last = values.findLastIndex(
                    (then, index) => index === 0 || JSON.stringify(then) !== JSON.stringify(values[index - 1]),
                  );
                  expect({ name, path, by: change.position }).toEqual({ name, path, by: past[last]!.position });
                }
                expect(leavesOf(view)).toEqual(blame.map(({ path }: Json) => path).sort());
              }
            }
          }),
        ),
        runsHere(6),
      );
    });
  });

  describe('what a change did', () => {
    it('is the difference between the state just before it and its own', async () => {
      await fc.assert(
        fc.asyncProperty(historyArbitrary(30), (history) =>
          withHistory(makeReadModels, history, async (ledger) => {
            const query =
              '{ changes(first: 200) { nodes { position entityType entity fields { path before after } } } }';
            for (const { position, entityType, entity, fields } of plain(await ledger.data(query)).changes.nodes) {
              const own = BigInt(position);
              const nodes = await diffOf(ledger, { position: own - 1n }, { position: own });
              expect(nodes).toEqual(
                fields.length === 0 ? [] : [{ entityType, entity, fields, changes: [{ position }] }],
              );
            }
          }),
        ),
        runsHere(6),
      );
    });
  });

  describe('a bridge', () => {
    it('sums from opening to revised at every prefix, and its legs to its amounts', async () => {
      await fc.assert(
        fc.asyncProperty(historyArbitrary(50), placeArbitrary, (history, where) =>
          withHistory(makeReadModels, { ...history, topic: 3 }, async (ledger, oracle) => {
            const query = `query($at: AsOfInput!) { asOf(at: $at) { budgets(first: 200) { nodes {
              opening revised lines { code opening revised }
              entries(first: 200, kinds: [SUPPLEMENT, REDUCTION, TRANSFER]) { nodes { effectiveAt change { position } } }
              bridge { change { position } effectiveAt amount revisedAfter legs { line amount } }
            } } } }`;
            const { asOf } = plain(await ledger.data(query, { at: at(placeOf(oracle, where)) }));
            for (const { opening, revised, lines, entries, bridge } of asOf.budgets.nodes) {
              let sum = fen(opening);
              for (const { amount, revisedAfter, legs } of bridge) {
                sum += fen(amount);
                expect(fen(revisedAfter)).toBe(sum);
                expect(legs.reduce((total: bigint, leg: Json) => total + fen(leg.amount), 0n)).toBe(fen(amount));
              }
              expect(sum).toBe(fen(revised));
              expect(bridge.map(({ effectiveAt, change }: Json) => ({ effectiveAt, change }))).toEqual(entries.nodes);
              for (const line of lines) {
                const legs = bridge.flatMap((step: Json) => step.legs).filter((leg: Json) => leg.line === line.code);
                const total = legs.reduce(
                  (before: bigint, { amount }: Json) => before + fen(amount),
                  fen(line.opening),
                );
                expect(total).toBe(fen(line.revised));
              }
            }
          }),
        ),
        runsHere(15),
      );
    });
  });

  describe('a series', () => {
    it('has at each point the answer as of that point, on either clock', async () => {
      await fc.assert(
        fc.asyncProperty(
          historyArbitrary(40),
          placeArbitrary,
          fc.constantFrom('WEEK', 'MONTH', 'QUARTER'),
          fc.constantFrom('EFFECTIVE', 'KNOWN'),
          (history, where, step, clock) =>
            withHistory(makeReadModels, history, async (ledger, oracle) => {
              const place = placeOf(oracle, where);
              for (const [kind, fields] of Object.entries(POINTS)) {
                const series = `series(from: "2022-12-15", to: "2024-02-10", step: ${step}, clock: ${clock}) { at ${fields} }`;
                const name = kind === 'budget' ? 'department { code } fiscalYear' : 'code';
                const { asOf } = plain(
                  await ledger.data(
                    `query($at: AsOfInput!) { asOf(at: $at) { knownAt ${kind}s(first: 200) { nodes { ${name} ${series} } } } }`,
                    { at: at(place) },
                  ),
                );
                for (const entity of asOf[`${kind}s`].nodes) {
                  for (const { at: moment, ...point } of entity.series) {
                    // If several changes have the same time, the snapshot may know only the first.
                    const known = oracle.positionAt(Date.parse(moment));
                    const then =
                      clock === 'EFFECTIVE'
                        ? { ...at(place), effectiveAt: moment }
                        : at({ ...place, position: known < place.position ? known : place.position });
                    const expected = await pointAt(ledger, kind, entity, then);
                    expect({ moment, ...point }).toEqual({ moment, ...expected });
                    const bound = clock === 'EFFECTIVE' ? at(place).effectiveAt : asOf.knownAt;
                    expect(bound === undefined || moment <= bound).toBe(true);
                  }
                }
              }
            }),
        ),
        runsHere(8),
      );
    });
  });
}

const valueAt = (view: Json, path: string): Json => tokensOf(path).reduce((part, token) => part?.[token], view);

/** The value at a path of one view in another view of the same entity, whose items may have other indexes. */
function sameFieldIn(view: Json, path: string, other: Json): Json {
  let [here, there] = [view, other];
  for (const token of tokensOf(path)) {
    const item = here[token];
    there =
      Array.isArray(here) && item?.code !== undefined
        ? there?.find(({ code }: Json) => code === item.code)
        : there?.[token];
    here = item;
  }
  return there;
}

/** The paths of all values, including those inside items with codes; other lists are single values. */
function leavesOf(value: Json, path = ''): string[] {
  const isList = Array.isArray(value) && value.length > 0 && value[0]?.code !== undefined;
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && !isList)) return [path];
  return Object.entries(value)
    .flatMap(([name, part]) => leavesOf(part, `${path}/${name}`))
    .sort();
}

const fen = (yuan: string): bigint => {
  const [, sign, integer, fraction] = /^(-?)(\d+)\.(\d\d)$/.exec(yuan)!;
  return BigInt(`${sign}${integer}${fraction}`);
};

const POINTS: Readonly<Record<string, string>> = {
  budget: 'opening revised executed',
  task: 'progress status',
  indicator: 'value qualifier',
};

async function pointAt(ledger: LocalLedger, kind: string, entity: Json, then: object): Promise<Json> {
  const named =
    kind === 'budget'
      ? `budget(department: "${entity.department.code}", fiscalYear: ${entity.fiscalYear}) { opening revised executed }`
      : kind === 'task'
        ? `task(code: "${entity.code}") { progress status }`
        : `indicator(code: "${entity.code}") { latest { value qualifier } }`;
  const { asOf } = plain(await ledger.data(`query($at: AsOfInput!) { asOf(at: $at) { ${named} } }`, { at: then }));
  return kind === 'indicator' ? (asOf.indicator.latest ?? { value: null, qualifier: null }) : asOf[kind];
}
