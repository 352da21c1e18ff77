import { TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { Points, startLimited, WINDOW_SECONDS } from '../support/limited-api';

const onEnd = cleanUps();
const QUERY = '{ ledger { demo } }';
const startWith = (points: Points) => startLimited(points, onEnd);

interface Sent {
  readonly path?: string;
  readonly token?: string;
  readonly from?: string;
}

async function send(api: TestApi, { path = '/graphql', token, from }: Sent = {}): Promise<Response> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    authorization: `Bearer ${token ?? (await api.token())}`,
  };
  if (from !== undefined) headers['x-forwarded-for'] = from;
  if (path.startsWith('/changes')) return fetch(api.url + path, { headers });
  return fetch(api.url + path, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) });
}

const PATHS = ['/graphql', '/graphql/stream', '/changes.ndjson'];

test('an answer says what is left', async () => {
  const api = await startWith({ points: 100, pointsPerAddress: 500 });
  for (const [index, path] of PATHS.entries()) {
    const response = await send(api, { path });
    await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('ratelimit-policy')).toBe('"principal";q=100;w=3600, "address";q=500;w=3600');
    const left = /^"principal";r=(\d+);t=(\d+), "address";r=(\d+);t=(\d+)$/.exec(
      response.headers.get('ratelimit') ?? '',
    );
    const [, principal, , address, seconds] = (left ?? []).map(Number);
    // Each request costs a point, and its CPU time may cost more.
    expect(principal).toBeLessThanOrEqual(99 - index);
    expect(500 - address!).toBe(100 - principal!);
    expect(seconds).toBeLessThanOrEqual(WINDOW_SECONDS);
  }
});

test.each(PATHS)('at %s a principal without points is refused with 429, and others are not', async (path) => {
  const api = await startWith({ points: 3 });
  for (let n = 0; n < 2; n++) await (await send(api)).text();
  await (await send(api)).text();
  const refused = await send(api, { path });
  expect(refused.status).toBe(429);
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(WINDOW_SECONDS);
  expect(refused.headers.get('ratelimit')).toMatch(/^"principal";r=0;/);
  expect(await refused.json()).toEqual({
    errors: [
      {
        message: expect.stringMatching(/^The principal may spend 3 points in 3600 seconds; try again in \d+ s$/),
        extensions: { code: 'LIMIT_EXCEEDED', limit: 'ratePoints', retryAfterSeconds: seconds },
      },
    ],
  });
  const other = await send(api, { path, token: await api.token({ sub: 'another' }) });
  expect(other.status).toBe(200);
  await other.text();
});

test.each(PATHS)('at %s requests with bad tokens spend the points of their address', async (path) => {
  const api = await startWith({ pointsPerAddress: 3 });
  const statuses: number[] = [];
  for (let n = 0; n < 5; n++) {
    const response = await send(api, { path, token: `bad${n}` });
    await response.text();
    statuses.push(response.status);
  }
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
  const refused = await send(api, { path });
  expect((await refused.json()) as object).toMatchObject({
    errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'ratePointsPerAddress' } }],
  });
});

test('behind a trusted proxy each client has its own points; what another client claims does not count', async () => {
  const trusting = await startWith({ pointsPerAddress: 1, proxies: ['loopback'] });
  for (const from of ['198.51.100.1', '198.51.100.2', '2001:db8::1'])
    expect((await send(trusting, { from })).status).toBe(200);
  expect((await send(trusting, { from: '2001:db8::2' })).status).toBe(429);

  const suspicious = await startWith({ pointsPerAddress: 1 });
  expect((await send(suspicious, { from: '198.51.100.1' })).status).toBe(200);
  expect((await send(suspicious, { from: '198.51.100.2' })).status).toBe(429);
});

test('paths that need no token are not limited', async () => {
  const api = await startWith({ pointsPerAddress: 1 });
  for (let n = 0; n < 5; n++) {
    const response = await fetch(`${api.url}/none`);
    expect(response.status).toBe(404);
    expect(response.headers.get('ratelimit')).toBeNull();
  }
});

test('the text of an export is charged', async () => {
  const api = await startWith({ points: 1_000 });
  for (const code of ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8'])
    await api.write('registerDepartment', { code, name: '局', reason: '由'.repeat(20_000) });
  const left = async (): Promise<number> =>
    Number(/^"principal";r=(\d+)/.exec((await send(api)).headers.get('ratelimit') ?? '')?.[1]);
  const before = await left();
  await (await send(api, { path: '/changes.ndjson' })).text();
  // One for each of the two requests, and more for a text of 480,000 bytes.
  expect(await left()).toBeLessThanOrEqual(before - 5);
});
