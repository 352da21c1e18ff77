import fc from 'fast-check';
import { Oracle, Place } from '../oracle/oracle';
import { printed } from '../oracle/time';
import { clockOfHistory, historyArbitrary, play } from '../support/histories/history';
import { LocalLedger, MakeReadModels, withLedger } from '../support/local-ledger';
import { backwards, connectionOf, forwards } from '../support/paging';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

jest.setTimeout(PROPERTY_TIMEOUT_MS);

type Entity = any;

/** How a list is asked for, and what the oracle's entities say of it. */
interface Question {
  readonly field: string;
  readonly arguments?: string;
  readonly holds?: (entity: Entity) => boolean;
  /** What the list is ordered by; by code if left out. */
  readonly value?: (entity: Entity) => string | null;
  readonly descending?: boolean;
}

const filters: readonly Question[] = [
  { field: 'departments', arguments: 'search: "政数 市"', holds: ({ name }) => name.includes('政数') },
  { field: 'departments', arguments: 'search: "ＸＸ数据局　市"', holds: () => false },
  { field: 'departments', arguments: 'search: "市数据局"', holds: ({ name }) => name === '市数据局' },
  { field: 'departments', arguments: 'codes: ["d-2", "NONE", "D1", "d-2"]' },
  { field: 'departments', arguments: 'codes: ["D1"], search: "服务"', holds: named('D1', '服务') },
  { field: 'departments', arguments: 'codes: []', holds: () => false },
  { field: 'departments', arguments: 'codes: null, search: null' },
  { field: 'budgets', arguments: 'departments: ["d-2", "D1"]' },
  { field: 'budgets', arguments: 'departments: ["D1"]', holds: ({ department }) => department.code === 'D1' },
  { field: 'budgets', arguments: 'departments: []', holds: () => false },
  { field: 'budgets', arguments: 'closed: true', holds: ({ closed }) => closed },
  {
    field: 'budgets',
    arguments: 'departments: ["D1", "NONE"], fiscalYear: 2023, closed: false',
    holds: ({ department, fiscalYear, closed }) => department.code === 'D1' && fiscalYear === 2023 && !closed,
  },
  { field: 'tasks', arguments: 'search: "一网"' },
  { field: 'tasks', arguments: 'codes: ["T10", "T1"]', holds: ({ code }) => code !== 't-2' },
  {
    field: 'tasks',
    arguments: 'codes: ["T10", "t-2"], department: "d-2", search: "建设", overdue: false',
    holds: ({ code, department, overdue }) => code !== 'T1' && department.code === 'd-2' && !overdue,
  },
  {
    field: 'tasks',
    arguments: 'fiscalYear: 2024, overdue: true',
    holds: (task) => task.fiscalYear === 2024 && task.overdue,
  },
  { field: 'indicators', arguments: 'search: "１２３４５ 接通"' },
  {
    field: 'indicators',
    arguments: 'task: "T1", department: "D1", search: "热线"',
    holds: ({ task, department }) => task?.code === 'T1' && department.code === 'D1',
  },
  { field: 'indicators', arguments: 'search: "热线  没有"', holds: () => false },
  { field: 'evaluations', arguments: 'fiscalYear: 2023', holds: ({ fiscalYear }) => fiscalYear === 2023 },
];

const orders: readonly Question[] = [
  ...['opening', 'revised', 'executed', 'remaining', 'executionRate'].flatMap((name) =>
    inBoth('budgets', snake(name), (budget) => budget[name]),
  ),
  ...inBoth('tasks', 'DUE_ON', ({ dueOn }) => dueOn),
  ...inBoth('tasks', 'PROGRESS', ({ progress }) => progress),
  ...inBoth('indicators', 'COMPLETION_RATE', ({ completionRate }) => completionRate),
  ...['budgets', 'tasks', 'indicators'].flatMap((field) => inBoth(field, 'CODE', codeOf)),
];

/** Every list in code order with filters, and in every order, with and without a filter. */
const QUESTIONS: readonly Question[] = [
  ...filters,
  ...orders,
  ...orders
    .filter(({ field }) => field === 'budgets')
    .map((question) => ({
      ...question,
      arguments: `${question.arguments ?? ''}, fiscalYear: 2023`,
      holds: ({ fiscalYear }: Entity) => fiscalYear === 2023,
    })),
  ...orders
    .filter(({ field }) => field !== 'budgets')
    .map((question) => ({
      ...question,
      arguments: `${question.arguments ?? ''}, department: "D1"`,
      holds: ({ department }: Entity) => department.code === 'D1',
    })),
];

function named(code: string, part: string) {
  return (entity: Entity): boolean => entity.code === code && entity.name.includes(part);
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function inBoth(field: string, order: string, value: (entity: Entity) => string | null): Question[] {
  return [false, true].map((descending) => ({
    field,
    arguments: `orderBy: { field: ${order}${descending ? ', direction: DESC' : ''} }`,
    value,
    descending,
  }));
}

function codeOf(entity: Entity): string {
  return entity.code ?? `${entity.department.code}.${entity.fiscalYear}`;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byValue = (a: string, b: string): number =>
  /^-?[\d.]+$/.test(a) && /^-?[\d.]+$/.test(b) ? Number(a) - Number(b) : byText(a, b);

/** "By the value as printed, then by code in the same direction; null last in either direction." */
function inOrder(entities: readonly Entity[], { value = codeOf, descending = false }: Question): Entity[] {
  const sign = descending ? -1 : 1;
  return entities.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if ((x === null) !== (y === null)) return x === null ? 1 : -1;
    return sign * ((x === null || y === null ? 0 : byValue(x, y)) || byText(codeOf(a), codeOf(b)));
  });
}

const PAGE = '$first: Int, $after: String, $last: Int, $before: String';
const PAGE_ARGUMENTS = 'first: $first, after: $after, last: $last, before: $before';

async function expectList(ledger: LocalLedger, oracle: Oracle, place: Place, question: Question, size: number) {
  const { field, arguments: filter = '', holds = () => true } = question;
  const named = field === 'budgets' || field === 'evaluations' ? 'department { code } fiscalYear' : 'code';
  const list = (more = '') => ({
    query: `query($at: AsOfInput!, ${PAGE}) {
      asOf(at: $at) { ${field}(${filter} ${PAGE_ARGUMENTS}) { ${connectionOf(`${named} revision`)} ${more} } }
    }`,
    variables: {
      at: {
        position: String(place.position),
        effectiveAt: place.effectiveAt === undefined ? undefined : printed(place.effectiveAt),
      },
    },
    path: ['asOf', field],
  });
  const all = oracle.everything(place)[field]!.nodes as readonly Entity[];
  const expected = inOrder(all.filter(holds), question).map((entity) => ({
    code: codeOf(entity),
    revision: entity.revision,
  }));
  const shown = (entities: readonly Entity[]) =>
    entities.map((entity) => ({ code: codeOf(entity), revision: entity.revision }));
  const context = { field, filter };
  expect({ ...context, nodes: shown(await forwards(ledger, list(), size)) }).toEqual({ ...context, nodes: expected });
  expect({ ...context, nodes: shown(await backwards(ledger, list(), size)) }).toEqual({ ...context, nodes: expected });
  const { asOf } = await ledger.data(list('totalCount').query, { ...list().variables, first: 1 });
  expect({ ...context, count: asOf[field].totalCount }).toEqual({ ...context, count: expected.length });
}

/** The property, over the read models that `makeReadModels` returns; by default those in memory. */
export function describeLists(makeReadModels?: MakeReadModels): void {
  describe('a list', () => {
    it('has, at every moment, the entities that meet the conditions, in the order asked for', async () => {
      const askedArbitrary = fc.array(
        fc.record({
          event: fc.nat(99),
          instant: fc.option(fc.nat(99), { nil: undefined }),
          size: fc.integer({ min: 1, max: 3 }),
          questions: fc.array(fc.nat(QUESTIONS.length - 1), { minLength: 12, maxLength: 12 }),
        }),
        { minLength: 4, maxLength: 4 },
      );
      await fc.assert(
        fc.asyncProperty(historyArbitrary(40), askedArbitrary, fc.nat(99), async (history, asked, often) => {
          const clock = clockOfHistory();
          await withLedger(
            clock,
            async (ledger) => {
              let changes = 0;
              // Lists of the present are brought up to date again and again.
              await play(history, ledger, clock, undefined, async ({ position }) => {
                if (++changes % 5 !== 0) return;
                const oracle = new Oracle(await ledger.events());
                const question = orders[(often + changes) % orders.length]!;
                await expectList(ledger, oracle, { position }, question, 2);
              });
              const oracle = new Oracle(await ledger.events());
              const instants = oracle.instants();
              for (const { event, instant, size, questions } of asked) {
                const place: Place = {
                  position: oracle.log[event % oracle.log.length]!.position,
                  effectiveAt: instant === undefined ? undefined : instants[instant % instants.length],
                };
                for (const index of questions) await expectList(ledger, oracle, place, QUESTIONS[index]!, size);
              }
            },
            makeReadModels,
          );
        }),
        runs(makeReadModels === undefined ? 5 : 2),
      );
    });
  });
}
