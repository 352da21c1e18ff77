import { startApi, TestApi } from '../support/api';
import { WITH_COST } from '../support/cost';

/** Each refused request gets its code and path, and records nothing. */

const BUDGET = { department: 'D1', fiscalYear: 2023 };

let api: TestApi;
let head: string;

beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T04:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  await api.write('approveBudget', {
    ...BUDGET,
    lines: [
      { code: 'L1', name: '一般公共预算', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '1000.00' },
      { code: 'L2', name: '政府性基金', fundSource: 'GOVERNMENT_FUND', amount: '500.00' },
    ],
  });
  head = await currentHead();
});
afterAll(() => api.close());
afterEach(async () => {
  // Refused requests have recorded nothing.
  expect(await currentHead()).toBe(head);
});

const currentHead = async (): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;
const firstError = async (query: string, variables?: object, token?: string) => {
  const { status, errors } = await api.ask(query, variables, token);
  return { status, ...errors?.[0] };
};
const raw = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('authentication and roles', () => {
  test.each([
    ['no token', undefined],
    ['a scheme other than Bearer', 'Basic dTpw'],
    ['no token after the scheme', 'Bearer '],
    ['an unsigned token', 'Bearer a.b.c'],
  ])('UNAUTHENTICATED and 401: %s', async (_name, authorization) => {
    const response = await raw('{"query":"{ ledger { head } }"}', authorization ? { authorization } : {});
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('without a token, even the schema is refused', async () => {
    expect((await raw('{"query":"{ __schema { types { name } } }"}')).status).toBe(401);
  });

  test.each([['auditor'], ['analyst']])('an %s reads but never writes', async (role) => {
    const token = await api.token({ roles: [role] });
    expect((await api.data('{ department(code: "D1") { name } }', {}, token)).department.name).toBe('市政数局');
    const renamed = await firstError(
      'mutation { renameDepartment(input: { code: "D1", name: "x" }) { position } }',
      {},
      token,
    );
    expect(renamed).toMatchObject({ status: 200, path: ['renameDepartment'], extensions: { code: 'FORBIDDEN' } });
  });

  test('writes are limited to the departments of the token', async () => {
    const token = await api.token({ departments: ['D2'] });
    const refused = await firstError(
      'mutation { renameDepartment(input: { code: "D1", name: "x" }) { position } }',
      {},
      token,
    );
    expect(refused).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  test('a token without any role of the ledger reads nothing', async () => {
    const token = await api.token({ roles: ['gardener'] });
    const refused = await firstError('{ department(code: "D1") { name } }', {}, token);
    expect(refused).toMatchObject({ path: ['department'], extensions: { code: 'FORBIDDEN' } });
  });

  // A rejection that nobody handles fails the test, and would end a server.
  test.each([
    'departments(first: -1) { totalCount }',
    'tasks(orderBy: { field: DUE_ON }, last: -1) { totalCount }',
    'proposals(command: ["1"]) { totalCount }',
  ])('a wrong argument of such a token leaves no promise behind: %s', async (field) => {
    const token = await api.token({ roles: ['gardener'] });
    expect(await firstError(`{ ${field} }`, {}, token)).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });
});

describe('amounts', () => {
  test.each([
    ['letters', 'abc'],
    ['an empty text', ''],
    ['zero', '0'],
    ['a negative amount', '-1'],
    ['an exponent', '1e3'],
    ['thousands separators', '1,000.00'],
    ['three decimals in yuan', '0.001'],
    ['full-width digits', '１００'],
    ["more than the ledger's largest amount", '10000000000000000'],
    ['a text of 128 digits', '9'.repeat(128)],
    ['infinity', 'Infinity'],
  ])('BAD_USER_INPUT at /input/amount: %s', async (_name, amount) => {
    expect(await api.refusal('recordExpenditure', { ...BUDGET, line: 'L1', amount })).toMatchObject({
      path: ['recordExpenditure'],
      extensions: { code: 'BAD_USER_INPUT', violations: [{ path: '/input/amount' }] },
    });
  });

  test('the paths of all wrong amounts of an approval are reported', async () => {
    const line = { name: 'x', fundSource: 'UNIT_FUNDS' };
    const refused = await api.refusal('approveBudget', {
      department: 'D1',
      fiscalYear: 2024,
      unit: 'WAN_YUAN',
      lines: [
        { ...line, code: 'A', amount: '0' },
        { ...line, code: 'B', amount: '0.0000001' },
        { ...line, code: 'C', amount: 'x' },
        { ...line, code: 'A', amount: '1' },
      ],
    });
    expect(refused.extensions.violations.map(({ path }: { path: string }) => path)).toEqual([
      '/input/lines/1/amount',
      '/input/lines/2/amount',
      '/input/lines/3/code',
    ]);
  });

  test.each<[string, object, string[]]>([
    [
      'approveBudget',
      {
        department: 'D 1',
        fiscalYear: 1,
        lines: [
          { code: 'A', name: ' ', fundSource: 'UNIT_FUNDS', amount: 'x' },
          { code: 'A', name: 'x', fundSource: 'UNIT_FUNDS', amount: '-1' },
        ],
        goals: ['x', 'x'.repeat(20_001)],
        effectiveAt: 'soon',
      },
      [
        '/input/department',
        '/input/effectiveAt',
        '/input/fiscalYear',
        '/input/goals/1',
        '/input/lines/0/amount',
        '/input/lines/0/name',
        '/input/lines/1/amount',
        '/input/lines/1/code',
      ],
    ],
    [
      'transferBudget',
      { department: 'D 1', fiscalYear: 2023, fromLine: 'A', toLine: 'A', amount: '0' },
      ['/input/amount', '/input/department', '/input/toLine'],
    ],
    [
      'recordExpenditure',
      { ...BUDGET, line: '', amount: 'x', memo: 'x'.repeat(2_001) },
      ['/input/amount', '/input/line', '/input/memo'],
    ],
    ['correctBudgetFact', { ...BUDGET, change: 'x', line: 'a b' }, ['/input', '/input/line']],
  ])('one answer reports everything wrong with the input of %s', async (mutation, input, paths) => {
    const { extensions } = await api.refusal(mutation, input);
    expect(extensions.violations.map(({ path }: { path: string }) => path).sort()).toEqual(paths);
  });

  test('a number is not a Decimal: BAD_USER_INPUT, 400, with the path', async () => {
    const refused = await firstError(
      'mutation($input: RecordExpenditureInput!) { recordExpenditure(input: $input) { position } }',
      { input: { ...BUDGET, line: 'L1', amount: 12.5 } },
    );
    expect(refused).toMatchObject({
      status: 400,
      extensions: { code: 'BAD_USER_INPUT', violations: [{ path: '/input/amount' }] },
    });
  });
});

test.each([
  ['that is missing', {}, '/input/amount'],
  ['that is null', { amount: null }, '/input/amount'],
  ['that does not exist', { amount: '1', amuont: '1' }, '/input/amuont'],
  ['of an item of a list', { amount: '1', evidence: [{ uri: 'file:a' }, {}] }, '/input/evidence/1/uri'],
])('a field %s: BAD_USER_INPUT, 400, with its own path', async (_name, input, path) => {
  const refused = await firstError(
    'mutation($input: RecordExpenditureInput!) { recordExpenditure(input: $input) { position } }',
    { input: { ...BUDGET, line: 'L1', ...input } },
  );
  expect(refused).toMatchObject({ status: 400, extensions: { code: 'BAD_USER_INPUT', violations: [{ path }] } });
});

/** A nullable variable with a default is valid for a non-null argument. Only execution finds that its value is null. */
test.each([
  ['as an argument', 'query($v: ID = "D1") { department(code: $v) { code } }'],
  [
    'in an input object',
    'mutation($v: String = "乙局") { renameDepartment(input: { code: "D1", name: $v }) { position } }',
  ],
  [
    'in a list of input objects',
    `mutation($v: ID = "L9") { approveBudget(input: { department: "D1", fiscalYear: 2024,
      lines: [{ code: $v, name: "甲", fundSource: UNIT_FUNDS, amount: "1" }] }) { position } }`,
  ],
])('a variable that is null, %s: BAD_USER_INPUT', async (_, query) => {
  expect(await firstError(query, { v: null })).toMatchObject({ status: 200, extensions: { code: 'BAD_USER_INPUT' } });
});

test('a subscription over plain HTTP: BAD_USER_INPUT, 400', async () => {
  const refused = await firstError('subscription { changes { __typename } }');
  expect(refused).toMatchObject({ status: 400, extensions: { code: 'BAD_USER_INPUT' } });
});

test.each([
  ['has another name', 'mutation A', '', 'B'],
  ['has no name, but one is asked for', 'mutation', '', 'A'],
  ['is one of two, and none is asked for', 'mutation A', 'query B { ledger { head } }', undefined],
])('an operation that %s is not executed: BAD_USER_INPUT, 400', async (_name, mutation, beside, operationName) => {
  const query = `${mutation} { renameDepartment(input: { code: "D1", name: "改名" }) { position } } ${beside}`;
  const response = await raw(JSON.stringify({ query, operationName }), {
    authorization: `Bearer ${await api.token()}`,
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) })],
  });
});

describe('dates, codes and texts', () => {
  test.each([
    ['30 February', '2023-02-30'],
    ['29 February of a year that is not a leap year', '2023-02-29'],
    ['an instant without an offset', '2023-03-01T00:00:00'],
    ['hour 24', '2023-03-01T24:00:00Z'],
    ['a different notation', '01/03/2023'],
  ])('BAD_USER_INPUT at /input/effectiveAt: %s', async (_name, effectiveAt) => {
    expect(await api.refusal('recordExpenditure', { ...BUDGET, line: 'L1', amount: '1', effectiveAt })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', violations: [{ path: '/input/effectiveAt' }] },
    });
  });

  test.each([
    ['a dot', 'a.b'],
    ['a leading dash', '-a'],
    ['65 characters', 'a'.repeat(65)],
    ['Chinese', '部门'],
    ['nothing', ''],
  ])('BAD_USER_INPUT at /input/code: %s', async (_name, code) => {
    expect(await api.refusal('registerDepartment', { code, name: 'x' })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', violations: [{ path: '/input/code' }] },
    });
  });

  test.each([
    ['a blank name', { name: ' ' }, '/input/name'],
    ['a name that is too long', { name: 'x'.repeat(501) }, '/input/name'],
    ['a negative revision', { name: 'x', expectedRevision: -1 }, '/input/expectedRevision'],
    ['an invalid hash', { name: 'x', evidence: [{ uri: 'file:a', sha256: 'xyz' }] }, '/input/evidence/0/sha256'],
  ])('BAD_USER_INPUT with the path: %s', async (_name, input, path) => {
    const refused = await api.refusal('renameDepartment', { code: 'D1', ...input });
    expect(refused.extensions.code).toBe('BAD_USER_INPUT');
    expect(refused.extensions.violations[0].path).toBe(path);
  });
});

describe('entities that do not exist, or exist already', () => {
  test.each([
    ['renameDepartment', { code: 'nobody', name: 'x' }],
    ['closeBudget', { department: 'D1', fiscalYear: 1999 }],
    [
      'approveBudget',
      { department: 'D9', fiscalYear: 2023, lines: [{ code: 'A', name: 'x', fundSource: 'UNIT_FUNDS', amount: '1' }] },
    ],
    ['recordExpenditure', { ...BUDGET, line: 'L9', amount: '1' }],
    ['reverseExpenditure', { ...BUDGET, change: 'no such change' }],
  ])('NOT_FOUND: %s', async (mutation, input) => {
    expect(await api.refusal(mutation, input)).toMatchObject({ path: [mutation], extensions: { code: 'NOT_FOUND' } });
  });

  test('CONFLICT: registered already', async () => {
    expect((await api.refusal('registerDepartment', { code: 'D1', name: 'x' })).extensions.code).toBe('CONFLICT');
  });

  test('CONFLICT with both revisions: a different expectedRevision', async () => {
    const refused = await api.refusal('renameDepartment', { code: 'D1', name: 'x', expectedRevision: 7 });
    expect(refused.extensions).toMatchObject({ code: 'CONFLICT', expectedRevision: 7, currentRevision: 1 });
  });

  test('RULE_VIOLATION with its rule', async () => {
    const refused = await api.refusal('recordExpenditure', { ...BUDGET, line: 'L1', amount: '1000.01' });
    expect(refused.extensions).toEqual({
      code: 'RULE_VIOLATION',
      rule: 'BUDGET_EXCEEDED',
      remaining: '1000.00',
      asked: '1000.01',
    });
  });
});

describe('moments and positions', () => {
  const asOf = (at: string) => firstError(`{ asOf(at: ${at}) { position } }`);

  test.each([
    ['an instant to come', '{ knownAt: "2023-06-30T04:00:00.001Z" }'],
    ['tomorrow', '{ knownAt: "2023-07-01" }'],
    ['a position beyond the head', '{ position: "999999" }'],
  ])('AS_OF_IN_FUTURE: %s', async (_name, at) => {
    expect(await asOf(at)).toMatchObject({ status: 200, path: ['asOf'], extensions: { code: 'AS_OF_IN_FUTURE' } });
  });

  test.each([
    ['both knownAt and position', '{ knownAt: "2023-01-01", position: "1" }', '/at'],
    ['a forged position', '{ position: "12; DROP" }', '/at/position'],
    ['a negative position', '{ position: "-1" }', '/at/position'],
    ['a position of 80 digits', `{ position: "${'9'.repeat(80)}" }`, '/at/position'],
    ['a date that does not exist', '{ knownAt: "2023-02-30" }', '/at/knownAt'],
    ['an effective date that does not exist', '{ effectiveAt: "2023-13-01" }', '/at/effectiveAt'],
  ])('BAD_USER_INPUT: %s', async (_name, at, path) => {
    expect(await asOf(at)).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', violations: [{ path }] } });
  });

  test('today means now, and the effective date may be in the future', async () => {
    const { asOf: now } = await api.data(
      '{ asOf(at: { knownAt: "2023-06-30", effectiveAt: "2099-01-01" }) { position knownAt } }',
    );
    expect(now).toEqual({ position: head, knownAt: '2023-06-30T04:00:00.000Z' });
  });

  test('a forged id, and an id of another kind', async () => {
    expect(await firstError('{ node(id: "bm9uc2Vuc2U") { id } }')).toMatchObject({
      path: ['node'],
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('changes after a position beyond the head', async () => {
    expect(await firstError('{ changes(after: "999999") { position } }')).toMatchObject({
      extensions: { code: 'AS_OF_IN_FUTURE' },
    });
  });
});

describe('limits', () => {
  test('a page that is too large', async () => {
    expect(await firstError('{ departments(first: 201) { pageInfo { endCursor } } }')).toMatchObject({
      path: ['departments'],
      extensions: { code: 'LIMIT_EXCEEDED' },
    });
  });

  test.each([
    ['a negative page', '{ departments(first: -1) { pageInfo { endCursor } } }', '/first'],
    ['a page from both ends', '{ departments(first: 1, last: 1) { pageInfo { endCursor } } }', '/last'],
    ['an invalid cursor', '{ department(code: "D1") { history(after: "x") { position } } }', '/after'],
  ])('BAD_USER_INPUT: %s', async (_name, query, path) => {
    expect(await firstError(query)).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', violations: [{ path }] } });
  });

  test('a query that is too deep', async () => {
    const nested = `{ department(code: "D1") ${'{ budget(fiscalYear: 2023) { department '.repeat(8)}{ code }${' } }'.repeat(8)} }`;
    expect(await firstError(nested)).toMatchObject({ status: 400, extensions: { code: 'LIMIT_EXCEEDED' } });
  });

  test('1,000 aliases', async () => {
    const aliases = Array.from({ length: 1_000 }, (_, index) => `a${index}: __typename`).join(' ');
    expect(await firstError(`{ ${aliases} }`)).toMatchObject({ status: 400, extensions: { code: 'LIMIT_EXCEEDED' } });
  });

  test.each([500, 1_200, 2_400])('lists in lists, %i deep', async (depth) => {
    const nested = `{ changes(filter: { entityTypes: ${'['.repeat(depth)}${']'.repeat(depth)} }) { edges { cursor } } }`;
    // The depth at which parsing overflows the stack depends on the platform.
    const code = expect.stringMatching(/^(BAD_USER_INPUT|LIMIT_EXCEEDED)$/);
    expect(await firstError(nested)).toMatchObject({ status: 400, extensions: { code } });
  });

  test('a query whose answer may be too large', async () => {
    const query = '{ departments(first: 200) { nodes { history(first: 200) { nodes { id type } } } } }';
    expect(await firstError(query)).toMatchObject({ status: 400, extensions: { code: 'LIMIT_EXCEEDED' } });
  });

  test('too many bytes: 413', async () => {
    const authorization = `Bearer ${await api.token()}`;
    const body = JSON.stringify({ query: '{ ledger { head } }', padding: 'x'.repeat(1_100_000) });
    const response = await raw(body, { authorization });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] });
  });
});

describe('a body with very many objects and lists', () => {
  const bodyOf = (x: string): string => `{"query":"{ ledger { demo } }","variables":{"x":${x}}}`;

  test.each([
    ['in one another', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['side by side', `[${'{},'.repeat(100_000)}0]`],
  ])('is refused: %s', async (_, x) => {
    const response = await raw(bodyOf(x), { authorization: `Bearer ${await api.token()}` });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [
        {
          message: 'The request body has more than 50000 objects and lists',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
  });

  test('is answered if they are in a text', async () => {
    const response = await raw(bodyOf(`"${'\\"[{'.repeat(100_000)}"`), {
      authorization: `Bearer ${await api.token()}`,
    });
    expect([response.status, await response.json()]).toMatchObject([200, { data: { ledger: { demo: false } } }]);
  });
});

describe('invalid requests', () => {
  test.each([
    ['not JSON', '{ nonsense'],
    ['no query', '{}'],
    ['a query of the wrong type', '{"query": 5}'],
    ['a batch', '[{"query":"{ ledger { head } }"}]'],
    ['a syntax error', '{"query":"{ ledger {"}'],
    ['an unknown field', '{"query":"{ nobody }"}'],
    ['two operations and no name', '{"query":"query a { ledger { head } } query b { ledger { head } }"}'],
  ])('BAD_USER_INPUT and 400: %s', async (_name, body) => {
    const response = await raw(body, { authorization: `Bearer ${await api.token()}` });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  const WELL_FORMED = { query: '{ ledger { head } }' };

  describe.each(['/graphql', '/graphql/stream'])('a part of the wrong type at %s: 400', (path) => {
    test.each([
      ['query', 5],
      ['operationName', 5],
      ['variables', []],
      ['variables', '{}'],
      ['extensions', []],
      ['extensions', 'persistedQuery'],
    ])('%s by POST', async (part, value) => {
      const response = await fetch(`${api.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await api.token()}` },
        body: JSON.stringify({ ...WELL_FORMED, [part]: value }),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    });

    test.each([
      ['variables', '[]'],
      ['variables', '{'],
      ['extensions', '[]'],
      ['extensions', '{'],
    ])('%s by GET', async (part, value) => {
      const address = new URLSearchParams({ ...WELL_FORMED, [part]: value });
      const response = await fetch(`${api.url}${path}?${String(address)}`, {
        headers: { authorization: `Bearer ${await api.token()}` },
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    });
  });

  test.each(['/graphql', '/graphql/stream'])('a mutation by GET at %s: 405', async (path) => {
    const query = encodeURIComponent('mutation { renameDepartment(input: { code: "D1", name: "x" }) { position } }');
    const response = await fetch(`${api.url}${path}?query=${query}`, {
      headers: { authorization: `Bearer ${await api.token()}` },
    });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});

test('a query by GET needs no special header', async () => {
  const response = await fetch(
    `${api.url}/graphql?query=${encodeURIComponent('{ department(code: "D1") { name } }')}`,
    {
      headers: { authorization: `Bearer ${await api.token()}` },
    },
  );
  expect(await response.json()).toEqual({ data: { department: { name: '市政数局' } }, extensions: WITH_COST });
});

test.each(['text/html', 'text/event-stream', 'image/*'])(
  'is answered in JSON although the client accepts %s',
  async (accept) => {
    const response = await raw('{"query":"{ department(code: \\"D1\\") { name } }"}', {
      accept,
      authorization: `Bearer ${await api.token()}`,
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual({ data: { department: { name: '市政数局' } }, extensions: WITH_COST });
  },
);

test('an error in one root field does not affect the others', async () => {
  const answer = await api.ask('{ node(id: "forged") { id } department(code: "D1") { name } }');
  expect(answer).toMatchObject({ status: 200, data: { node: null, department: { name: '市政数局' } } });
  expect(answer.errors).toHaveLength(1);
});

describe('the same key', () => {
  const INPUT = { ...BUDGET, line: 'L1', amount: '10.00', idempotencyKey: 'k-1' };
  const FIELDS = 'position changes { eventId } budget { fiscalYear executed }';

  test('with the same input gives the first answer again, even after later changes; with a different input it is a CONFLICT', async () => {
    const first = await api.write('recordExpenditure', INPUT, FIELDS);
    await api.write('recordExpenditure', { ...BUDGET, line: 'L1', amount: '5.00' });
    head = await currentHead();
    expect(await api.write('recordExpenditure', INPUT, FIELDS)).toEqual(first);
    expect((await api.refusal('recordExpenditure', { ...INPUT, amount: '11.00' })).extensions.code).toBe('CONFLICT');
    expect(
      (await api.refusal('reduceBudget', { ...BUDGET, line: 'L1', amount: '10.00', idempotencyKey: 'k-1' })).extensions
        .code,
    ).toBe('CONFLICT');
    expect(first.budget).toMatchObject({ executed: '10.00' });
  });
});
