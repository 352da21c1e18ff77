import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { hashOf } from '../../../src/graphql/trusted-documents/manifest';
import { BYTES_PER_POINT } from '../../../src/http/caller-points';
import { LogMismatch } from '../../../src/kernel/outage';
import { NO_TELEMETRY, Signal } from '../../../src/kernel/telemetry';
import { startApi, TestApi, TokenClaims } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';
import { conditionalGet, GetRequest, tagOf } from '../../support/conditional-get';
import { startLimited } from '../../support/limited-api';
import { jsonOf, RawAnswer } from '../../support/raw-request';
import { EVERY_WRITING_ROLE } from '../../support/writers';

const onEnd = cleanUps(afterAll);
const BUDGETS = '{ asOf(at: { position: "5" }) { position budgets(fiscalYear: 2023) { nodes { id executed } } } }';
const BY_VARIABLES = `query One($at: AsOfInput!, $unit: MoneyUnit = YUAN) {
    asOf(at: $at) { budget(department: "D1", fiscalYear: 2023) { executed(unit: $unit) } }
  }
  query Other($at: AsOfInput!) { asOf(at: $at) { budget(department: "D2", fiscalYear: 2023) { executed } } }`;

let api: TestApi;
const signals: Signal[] = [];

beforeAll(async () => {
  api = await startApi({
    telemetry: { report: (signal) => void signals.push(signal) },
    trust: { mode: 'log', listed: [{ hash: hashOf(BUDGETS), text: BUDGETS }], onUnlisted: () => undefined },
  });
  onEnd(() => api.close());
  const lines = [{ code: 'L1', name: '明细', fundSource: 'UNIT_FUNDS', amount: '100.00' }];
  for (const department of ['D1', 'D2']) {
    await api.write('registerDepartment', { code: department, name: `局 ${department}` });
    await api.write('approveBudget', { department, fiscalYear: 2023, lines });
  }
  await api.write('recordExpenditure', {
    department: 'D1',
    fiscalYear: 2023,
    line: 'L1',
    amount: '30.00',
    payee: '甲',
  });
});

async function get(request: GetRequest, headers: Record<string, string> = {}, claims: TokenClaims = {}) {
  return conditionalGet(api.url, await api.token(claims), request, headers);
}

const again = (request: GetRequest, first: RawAnswer, headers: Record<string, string> = {}, claims?: TokenClaims) =>
  get(request, { 'if-none-match': tagOf(first)!, ...headers }, claims);

/** How many operations have been executed meanwhile. */
async function executions(act: () => Promise<unknown>): Promise<number> {
  const before = signals.length;
  await act();
  return signals.slice(before).filter((signal) => signal.kind === 'cache-asked' && signal.cache === 'compiled').length;
}

describe('an answer as of a position, by GET', () => {
  test('has a strong tag, and no cache may use it without asking', async () => {
    const answer = await get({ query: BUDGETS });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      etag: expect.stringMatching(/^"[\w-]{32}"$/),
      'cache-control': 'private, no-cache',
      vary: 'accept-encoding, accept, authorization',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(jsonOf(answer).data.asOf.budgets.nodes).toHaveLength(2);
  });

  test('has the same bytes each time, so it does not say what it cost', async () => {
    const [first, second] = [await get({ query: BUDGETS }), await get({ query: BUDGETS })];
    expect(second.body).toEqual(first.body);
    expect(tagOf(second)).toBe(tagOf(first));
    expect(Object.keys(jsonOf(first))).toEqual(['data']);
  });

  test('is not sent and not executed again for a client that has it', async () => {
    const first = await get({ query: BUDGETS });
    let answer: RawAnswer | undefined;
    expect(await executions(async () => (answer = await again({ query: BUDGETS }, first)))).toBe(0);
    expect(answer).toMatchObject({ status: 304, body: Buffer.alloc(0) });
    expect(answer!.headers).toMatchObject({
      etag: tagOf(first),
      'cache-control': 'private, no-cache',
      vary: 'accept-encoding, accept, authorization',
    });
    expect(answer!.headers).not.toHaveProperty('content-length');
    expect(answer!.headers).not.toHaveProperty('content-type');
    expect(signals).toContainEqual({ kind: 'cache-asked', cache: 'answers', found: true });
    expect(signals.at(-1)).toMatchObject({
      kind: 'operation-ended',
      type: 'query',
      rootFields: ['asOf'],
      outcome: 'ok',
    });
  });

  test.each([
    ['one of several tags', (tag: string) => `"x", ${tag}`],
    ['a weak tag, as a proxy that compresses makes it', (tag: string) => `W/${tag}`],
    ['any', () => '*'],
  ])('is not sent to a client that has %s', async (_, kept) => {
    const first = await get({ query: BUDGETS });
    const { status, headers } = await get({ query: BUDGETS }, { 'if-none-match': kept(tagOf(first)!) });
    expect([status, headers.etag]).toEqual([304, tagOf(first)]);
  });

  test('is sent to a client that has another', async () => {
    const answer = await get({ query: BUDGETS }, { 'if-none-match': '"another"' });
    expect([answer.status, jsonOf(answer).data.asOf.position]).toEqual([200, '5']);
  });

  test('keeps its tag when facts are recorded later, and a later position has another', async () => {
    const first = await get({ query: BUDGETS });
    await api.write('recordExpenditure', { department: 'D1', fiscalYear: 2023, line: 'L1', amount: '1.00' });
    api.clock.move(400 * 86_400_000);
    expect((await again({ query: BUDGETS }, first)).status).toBe(304);
    expect((await get({ query: BUDGETS })).body).toEqual(first.body);
    const later = await again({ query: BUDGETS.replace('"5"', '"6"') }, first);
    expect(later.status).toBe(200);
    expect(jsonOf(later).data.asOf.budgets.nodes[0].executed).toBe('31.00');
  });

  test('is named by the hash of its document', async () => {
    const byHash = { documentId: `sha256:${hashOf(BUDGETS)}` };
    const first = await get(byHash);
    expect(first.body).toEqual((await get({ query: BUDGETS })).body);
    expect((await again(byHash, first)).status).toBe(304);
    // The bytes are the same, whatever the address is.
    expect((await again({ query: BUDGETS }, first)).status).toBe(304);
  });
});

describe('a tag', () => {
  const at = { position: '5' };
  const one: GetRequest = { query: BY_VARIABLES, operationName: 'One', variables: { at } };

  test.each<[string, GetRequest]>([
    ['another document', { ...one, query: `${BY_VARIABLES} ` }],
    ['another operation of the document', { ...one, operationName: 'Other' }],
    ['another position', { ...one, variables: { at: { position: '4' } } }],
    ['an effective date', { ...one, variables: { at: { ...at, effectiveAt: '2023-06-30' } } }],
    ['another unit', { ...one, variables: { at, unit: 'WAN_YUAN' } }],
  ])('is another one for %s', async (_, other) => {
    const first = await get(one);
    const answer = await again(other, first);
    expect(answer.status).toBe(200);
    expect(tagOf(answer)).toMatch(/^"/);
  });

  test('is another one for a null than for a variable that is left out and has a default', async () => {
    const [left, none] = [await get(one), await get({ ...one, variables: { at, unit: null } })];
    expect(tagOf(none)).not.toBe(tagOf(left));
  });

  test('is the same if a variable is sent that the operation does not declare', async () => {
    const first = await get(one);
    expect((await again({ ...one, variables: { at, other: 1 } }, first)).status).toBe(304);
  });

  test('is another one for the other media type', async () => {
    const accept = 'application/graphql-response+json';
    const first = await get(one);
    const other = await again(one, first, { accept });
    expect([other.status, other.headers['content-type']]).toEqual([200, expect.stringContaining(accept)]);
    expect((await again(one, other, { accept })).status).toBe(304);
  });

  test.each<[string, TokenClaims]>([
    ['may read other departments', { readDepartments: ['D1'] }],
    ['may not see details of persons', { roles: ['analyst'] }],
    ['has other roles', { roles: [...EVERY_WRITING_ROLE].slice(0, 1) }],
  ])('is another one for a caller that %s', async (_, claims) => {
    const first = await get({ query: BUDGETS });
    const answer = await again({ query: BUDGETS }, first, {}, claims);
    expect(answer.status).toBe(200);
    expect(tagOf(answer)).not.toBe(tagOf(first));
    expect((await again({ query: BUDGETS }, answer, {}, claims)).status).toBe(304);
  });

  test('is the same for another person with the same rights', async () => {
    const first = await get({ query: BUDGETS });
    expect((await again({ query: BUDGETS }, first, {}, { sub: 'u-other', name: '李' })).status).toBe(304);
  });
});

describe('a compressed answer', () => {
  const query = `{ asOf(at: { position: "5" }) { ${Array.from({ length: 40 }, (_, n) => `a${n}: budgets(fiscalYear: 2023) { nodes { id executed } }`).join(' ')} } }`;

  test.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const)('in %s has a tag of its own', async (coding, unpack) => {
    const headers = { 'accept-encoding': coding };
    const [plain, packed] = [await get({ query }), await get({ query }, headers)];
    expect(packed.headers['content-encoding']).toBe(coding);
    expect(tagOf(packed)).toBe(tagOf(plain)!.replace(/"$/, `-${coding}"`));
    expect(unpack(packed.body)).toEqual(plain.body);
    const { status, headers: kept } = await again({ query }, packed, headers);
    expect([status, kept.etag]).toEqual([304, tagOf(packed)]);
  });

  test('is not good enough for a client that does not accept its coding', async () => {
    const packed = await get({ query }, { 'accept-encoding': 'gzip' });
    expect((await again({ query }, packed)).status).toBe(200);
    expect((await again({ query }, packed, { 'accept-encoding': 'br' })).status).toBe(200);
  });
});

describe('no tag has', () => {
  const without = (answer: RawAnswer) => {
    expect(answer.headers).not.toHaveProperty('etag');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.vary).toBe('accept-encoding');
  };

  test.each<[string, GetRequest]>([
    ['an answer about now', { query: '{ budgets(fiscalYear: 2023) { nodes { executed } } }' }],
    ['an answer as of now', { query: '{ asOf(at: {}) { position } }' }],
    ['an answer as of a moment', { query: '{ asOf(at: { knownAt: "2023-01-01" }) { position } }' }],
    ['an answer with more than asOf', { query: '{ asOf(at: { position: "5" }) { position } ledger { head } }' }],
    ['an answer that looks beyond its snapshot', { query: '{ asOf(at: { position: "5" }) { checkpoint { note } } }' }],
    ['a position beyond the head', { query: '{ asOf(at: { position: "5000" }) { position } }' }],
    [
      'an answer with an error',
      { query: '{ asOf(at: { position: "5" }) { position budgets(first: -1) { nodes { id } } } }' },
    ],
    [
      'an answer with an error at its root',
      { query: '{ asOf(at: { position: "5", effectiveAt: "soon" }) { position } }' },
    ],
    ['a refused document', { query: '{ asOf(at: { position: "5" }) { nothing } }' }],
    ['an operation that is not there', { query: BUDGETS, operationName: 'None' }],
  ])('%s', async (_, request) => {
    without(await get(request));
    without(await get(request, { 'if-none-match': '*' }));
  });

  test('an answer by POST, which is not conditional either', async () => {
    const first = await get({ query: BUDGETS });
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await api.token()}`,
        'content-type': 'application/json',
        'if-none-match': tagOf(first)!,
      },
      body: JSON.stringify({ query: BUDGETS }),
    });
    expect([response.status, response.headers.get('etag')]).toEqual([200, null]);
    expect(await response.json()).toHaveProperty('extensions.cost');
  });

  test('a refusal of a caller, whatever tag it knows', async () => {
    const first = await get({ query: BUDGETS });
    without(await again({ query: BUDGETS }, first, {}, { roles: [] }));
    const unknown = await conditionalGet(api.url, 'no token', { query: BUDGETS }, { 'if-none-match': tagOf(first)! });
    expect(unknown.status).toBe(401);
    const expired = await again({ query: BUDGETS }, first, {}, { expires: 1 });
    expect(expired.status).toBe(401);
  });
});

describe('an answer by POST that was given twice', () => {
  const post = async (query: string, claims: TokenClaims = {}): Promise<any> => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await api.token(claims)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return response.json();
  };
  const question = (position: number) =>
    `{ asOf(at: { position: "${position}" }) { again: position budgets(fiscalYear: 2023) { nodes { executed } } } }`;

  test('is not made again, has the same data, and says that it costs what it has cost', async () => {
    const first = await post(question(5));
    expect(await executions(async () => post(question(5)))).toBe(1);
    let last: any;
    expect(await executions(async () => (last = await post(question(5))))).toBe(0);
    expect(last.data).toEqual(first.data);
    const { cpuMs: _, ...cost } = first.extensions.cost;
    expect(last.extensions.cost).toMatchObject(cost);
  });

  test('is the answer by GET too, with its tag', async () => {
    const first = await get({ query: question(4) });
    for (let time = 0; time < 2; time++) await post(question(4));
    let last: RawAnswer | undefined;
    expect(await executions(async () => (last = await get({ query: question(4) })))).toBe(0);
    expect([last!.body, tagOf(last!)]).toEqual([first.body, tagOf(first)]);
  });

  test.each<[string, TokenClaims]>([
    ['may read other departments', { readDepartments: ['D1'] }],
    ['has other roles', { roles: ['analyst'] }],
  ])('is made anew for a caller that %s', async (_, claims) => {
    for (let time = 0; time < 3; time++) await post(question(3));
    expect(await executions(() => post(question(3), claims))).toBe(1);
  });

  test('is refused to a caller that may not read', async () => {
    for (let time = 0; time < 3; time++) await post(question(3));
    expect((await post(question(3), { roles: [] })).errors[0].extensions.code).toBe('FORBIDDEN');
  });
});

test('a tag is sent once the position is on record', async () => {
  const head = BigInt((await api.data('{ ledger { head } }')).ledger.head);
  const query = `{ asOf(at: { position: "${head + 1n}" }) { position } }`;
  expect(tagOf(await get({ query }))).toBeUndefined();
  await api.write('registerDepartment', { code: 'D9', name: '新局' });
  expect(tagOf(await get({ query }))).toMatch(/^"/);
});

test('an answer that is kept is not given once the log turns out to be another one', async () => {
  const altered = await startApi({ telemetry: NO_TELEMETRY });
  onEnd(() => altered.close());
  await altered.write('registerDepartment', { code: 'D1', name: '局' });
  const query = '{ asOf(at: { position: "1" }) { departments { nodes { name } } } }';
  for (let time = 0; time < 3; time++) expect((await altered.ask(query)).errors).toBeUndefined();
  altered.ledger.refuse(new LogMismatch('The log was altered'));
  const { data, errors } = await altered.ask(query);
  expect([data?.asOf ?? null, errors?.[0]?.extensions.code]).toEqual([null, 'UNAVAILABLE']);
  const byGet = await conditionalGet(altered.url, await altered.token(), { query });
  expect([byGet.status, tagOf(byGet)]).toEqual([503, undefined]);
});

test('an answer that is kept spends the points of its bytes, as the one that was made', async () => {
  const [points, departments, aliases] = [60, 50, 20];
  const limited = await startLimited({ points }, onEnd);
  const name = '局'.repeat(200);
  for (let index = 0; index < departments; index++)
    await limited.write('registerDepartment', { code: `D${index}`, name }, 'position');
  const names = Array.from({ length: aliases }, (_, n) => `n${n}: name`).join(' ');
  const body = JSON.stringify({
    query: `{ asOf(at: { position: "${departments}" }) { departments { nodes { ${names} } } } }`,
  });
  const token = await limited.token({ sub: 'u-reader' });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const each = Math.floor((departments * aliases * Buffer.byteLength(name)) / BYTES_PER_POINT);
  expect(each).toBeGreaterThan(5);
  const statuses: number[] = [];
  for (let spent = 0; spent <= points; spent += each)
    statuses.push((await fetch(`${limited.url}/graphql`, { method: 'POST', headers, body })).status);
  expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 200]);
  expect(statuses.at(-1)).toBe(429);
});

test('a request that is answered from a cache spends points as any other', async () => {
  const points = 20;
  const limited = await startLimited({ points }, onEnd);
  await limited.write('registerDepartment', { code: 'D1', name: '局' }, 'position');
  const request = { query: '{ asOf(at: { position: "1" }) { position } }' };
  const token = await limited.token();
  const first = await conditionalGet(limited.url, token, request);
  const kept = { 'if-none-match': tagOf(first)! };
  const statuses: number[] = [];
  // Each request costs a point, and its CPU time may cost more.
  for (let n = 0; n < points; n++) statuses.push((await conditionalGet(limited.url, token, request, kept)).status);
  expect(new Set(statuses)).toEqual(new Set([304, 429]));
  expect(statuses.slice(points - 2)).toEqual([429, 429]);
});
