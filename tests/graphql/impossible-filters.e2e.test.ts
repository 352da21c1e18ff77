import { Answer, startApi, TestApi } from '../support/api';
import { feedClient, first, isCaughtUp, read, TRANSPORTS } from '../support/feed-client';

/**
 * Every entry point refuses a filter that can never match. An empty answer would move a subscriber's cursor past all changes that
 * it wanted.
 */

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T04:00:00.000Z' });
  await api.write('registerDepartment', { code: '441300-DSJ', name: '甲局' });
  await api.write('approveBudget', {
    department: '441300-DSJ',
    fiscalYear: 2023,
    lines: [{ code: 'L1', name: '甲', fundSource: 'UNIT_FUNDS', amount: '1' }],
  });
});
afterAll(() => api.close());

type Filter = Readonly<Record<string, unknown>>;
interface Refusal {
  readonly code: string;
  readonly paths: readonly string[];
}

const refusalIn = ({ extensions }: NonNullable<Answer['errors']>[number], root: string): Refusal => ({
  code: extensions.code,
  paths: extensions.violations.map(({ path }: { path: string }) => path.replace(root, '')),
});

async function refusalOf(query: string, filter: Filter): Promise<Refusal> {
  const { data, errors = [] } = await api.ask(query, { filter });
  expect(Object.values(data ?? { root: null })).toEqual([null]);
  expect(errors).toHaveLength(1);
  return refusalIn(errors[0]!, '/filter');
}

async function refusalOfFeed(transport: (typeof TRANSPORTS)[number], filter: Filter): Promise<Refusal> {
  const client = feedClient(transport, { url: api.url, token: await api.token() });
  try {
    const { errors } = await first(client.ask({ variables: { after: '0', filter } }));
    return refusalIn(errors[0], '/filter');
  } finally {
    client.dispose();
  }
}

async function export_(address: string, parameters: string): Promise<Response> {
  const authorization = `Bearer ${await api.token()}`;
  return fetch(`${api.url}${address}?${parameters}`, { headers: { authorization } });
}

const parametersOf = (filter: Filter): string =>
  Object.entries(filter)
    .flatMap(([name, values]) => [values].flat().map((value) => `${name}=${encodeURIComponent(String(value))}`))
    .join('&');

async function refusalOfExport(address: string, filter: Filter): Promise<Refusal> {
  const response = await export_(address, parametersOf(filter));
  expect([response.status, response.headers.get('x-position')]).toEqual([400, null]);
  return refusalIn(((await response.json()) as Answer).errors![0]!, '');
}

const CHANGES = 'query($filter: ChangeFilter) { changes(filter: $filter) { position nodes { id } } }';
const DIFF = 'query($filter: ChangeFilter) { diff(from: { position: "0" }, filter: $filter) { nodes { entity } } }';

const ENTRY_POINTS: readonly (readonly [string, (filter: Filter) => Promise<Refusal>])[] = [
  ['Query.changes', (filter) => refusalOf(CHANGES, filter)],
  ['Query.diff', (filter) => refusalOf(DIFF, filter)],
  ['Subscription.changes over WebSocket', (filter) => refusalOfFeed('WebSocket', filter)],
  ['Subscription.changes over SSE', (filter) => refusalOfFeed('SSE', filter)],
  ['/changes', (filter) => refusalOfExport('/changes', filter)],
  ['/changes.ndjson', (filter) => refusalOfExport('/changes.ndjson', filter)],
  ['/changes.csv', (filter) => refusalOfExport('/changes.csv', filter)],
];

const IMPOSSIBLE: readonly (readonly [string, Filter, readonly string[]])[] = [
  ['two codes in one text', { departments: ['441300-DSJ,X'] }, ['/departments/0']],
  ['a part that is empty', { departments: ['441300-DSJ', ''] }, ['/departments/1']],
  ['a code with an empty part', { departments: ['441300-DSJ,'] }, ['/departments/0']],
  ['a code with a space', { departments: [' 441300-DSJ'] }, ['/departments/0']],
  ['a code that is too long', { departments: ['A'.repeat(65)] }, ['/departments/0']],
  ['a code that is not ASCII', { departments: ['市政数局'] }, ['/departments/0']],
  ['the code of a budget as that of a department', { departments: ['441300-DSJ.2023'] }, ['/departments/0']],
  ['an entity without a code', { entities: [''] }, ['/entities/0']],
  ['an entity with an empty year', { entities: ['441300-DSJ.'] }, ['/entities/0']],
  ['an entity with a year of two digits', { entities: ['441300-DSJ.23'] }, ['/entities/0']],
  ['an entity of a year that is out of range', { entities: ['A', '441300-DSJ.1948'] }, ['/entities/1']],
  ['an entity with two years', { entities: ['441300-DSJ.2023.2024'] }, ['/entities/0']],
  ['an entity with its type', { entities: ['BUDGET/441300-DSJ.2023'] }, ['/entities/0']],
  ['a type with wrong case', { types: ['budgetapproved'] }, ['/types/0']],
  ['a type that does not exist', { types: ['BudgetApproved', 'PurseOpened'] }, ['/types/1']],
  ['an empty type', { types: [''] }, ['/types/0']],
  ['a type with a space', { types: ['BudgetApproved '] }, ['/types/0']],
  ['a property of every object as a type', { types: ['constructor', '__proto__'] }, ['/types/0', '/types/1']],
  ['an actor without a sub', { actors: [''] }, ['/actors/0']],
  ['an invisible actor', { actors: ['u1', '\u200b'] }, ['/actors/1']],
  ['a year before the first', { fiscalYears: [1948] }, ['/fiscalYears/0']],
  ['a year after the last', { fiscalYears: [2023, 9999, -2023] }, ['/fiscalYears/1', '/fiscalYears/2']],
  ['a negative number of days late', { lateByDays: -1 }, ['/lateByDays']],
  ['dates in reverse', { recordedFrom: '2023-02-02', recordedTo: '2023-02-01' }, ['/recordedTo']],
  [
    'instants in reverse',
    { effectiveFrom: '2023-02-01T00:00:00.001Z', effectiveTo: '2023-02-01T00:00:00Z' },
    ['/effectiveTo'],
  ],
  [
    'the millisecond after a day, and that day',
    { recordedFrom: '2023-02-02T00:00:00+08:00', recordedTo: '2023-02-01' },
    ['/recordedTo'],
  ],
  [
    'a day, and the millisecond before it',
    { effectiveFrom: '2023-02-02', effectiveTo: '2023-02-01T23:59:59.999+08:00' },
    ['/effectiveTo'],
  ],
  ['a day that does not exist', { recordedTo: '2023-02-29' }, ['/recordedTo']],
  ['an empty moment', { effectiveFrom: '' }, ['/effectiveFrom']],
  [
    'all at once',
    { departments: [''], types: ['X'], entities: ['a.b'], recordedFrom: '2024-01-01', recordedTo: '2023-01-01' },
    ['/departments/0', '/entities/0', '/types/0', '/recordedTo'],
  ],
];

describe.each(ENTRY_POINTS)('%s', (_, refusal) => {
  test.each(IMPOSSIBLE)('refuses %s', async (_what, filter, paths) => {
    expect(await refusal(filter)).toEqual({ code: 'BAD_USER_INPUT', paths });
  });

  test('refuses an unknown kind of entity', async () => {
    expect(await refusal({ entityTypes: ['PURSE'] })).toEqual({ code: 'BAD_USER_INPUT', paths: ['/entityTypes/0'] });
  });
});

const POSSIBLE: readonly (readonly [string, Filter, readonly string[]])[] = [
  ['codes that are not on record yet', { departments: ['NOT-YET'], entities: ['NOT-YET', 'NOT-YET.9998'] }, []],
  ['a year without anything', { fiscalYears: [1949, 9998] }, []],
  ['an actor that has not acted yet', { actors: ['nobody'] }, []],
  ['a day as both bounds', { recordedFrom: '2023-06-30', recordedTo: '2023-06-30' }, ['1', '2']],
  [
    'an instant as both bounds',
    { recordedFrom: '2023-06-30T04:00:00Z', recordedTo: '2023-06-30T12:00:00+08:00' },
    ['1', '2'],
  ],
  ['a day, and an instant in it', { recordedFrom: '2023-06-30', recordedTo: '2023-06-30T12:00:00+08:00' }, ['1', '2']],
  [
    'the last millisecond of a day, and that day',
    { recordedFrom: '2023-06-30T23:59:59.999+08:00', recordedTo: '2023-06-30' },
    [],
  ],
  ['a range that has not come yet', { recordedFrom: '2099-01-01' }, []],
  [
    'every kind of name',
    { departments: ['441300-DSJ'], entities: ['441300-DSJ.2023'], types: ['BudgetApproved'] },
    ['2'],
  ],
];

describe('a filter that may match is accepted everywhere:', () => {
  test.each(POSSIBLE)('%s', async (_, filter, positions) => {
    const { changes } = await api.data(
      'query($filter: ChangeFilter) { changes(filter: $filter) { nodes { position } } }',
      {
        filter,
      },
    );
    expect(changes.nodes.map(({ position }: { position: string }) => position)).toEqual(positions);
    const pulled = (await (await export_('/changes.ndjson', parametersOf(filter))).text()).trimEnd().split('\n');
    expect(pulled.slice(0, -1).map((line) => JSON.parse(line).position)).toEqual(positions);
    expect((await api.ask(DIFF, { filter })).errors).toBeUndefined();
    for (const transport of TRANSPORTS) {
      const client = feedClient(transport, { url: api.url, token: await api.token() });
      const items = await read(client.ask({ variables: { after: '0', filter } }), isCaughtUp);
      client.dispose();
      expect(items.flatMap(({ sequence, position }) => (sequence === undefined ? [] : [position]))).toEqual(positions);
    }
  });

  test('an empty list matches nothing, and null is ignored', async () => {
    const positions = async (filter: Filter) =>
      (await api.data('query($filter: ChangeFilter) { changes(filter: $filter) { nodes { position } } }', { filter }))
        .changes.nodes;
    const lists = ['departments', 'fiscalYears', 'entityTypes', 'entities', 'types', 'actors'];
    for (const list of lists) expect(await positions({ [list]: [] })).toEqual([]);
    const nulls = Object.fromEntries(
      [...lists, 'recordedFrom', 'recordedTo', 'lateByDays'].map((name) => [name, null]),
    );
    expect(await positions(nulls)).toHaveLength(2);
  });
});

test.each([
  ['departments=441300-DSJ,', '/departments/0'],
  ['departments=', '/departments/0'],
  ['departments', '/departments/0'],
  ['types=', '/types/0'],
  ['fiscalYears=', '/fiscalYears/0'],
  ['fiscalYears=2023.5', '/fiscalYears/0'],
  ['entityTypes=', '/entityTypes/0'],
  ['lateByDays=', '/lateByDays'],
  ['corrections=', '/corrections'],
  ['recordedFrom=', '/recordedFrom'],
  ['recordedFrom=2023-01-01&recordedFrom=2023-01-02', '/recordedFrom'],
  ['department=441300-DSJ', '/department'],
  ['Departments=441300-DSJ', '/Departments'],
  ['departments[]=441300-DSJ', '/departments[]'],
  ['filter%2Ftypes~=X', '/filter~1types~0'],
  ['limit=', '/limit'],
  ['bom=', '/bom'],
])('an export refuses %s', async (parameters, path) => {
  const response = await export_('/changes.csv', parameters);
  expect(response.status).toBe(400);
  expect(refusalIn(((await response.json()) as Answer).errors![0]!, '')).toEqual({
    code: 'BAD_USER_INPUT',
    paths: [path],
  });
});

describe('lists', () => {
  const list = async (field: string) => {
    const { data, errors } = await api.ask(`{ ${field} { nodes { id } } }`);
    return errors === undefined ? data : refusalIn(errors[0]!, '');
  };

  test.each([
    ['tasks(department: "441300-DSJ,X")', '/department'],
    ['tasks(department: "")', '/department'],
    ['tasks(fiscalYear: 23)', '/fiscalYear'],
    ['indicators(department: "a.b")', '/department'],
    ['indicators(task: " ")', '/task'],
    ['indicators(fiscalYear: 9999)', '/fiscalYear'],
    ['budgets(fiscalYear: 0)', '/fiscalYear'],
    ['evaluations(fiscalYear: -2023)', '/fiscalYear'],
  ])('%s is refused, for the present and for the past', async (field, path) => {
    const refused = { code: 'BAD_USER_INPUT', paths: [path] };
    expect(await list(field)).toEqual(refused);
    const { errors } = await api.ask(`{ asOf(at: {}) { ${field} { nodes { id } } } }`);
    expect(refusalIn(errors![0]!, '')).toEqual(refused);
  });

  test.each(['tasks(fiscalYear: 23)', 'indicators(fiscalYear: 23)'])('%s of a department is refused', async (field) => {
    const { errors } = await api.ask(`{ department(code: "441300-DSJ") { ${field} { nodes { id } } } }`);
    expect(refusalIn(errors![0]!, '')).toEqual({ code: 'BAD_USER_INPUT', paths: ['/fiscalYear'] });
  });

  test.each([
    'tasks(department: "NOT-YET", fiscalYear: 1949)',
    'indicators(task: "NOT-YET", department: null)',
    'budgets(fiscalYear: 9998)',
    'evaluations(fiscalYear: 2024)',
  ])('%s is empty', async (field) => {
    expect(Object.values(await list(field))).toEqual([{ nodes: [] }]);
  });
});

test.each([
  ['effectiveFrom: "2023-02-02", effectiveTo: "2023-02-01"', '/effectiveTo'],
  ['effectiveFrom: "2023-02-02", effectiveTo: "2023-02-01T15:59:59.999Z"', '/effectiveTo'],
  ['line: "L1,L2"', '/line'],
  ['line: ""', '/line'],
])('entries of %s are refused', async (parameters, path) => {
  const query = `{ budget(department: "441300-DSJ", fiscalYear: 2023) { entries(${parameters}) { nodes { line } } } }`;
  const { errors } = await api.ask(query);
  expect(refusalIn(errors![0]!, '')).toEqual({ code: 'BAD_USER_INPUT', paths: [path] });
});

test('entries of one day, and of one instant, are answered', async () => {
  const query = (parameters: string) =>
    `{ budget(department: "441300-DSJ", fiscalYear: 2023) { entries(${parameters}) { nodes { line } } } }`;
  const day = await api.data(query('effectiveFrom: "2023-06-30", effectiveTo: "2023-06-30"'));
  const instant = await api.data(
    query('effectiveFrom: "2023-06-30T04:00:00Z", effectiveTo: "2023-06-30T12:00:00+08:00"'),
  );
  expect([day, instant].map(({ budget }) => budget.entries.nodes)).toEqual([[{ line: 'L1' }], [{ line: 'L1' }]]);
});
