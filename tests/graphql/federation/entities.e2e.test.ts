import { getIntrospectionQuery } from 'graphql';
import { Answer, startApi, TestApi } from '../../support/api';
import { DEFAULT_LIMITS, MOST_SNAPSHOTS } from '../../../src/kernel/limits';

/** What a gateway may ask of a subgraph, over HTTP. */

let api: TestApi;
let closed: TestApi;
/** The position before the department was renamed. */
let before: string;

beforeAll(async () => {
  api = await startApi({ now: '2023-02-01T02:00:00.000Z', federatedAs: 'huizhou' });
  closed = await startApi({ federatedAs: 'huizhou', introspection: false });
  await api.write('registerDepartment', { code: 'D1', name: '数据局' });
  ({ position: before } = await api.write('registerDepartment', { code: 'D2', name: '教育局' }));
  api.clock.set('2023-08-01T02:00:00.000Z');
  await api.write('renameDepartment', { code: 'D1', name: '数据管理局' });
});
afterAll(async () => {
  await closed.close();
  await api.close();
});

async function ask(query: string, variables?: object, token?: string, server = api): Promise<Answer> {
  const response = await fetch(`${server.url}/graphql/subgraph`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token ?? (await server.token())}` },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

const QUESTION = `query($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Huizhou_Department { ledger id code snapshot snapshotKnownAt snapshotEffectiveAt name }
    ... on Huizhou_Snapshot { position }
  }
}`;
const entities = (representations: readonly unknown[], token?: string) => ask(QUESTION, { representations }, token);
const byCode = (code: string, more: object = {}) => ({
  __typename: 'Huizhou_Department',
  ledger: 'huizhou',
  code,
  snapshot: 'NOW',
  ...more,
});

const ASKED = `query($at: AsOfInput!) {
  huizhou_asOf(at: $at) { id position huizhou: departments { nodes { __typename ledger id code snapshot name } } }
}`;
const asOf = async (at: object) => (await ask(ASKED, { at })).data.huizhou_asOf;

const violationsOf = ({ errors = [] }: Answer) =>
  errors.map(({ path, extensions: { code, violations } }) => ({ path, code, violations }));

describe('an entity', () => {
  test('is found by its code, and by its id, as it is now', async () => {
    const { data } = await entities([byCode('D1')]);
    const [department] = data._entities;
    expect(department).toEqual({
      __typename: 'Huizhou_Department',
      ledger: 'huizhou',
      id: expect.stringMatching(/^huizhou:/),
      code: 'D1',
      snapshot: 'NOW',
      snapshotKnownAt: null,
      snapshotEffectiveAt: null,
      name: '数据管理局',
    });
    const { __typename, ledger, id } = department;
    expect((await entities([{ __typename, ledger, id }])).data._entities).toEqual([department]);
  });

  test('as of a moment is not that of now: each key leads back to its own moment', async () => {
    const then = await asOf({ knownAt: '2023-06-30', effectiveAt: '2023-06-30' });
    const [department] = then.huizhou.nodes;
    expect(department).toMatchObject({ name: '数据局', snapshot: expect.stringMatching(/^huizhou:\d+,/) });
    const { __typename, ledger, id, code, snapshot } = department;
    const { data } = await entities([
      { __typename, ledger, id },
      { __typename, ledger, code, snapshot },
      byCode('D1'),
      { __typename: 'Huizhou_Snapshot', ledger, id: then.id },
    ]);
    const found = {
      ...department,
      snapshotKnownAt: '2023-06-30T15:59:59.999Z',
      snapshotEffectiveAt: '2023-06-30T15:59:59.999Z',
    };
    expect(data._entities).toEqual([
      found,
      found,
      expect.objectContaining({ name: '数据管理局', snapshot: 'NOW' }),
      { __typename: 'Huizhou_Snapshot', position: then.position },
    ]);
  });

  test('that does not exist, or did not exist then, is null', async () => {
    const { data, errors } = await entities([byCode('D9'), byCode('D2', { snapshot: 'huizhou:1,' }), byCode('D2')]);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([null, null, expect.objectContaining({ name: '教育局' })]);
  });

  test('that the caller may not read is null, and no error', async () => {
    const token = await api.token({ roles: ['auditor'], departments: [], readDepartments: ['D2'] });
    const { data, errors } = await entities([byCode('D1'), byCode('D2')], token);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([null, expect.objectContaining({ code: 'D2' })]);
  });

  test('is refused to a token without a role', async () => {
    const token = await api.token({ roles: [] });
    for (const representation of [byCode('D1'), byCode('D1', { snapshot: 'huizhou:1,' })]) {
      const { errors } = await entities([representation], token);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    }
  });

  test('is answered alike each time, also when the operation has been compiled', async () => {
    const representations = [byCode('D1'), byCode('D9'), byCode('D1', { ledger: 'meizhou' }), byCode('D2')];
    const answers = await Promise.all(Array.from({ length: 6 }, () => entities(representations)));
    const [first] = answers;
    expect(first?.data._entities).toEqual([expect.any(Object), null, null, expect.any(Object)]);
    for (const answer of answers) {
      expect(answer.data).toEqual(first?.data);
      expect(violationsOf(answer)).toEqual(violationsOf(first!));
    }
  });
});

describe('a representation', () => {
  const DEPARTMENT = Buffer.from('1,DEPARTMENT,D1,,').toString('base64url');
  const BUDGET = Buffer.from('1,BUDGET,D1.2023,,').toString('base64url');
  const WRONG: readonly (readonly [string, object, string, string])[] = [
    ['of no type', byCode('D1', { __typename: undefined }), '/__typename', 'is no type of this subgraph'],
    ['of a type of the API', byCode('D1', { __typename: 'Department' }), '/__typename', 'is no type of this subgraph'],
    ['of a type without a key', byCode('D1', { __typename: 'PageInfo' }), '/__typename', 'is no type of this subgraph'],
    ['without a ledger', byCode('D1', { ledger: undefined }), '/ledger', 'is required'],
    [
      'of another ledger',
      byCode('D1', { ledger: 'meizhou' }),
      '/ledger',
      'is another ledger; this subgraph answers for',
    ],
    ['with an id of another ledger', byCode('D1', { id: `meizhou:${DEPARTMENT}` }), '/id', 'is no id of a node'],
    ['with an id of no ledger', byCode('D1', { id: DEPARTMENT }), '/id', 'is no id of a node'],
    ['with an id that is a number', byCode('D1', { id: 1 }), '/id', 'is no id of a node'],
    ['with a snapshot of another ledger', byCode('D1', { snapshot: 'meizhou:2,' }), '', 'has no complete key'],
    ['with a snapshot of a wrong form', byCode('D1', { snapshot: 'huizhou:x' }), '', 'has no complete key'],
    ['with a code of a wrong form', byCode('D1,,2'), '', 'has no complete key'],
    ['without a code', byCode('D1', { code: undefined }), '', 'has no complete key'],
    ['of a type without such a key', byCode('D1.2023', { __typename: 'Huizhou_Budget' }), '', 'has no complete key'],
  ];

  test.each(WRONG)(
    '%s is refused with the path of what is wrong, and the others are answered',
    async (_, wrong, part, message) => {
      const answer = await entities([byCode('D1'), wrong, byCode('D2')]);
      expect(answer.data._entities).toEqual([expect.any(Object), null, expect.any(Object)]);
      expect(violationsOf(answer)).toEqual([
        {
          path: ['_entities', 1],
          code: 'BAD_USER_INPUT',
          violations: [{ path: `/representations/1${part}`, message: expect.stringContaining(message) }],
        },
      ]);
    },
  );

  test('whose id names something of another type is refused', async () => {
    await api.write('approveBudget', {
      department: 'D1',
      fiscalYear: 2023,
      lines: [{ code: 'A', name: '甲', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '1' }],
    });
    const answer = await entities([byCode('D1', { id: `huizhou:${BUDGET}` })]);
    expect(violationsOf(answer)).toMatchObject([{ violations: [{ path: '/representations/0/__typename' }] }]);
  });

  test('in the text of a document is read as one in a variable', async () => {
    const { data } = await ask(
      `query($code: ID!) { _entities(representations: [
      { __typename: "Huizhou_Department", ledger: "huizhou", code: "D1", snapshot: "NOW" }
    ]) { ... on Huizhou_Department { name } } huizhou_department(code: $code) { name } }`,
      { code: 'D2' },
    );
    expect(data).toEqual({ _entities: [{ name: '数据管理局' }], huizhou_department: { name: '教育局' } });
  });

  test('beyond maxPageSize, or of too many snapshots, is refused with its limit', async () => {
    const limitsOf = ({ errors }: Answer) => errors?.map(({ extensions: { code, limit } }) => [code, limit]);
    const many = new Array<object>(DEFAULT_LIMITS.maxPageSize + 1).fill(byCode('D1'));
    expect(limitsOf(await entities(many))).toEqual([['LIMIT_EXCEEDED', 'maxPageSize']]);
    const snapshots = Array.from({ length: MOST_SNAPSHOTS + 1 }, (_, at) =>
      byCode('D1', { snapshot: `huizhou:${at},` }),
    );
    expect(limitsOf(await entities(snapshots))).toEqual([['LIMIT_EXCEEDED', 'maxSnapshots']]);
  });

  test('costs what is answered for it', async () => {
    const cost = async (count: number) => {
      const answer = await entities(new Array<object>(count).fill(byCode('D1')));
      return (answer as unknown as { extensions: { cost: { fields: number } } }).extensions.cost.fields;
    };
    expect((await cost(21)) - (await cost(1))).toBe(20 * ((await cost(2)) - (await cost(1))));
    expect((await cost(2)) - (await cost(1))).toBeGreaterThanOrEqual(8);
  });
});

describe('what is of another ledger', () => {
  const reasonOf = ({ errors }: Answer) =>
    errors?.map(({ extensions: { code, violations } }) => ({ code, violations }));
  const refusedFor = (path: string, reason: string) => [
    { code: 'BAD_USER_INPUT', violations: [{ path, message: expect.stringContaining(reason) }] },
  ];
  const REASON = 'a position of another ledger means nothing here. Pass a moment (knownAt) to ask several ledgers';

  test('is told by its name: positions, cursors and ids carry it', async () => {
    const { position } = await asOf({ knownAt: '2023-06-30' });
    expect(position).toBe(`huizhou:${before}`);
    expect((await asOf({ position })).huizhou.nodes).toMatchObject([{ name: '数据局' }, { name: '教育局' }]);
    const page =
      'query($after: Cursor) { huizhou_departments(first: 1, after: $after) { nodes { id code } pageInfo { endCursor } } }';
    const first = (await ask(page)).data.huizhou_departments;
    expect(first.pageInfo).toEqual({ endCursor: 'huizhou:D1' });
    const second = (await ask(page, { after: first.pageInfo.endCursor })).data.huizhou_departments;
    expect(second.nodes).toMatchObject([{ code: 'D2' }]);
    const node = 'query($id: ID!) { huizhou_node(id: $id) { __typename id ledger } }';
    const { id } = first.nodes[0];
    expect((await ask(node, { id })).data.huizhou_node).toEqual({
      __typename: 'Huizhou_Department',
      id,
      ledger: 'huizhou',
    });
  });

  test.each(['meizhou:1', '1', 'huizhou', 'HUIZHOU:1'])(
    'the position %j is refused, with the reason',
    async (position) => {
      expect(reasonOf(await ask(ASKED, { at: { position } }))).toEqual(refusedFor('/at/position', REASON));
      const written = `{ huizhou_asOf(at: { position: "${position}" }) { position } }`;
      expect(reasonOf(await ask(written))).toEqual(refusedFor('/at/position', REASON));
    },
  );

  test('a position of this ledger is read on as everywhere', async () => {
    expect(reasonOf(await ask(ASKED, { at: { position: 'huizhou:x' } }))).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    expect((await ask(ASKED, { at: { position: 'huizhou:999999' } })).errors?.[0]?.extensions.code).toBe(
      'AS_OF_IN_FUTURE',
    );
  });

  test.each(['meizhou:D1', 'D1'])('the cursor %j is refused', async (after) => {
    const answer = await ask('query($after: Cursor) { huizhou_departments(after: $after) { totalCount } }', {
      after,
    });
    expect(reasonOf(answer)).toEqual(refusedFor('/after', 'a cursor of another ledger means nothing here'));
  });

  const ID = Buffer.from('1,DEPARTMENT,D1,,').toString('base64url');
  test.each([`meizhou:${ID}`, ID])('the id %j is refused, wherever an id is taken', async (id) => {
    const reason = 'an id of another ledger means nothing here';
    expect(reasonOf(await ask('query($id: ID!) { huizhou_node(id: $id) { id } }', { id }))).toEqual(
      refusedFor('/id', reason),
    );
    expect(reasonOf(await ask('query($ids: [ID!]!) { huizhou_nodes(ids: $ids) { id } }', { ids: [id] }))).toEqual(
      refusedFor('/ids/0', reason),
    );
    const reversal = { department: 'D1', fiscalYear: 2023, change: id, reason: 'x' };
    const reverse =
      'mutation($input: ReverseExpenditureInput!) { huizhou_reverseExpenditure(input: $input) { position } }';
    expect(reasonOf(await ask(reverse, { input: reversal }))).toEqual(refusedFor('/input/change', reason));
  });
});

describe('a gateway', () => {
  test('writes as its caller: into one ledger, with a position that says which', async () => {
    const write = `mutation($input: RegisterDepartmentInput!) {
      huizhou_registerDepartment(input: $input) { position department { __typename ledger code snapshot } }
    }`;
    const { data } = await ask(write, { input: { code: 'D3', name: '民政局' } });
    expect(data.huizhou_registerDepartment).toEqual({
      position: expect.stringMatching(/^huizhou:\d+$/),
      department: expect.objectContaining({ __typename: 'Huizhou_Department', ledger: 'huizhou', code: 'D3' }),
    });
    const { errors } = await ask(
      write,
      { input: { code: 'D4', name: '财政局' } },
      await api.token({ roles: ['auditor'] }),
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('reads the schema with a role, unless introspection is off', async () => {
    const codeOf = async (token: string, server: TestApi) => {
      const [service, schema] = [
        await ask('{ _service { sdl } }', {}, token, server),
        await ask(getIntrospectionQuery(), {}, token, server),
      ];
      const code = service.errors?.[0]?.extensions.code;
      expect(schema.errors?.[0]?.extensions.code).toBe(code);
      return code ?? (service.data._service.sdl as string).slice(0, 13);
    };
    expect(await codeOf(await api.token(), api)).toBe('extend schema');
    expect(await codeOf(await api.token({ roles: [] }), api)).toBe('FORBIDDEN');
    expect(await codeOf(await closed.token(), closed)).toBe('FORBIDDEN');
  });

  test('finds no feed', async () => {
    expect((await ask('subscription { changes { __typename } }')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('leaves the API of the ledger as it is', async () => {
    const { asOf: then } = await api.data('{ asOf(at: { knownAt: "2023-06-30" }) { position } }');
    expect(then).toEqual({ position: before });
    const { errors } = await api.ask('{ _service { sdl } }');
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

test('a server that is in no federation has no subgraph', async () => {
  const alone = await startApi();
  try {
    expect((await fetch(`${alone.url}/graphql/subgraph`, { method: 'POST' })).status).toBe(404);
  } finally {
    await alone.close();
  }
});
