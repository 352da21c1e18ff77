import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { ValueJudge } from '../../src/graphql/execution/value-judge';
import { startApi, TestApi } from '../support/api';

/**
 * Small requests that were once expensive, over each transport. We count how many values are visited, because the CPU time
 * follows from that (bench/attacks.ts measures it).
 */

interface Attack {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

interface Answer {
  readonly data?: unknown;
  readonly errors: readonly { readonly message: string; readonly extensions: Record<string, any> }[];
}

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const authorization = async (): Promise<string> => `Bearer ${await api.token()}`;

async function overPost(url: string, attack: Attack): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: await authorization() };
  return fetch(`${api.url}${url}`, { method: 'POST', headers, body: JSON.stringify(attack) });
}

async function overGet({ query, variables }: Attack): Promise<Answer> {
  const asked = new URLSearchParams({ query, variables: JSON.stringify(variables ?? {}) });
  const headers = { authorization: await authorization(), 'apollo-require-preflight': '1' };
  const response = await fetch(`${api.url}/graphql?${asked.toString()}`, { headers });
  expect(response.status).toBe(400);
  return (await response.json()) as Answer;
}

async function overHttp(attack: Attack): Promise<Answer> {
  const response = await overPost('/graphql', attack);
  expect(response.status).toBe(400);
  return (await response.json()) as Answer;
}

async function overSse(attack: Attack): Promise<Answer> {
  const text = await (await overPost('/graphql/stream', attack)).text();
  return JSON.parse(/^data: (.+)$/m.exec(text)![1]!) as Answer;
}

async function overWebSocket(attack: Attack): Promise<Answer> {
  const url = `${api.url.replace('http', 'ws')}/graphql`;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: await authorization() },
  });
  try {
    const { value } = await client.iterate({ ...attack }).next();
    return value;
  } finally {
    await client.dispose();
  }
}

const TRANSPORTS = { HTTP: overHttp, SSE: overSse, WebSocket: overWebSocket };
type Transport = keyof typeof TRANSPORTS;

const APPROVE = 'mutation($x: ApproveBudgetInput!) { approveBudget(input: $x) { position } }';
const CHANGES = 'query($x: [ID!]) { changes(filter: { departments: $x }) { position } }';
const TASKS = 'query($x: [TaskStatus!]) { tasks(status: $x) { nodes { code } } }';
const budget = (parts: object): object => ({ department: 'D', fiscalYear: 2023, ...parts });
const many = <T>(count: number, item: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => item(index));
const unknown = (count: number) => Object.fromEntries(many(count, (index) => [`u${index}`, 1]));
const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
  many(depth, () => 0).reduce<unknown>((inner) => wrap(inner), 1);

/** The attack, the paths at the start of the report, the number of violations, and how many values may be visited. */
const VARIABLES: readonly (readonly [string, Attack, readonly string[], number, number])[] = [
  [
    '6,000 wrong items',
    { query: APPROVE, variables: { x: budget({ lines: many(6_000, () => 1) }) } },
    ['/input/lines/0', '/input/lines/1'],
    6_000,
    1_010,
  ],
  [
    '200,000 wrong items',
    { query: CHANGES, variables: { x: many(200_000, () => 0.5) } },
    ['/filter/departments/0'],
    200_000,
    1_010,
  ],
  ['90,000 right items', { query: CHANGES, variables: { x: many(90_000, String) } }, ['/filter/departments'], 1, 1_010],
  [
    '5,000 unknown fields',
    { query: APPROVE, variables: { x: budget({ lines: [], ...unknown(5_000) }) } },
    ['/input/u0', '/input/u1'],
    5_000,
    100,
  ],
  [
    'unknown fields in many objects',
    { query: APPROVE, variables: { x: budget({ lines: many(900, () => unknown(50)) }) } },
    ['/input/lines/0/code'],
    900 * 54,
    1_100,
  ],
  [
    'lists in lists',
    { query: CHANGES, variables: { x: nested(1_000, (inner) => [inner]) } },
    ['/filter/departments/0'],
    1,
    10,
  ],
  [
    'objects in objects',
    { query: APPROVE, variables: { x: nested(1_000, (inner) => ({ lines: inner })) } },
    ['/input/department', '/input/fiscalYear', '/input/lines/code'],
    7,
    100,
  ],
  ['a long text for an enum', { query: TASKS, variables: { x: 'A'.repeat(500_000) } }, ['/status'], 1, 10],
  [
    'long texts for enums',
    { query: TASKS, variables: { x: many(100, () => 'A'.repeat(5_000)) } },
    ['/status/0'],
    100,
    110,
  ],
  [
    'a long name',
    { query: APPROVE, variables: { x: budget({ lines: [], ['u'.repeat(500_000)]: 1 }) } },
    [`/input/${'u'.repeat(100)}…`],
    1,
    10,
  ],
  [
    'wrong items in many variables',
    {
      query: `query(${many(80, (n) => `$v${n}: [ID!]`).join(' ')}) {
        ${many(80, (n) => `a${n}: changes(filter: { departments: $v${n} }) { position }`).join(' ')}
      }`,
      variables: Object.fromEntries(many(80, (n) => [`v${n}`, many(500, () => 0.5)])),
    },
    ['/filter/departments/0'],
    80 * 500,
    80 * 501,
  ],
];

describe.each(Object.keys(TRANSPORTS) as Transport[])('over %s', (transport) => {
  const ask = TRANSPORTS[transport];
  let judged: jest.SpyInstance;
  beforeEach(() => {
    judged = jest.spyOn(ValueJudge.prototype as unknown as { value: () => void }, 'value');
  });
  afterEach(() => {
    judged.mockRestore();
  });

  test.each(VARIABLES)('%s', async (_what, attack, paths, count, visits) => {
    const { data, errors } = await ask(attack);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    const {
      code,
      violations,
      violationsOmitted = 0,
    } = errors[0]!.extensions as {
      code: string;
      violations: { path: string }[];
      violationsOmitted?: number;
    };
    expect(code).toBe('BAD_USER_INPUT');
    expect(violations.slice(0, paths.length).map(({ path }) => path)).toEqual(paths);
    expect(violations.length).toBe(Math.min(50, count));
    expect(violations.length + violationsOmitted).toBe(count);
    expect(judged.mock.calls.length).toBeLessThanOrEqual(visits);
    expect(JSON.stringify(errors).length).toBeLessThan(20_000);
  });

  test('variables that are not declared are not visited', async () => {
    const { errors } = await ask({
      query: CHANGES,
      variables: { x: 0.5, y: many(10_000, () => 1), ...unknown(10_000) },
    });
    expect(errors[0]!.extensions).toMatchObject({ violations: [{ path: '/filter/departments' }] });
    expect(judged.mock.calls.length).toBeLessThanOrEqual(2);
  });

  test.each(DOCUMENTS())('%s', async (_what, query, code) => {
    const { data, errors } = await ask({ query });
    expect(data).toBeUndefined();
    expect(errors.length).toBeLessThanOrEqual(50);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set([code]));
    const text = JSON.stringify(errors);
    expect(text).not.toContain('Did you mean');
    expect(text.length).toBeLessThan(100_000);
  });
});

test('the refusal of a GET has the paths of its wrong variables', async () => {
  const { errors } = await overGet({ query: CHANGES, variables: { x: ['a', 0.5] } });
  expect(errors).toMatchObject([{ extensions: { violations: [{ path: '/filter/departments/1' }] } }]);
});

function DOCUMENTS(): (readonly [string, string, 'BAD_USER_INPUT' | 'LIMIT_EXCEEDED'])[] {
  const fragments = (count: number, of: (index: number) => string) =>
    many(count, (index) => `fragment F${index} on Query { ${of(index)} }`).join(' ');
  return [
    ['one name 800 times', `{ ${'a: __typename '.repeat(800)} }`, 'LIMIT_EXCEEDED'],
    ['one nested selection 250 times', `{ ${'departments { nodes { code name } } '.repeat(250)} }`, 'LIMIT_EXCEEDED'],
    [
      'one name in 200 fragments',
      `{ ${many(200, (n) => `...F${n}`).join(' ')} } ${fragments(200, () => 'a: __typename')}`,
      'LIMIT_EXCEEDED',
    ],
    [
      'fragments that double at each level',
      `{ ...F0 } ${fragments(60, (n) => `a: asOf(at: {}) { position } ...F${n + 1} ...F${n + 1}`)} fragment F60 on Query { __typename }`,
      'LIMIT_EXCEEDED',
    ],
    [
      'fragments that contain themselves',
      `{ ...F0 } ${fragments(100, (n) => `...F${(n + 1) % 100} ...F${(n + 7) % 100} ...F${(n + 13) % 100}`)}`,
      'BAD_USER_INPUT',
    ],
    ['1,200 unknown fields', `{ ${many(1_200, (n) => `depatments${n}`).join(' ')} }`, 'BAD_USER_INPUT'],
    [
      '600 unknown arguments',
      `{ departments(${many(600, (n) => `firts${n}: 1`).join(' ')}) { nodes { code } } }`,
      'BAD_USER_INPUT',
    ],
    ['1,200 unknown directives', `{ ledger ${'@inclde '.repeat(1_200)} { demo } }`, 'BAD_USER_INPUT'],
    ['2,400 wrong items', `{ tasks(status: [${'PLANED '.repeat(2_400)}]) { nodes { code } } }`, 'BAD_USER_INPUT'],
    [
      'a list in 1,200 lists',
      `{ tasks(status: ${'['.repeat(1_200)}${']'.repeat(1_200)}) { nodes { code } } }`,
      'BAD_USER_INPUT',
    ],
    [
      'a type of 1,000 lists',
      `query($x: ${'['.repeat(1_000)}Int${']'.repeat(1_000)}) { tasks(status: $x) { nodes { code } } }`,
      'BAD_USER_INPUT',
    ],
    ['600 variables', `query(${many(600, (n) => `$v${n}: Int`).join(' ')}) { ledger { demo } }`, 'BAD_USER_INPUT'],
    ['more tokens than are allowed', `{ ${'a '.repeat(3_000)} }`, 'LIMIT_EXCEEDED'],
    ['more characters than are allowed', `${'\n'.repeat(200_000)}{`, 'LIMIT_EXCEEDED'],
    ['a long name 50 times', `{ ${many(50, () => 'b'.repeat(1_500)).join(' ')} }`, 'LIMIT_EXCEEDED'],
  ];
}
