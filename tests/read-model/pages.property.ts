import fc from 'fast-check';
import { CHANGE_FIELDS } from '../oracle/changes';
import { Oracle, Place } from '../oracle/oracle';
import { printed, startOfDay } from '../oracle/time';
import { clockOfHistory, historyArbitrary, play } from '../support/histories/history';
import { LocalLedger, MakeReadModels, withLedger } from '../support/local-ledger';
import { backwards, connectionOf, forwards } from '../support/paging';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

jest.setTimeout(PROPERTY_TIMEOUT_MS);

type Entity = any;

/** A list of a snapshot with some filter, and the oracle's entities that belong to it. */
interface RootList {
  readonly field: string;
  readonly filter?: string;
  readonly holds?: (entity: Entity) => boolean;
}

const ROOT_LISTS: readonly RootList[] = [
  { field: 'departments' },
  { field: 'budgets' },
  { field: 'budgets', filter: 'fiscalYear: 2023', holds: ({ fiscalYear }) => fiscalYear === 2023 },
  { field: 'tasks' },
  { field: 'tasks', filter: 'status: []', holds: () => false },
  {
    field: 'tasks',
    filter: 'status: [PLANNED, COMPLETED]',
    holds: ({ status }) => status === 'PLANNED' || status === 'COMPLETED',
  },
  { field: 'tasks', filter: 'overdue: true', holds: ({ overdue }) => overdue },
  {
    field: 'tasks',
    filter: 'overdue: false, department: "D1", fiscalYear: 2023',
    holds: ({ overdue, department, fiscalYear }) => !overdue && department.code === 'D1' && fiscalYear === 2023,
  },
  { field: 'indicators' },
  {
    field: 'indicators',
    filter: 'department: "D1", fiscalYear: 2024',
    holds: ({ department, fiscalYear }) => department.code === 'D1' && fiscalYear === 2024,
  },
  { field: 'indicators', filter: 'task: "T1", level1: [OUTPUT]', holds: ({ task }) => task?.code === 'T1' },
  { field: 'indicators', filter: 'level2: [ECONOMIC]', holds: () => false },
  { field: 'evaluations' },
  {
    field: 'evaluations',
    filter: 'fiscalYear: 2023, status: [SUBMITTED, RETURNED]',
    holds: ({ fiscalYear, status }) => fiscalYear === 2023 && (status === 'SUBMITTED' || status === 'RETURNED'),
  },
];

const ENTRY_LISTS: readonly { readonly filter: string; readonly holds: (entry: Entity) => boolean }[] = [
  { filter: '', holds: () => true },
  { filter: 'kinds: [EXPENDITURE, REVERSAL]', holds: ({ kind }) => kind === 'EXPENDITURE' || kind === 'REVERSAL' },
  { filter: 'line: "L1"', holds: ({ line, toLine }) => line === 'L1' || toLine === 'L1' },
  {
    filter: 'effectiveFrom: "2023-01-01", effectiveTo: "2023-06-30"',
    holds: ({ effectiveAt }) =>
      effectiveAt >= printed(startOfDay('2023-01-01')) && effectiveAt < printed(startOfDay('2023-07-01')),
  },
  {
    filter: 'effectiveFrom: "2023-06-30T00:00:00.001+08:00"',
    holds: ({ effectiveAt }) => effectiveAt > printed(startOfDay('2023-06-30')),
  },
];

const CHANGE_LISTS: readonly { readonly filter: object; readonly holds: (change: Entity) => boolean }[] = [
  { filter: {}, holds: () => true },
  {
    filter: { entityTypes: ['BUDGET', 'TASK'], fiscalYears: [2023] },
    holds: ({ entityType, fiscalYear }) => (entityType === 'BUDGET' || entityType === 'TASK') && fiscalYear === 2023,
  },
  { filter: { departments: ['d-2'] }, holds: ({ department }) => department === 'd-2' },
  {
    filter: { entities: ['D1.2023'], types: ['BudgetFactCorrected', 'EvaluationOpened'] },
    holds: ({ entity, type }) =>
      entity === 'D1.2023' && (type === 'BudgetFactCorrected' || type === 'EvaluationOpened'),
  },
  { filter: { actors: ['nobody'] }, holds: () => false },
];

const PAGE = '$first: Int, $after: String, $last: Int, $before: String';
const PAGE_ARGUMENTS = 'first: $first, after: $after, last: $last, before: $before';
const FORWARD = '$first: Int, $after: String';
const FORWARD_ARGUMENTS = 'first: $first, after: $after';

/** What distinguishes the entities of one list. */
const NAMES: Readonly<Record<string, { readonly fields: string; readonly nameOf: (entity: Entity) => object }>> = {
  coded: { fields: 'code revision', nameOf: ({ code, revision }) => ({ code, revision }) },
  yearly: {
    fields: 'department { code } fiscalYear revision',
    nameOf: ({ department, fiscalYear, revision }) => ({ department: { code: department.code }, fiscalYear, revision }),
  },
};

/** The property, over the read models that `makeReadModels` returns; by default those in memory. */
export function describePages(makeReadModels?: MakeReadModels): void {
  describe('pages', () => {
    it('together give the whole list, from either end, whatever their size', async () => {
      await fc.assert(
        fc.asyncProperty(
          historyArbitrary(40),
          fc.record({
            event: fc.nat(99),
            instant: fc.option(fc.nat(99), { nil: undefined }),
            size: fc.integer({ min: 1, max: 5 }),
          }),
          async (history, { event, instant, size }) => {
            const clock = clockOfHistory();
            await withLedger(
              clock,
              async (ledger) => {
                await play(history, ledger, clock);
                const oracle = new Oracle(await ledger.events());
                const instants = oracle.instants();
                const place: Place = {
                  position: oracle.log[event % oracle.log.length]!.position,
                  effectiveAt: instant === undefined ? undefined : instants[instant % instants.length],
                };
                await expectRootLists(ledger, oracle, place, size);
                await expectListsOfEntities(ledger, oracle, place, size);
                await expectChanges(ledger, oracle, size);
              },
              makeReadModels,
            );
          },
        ),
        runs(makeReadModels === undefined ? 12 : 4),
      );
    });
  });
}

const asOf = ({ position, effectiveAt }: Place) => ({
  at: { position: String(position), effectiveAt: effectiveAt === undefined ? undefined : printed(effectiveAt) },
});

async function expectRootLists(ledger: LocalLedger, oracle: Oracle, place: Place, size: number): Promise<void> {
  const all = oracle.everything(place);
  for (const { field, filter = '', holds = () => true } of ROOT_LISTS) {
    const { fields, nameOf } = NAMES[field === 'budgets' || field === 'evaluations' ? 'yearly' : 'coded']!;
    const list = {
      query: `query($at: AsOfInput!, ${PAGE}) {
        asOf(at: $at) { ${field}(${filter} ${PAGE_ARGUMENTS}) { ${connectionOf(fields)} } }
      }`,
      variables: asOf(place),
      path: ['asOf', field],
    };
    const expected = all[field]!.nodes.filter(holds).map(nameOf);
    expect({ field, filter, nodes: await forwards(ledger, list, size) }).toEqual({ field, filter, nodes: expected });
    expect({ field, filter, nodes: await backwards(ledger, list, size) }).toEqual({ field, filter, nodes: expected });
  }
}

/** The history of each entity, the entries of each budget, and the tasks and indicators of each department. */
async function expectListsOfEntities(ledger: LocalLedger, oracle: Oracle, place: Place, size: number): Promise<void> {
  const variables = asOf(place);
  const all: Readonly<Record<string, { readonly nodes: readonly Entity[] }>> = oracle.everything(place);
  const inAsOf = (arguments_: string, field: string) =>
    `query($at: AsOfInput!, ${arguments_}) { asOf(at: $at) { ${field} } }`;
  const named = (kind: string, entity: Entity) =>
    kind === 'budget' || kind === 'evaluation'
      ? `${kind}(department: "${entity.department.code}", fiscalYear: ${entity.fiscalYear})`
      : `${kind}(code: "${entity.code}")`;

  for (const kind of ['department', 'budget', 'task', 'indicator', 'evaluation']) {
    for (const entity of all[`${kind}s`]!.nodes) {
      const field = `${named(kind, entity)} { history(${PAGE_ARGUMENTS}) { ${connectionOf('eventId position')} } }`;
      const history = { query: inAsOf(PAGE, field), variables, path: ['asOf', kind, 'history'] };
      expect(await forwards(ledger, history, size)).toEqual(entity.history.nodes);
      expect(await backwards(ledger, history, size)).toEqual(entity.history.nodes);
    }
  }
  for (const budget of all.budgets!.nodes) {
    for (const { filter, holds } of ENTRY_LISTS) {
      const fields = 'kind line amount state change { eventId }';
      const field = `${named('budget', budget)} { entries(${filter} ${FORWARD_ARGUMENTS}) { ${connectionOf(fields)} } }`;
      const entries = { query: inAsOf(FORWARD, field), variables, path: ['asOf', 'budget', 'entries'] };
      const expected = budget.entries.nodes
        .filter(holds)
        .map(({ kind, line, amount, state, change: { eventId } }: Entity) => ({
          kind,
          line,
          amount,
          state,
          change: { eventId },
        }));
      expect({ filter, nodes: await forwards(ledger, entries, size) }).toEqual({ filter, nodes: expected });
    }
  }
  for (const { code } of all.departments!.nodes) {
    for (const kind of ['tasks', 'indicators']) {
      const field = `department(code: "${code}") { ${kind}(fiscalYear: 2023, ${FORWARD_ARGUMENTS}) { ${connectionOf('code')} } }`;
      const list = { query: inAsOf(FORWARD, field), variables, path: ['asOf', 'department', kind] };
      const ofDepartment = all[kind]!.nodes.filter(
        ({ department, fiscalYear }) => department.code === code && fiscalYear === 2023,
      );
      expect(await forwards(ledger, list, size)).toEqual(ofDepartment.map((entity) => ({ code: entity.code })));
    }
  }
}

/** The feed as pages: resumed after the position of each page, it misses nothing and repeats nothing. */
async function expectChanges(ledger: LocalLedger, oracle: Oracle, size: number): Promise<void> {
  const head = await ledger.head();
  const query = `query($filter: ChangeFilter, $after: Position, $first: Int) {
    changes(filter: $filter, after: $after, first: $first) { nodes { ${CHANGE_FIELDS} } pageInfo { hasNextPage } position }
  }`;
  for (const { filter, holds } of CHANGE_LISTS) {
    const found: Entity[] = [];
    let position = '0';
    for (let more = true; more;) {
      const { changes } = await ledger.data(query, { filter, after: position, first: size });
      found.push(...JSON.parse(JSON.stringify(changes.nodes)));
      more = changes.pageInfo.hasNextPage;
      expect(BigInt(changes.position)).toBeGreaterThan(BigInt(position));
      position = changes.position;
    }
    expect(found).toEqual(oracle.changes({ position: head }).filter(holds));
    expect(position).toBe(String(head));
  }
}
