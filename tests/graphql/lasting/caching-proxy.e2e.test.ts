import { Signal } from '../../../src/kernel/telemetry';
import { startApi, TestApi } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';
import { conditionalGet, GetRequest, tagOf } from '../../support/conditional-get';
import { ProxyPlaces, startNginx } from '../../support/nginx';
import { jsonOf, RawAnswer } from '../../support/raw-request';

/** A real nginx between clients and the server, with a cache. */

const onEnd = cleanUps();
const signals: Signal[] = [];

/** What a cache of nginx did for an answer. */
const CACHED = 'x-cached';

/** Two departments with 10.00 spent each, and what a caller of one department, or of both, gets through a proxy. */
async function startLedger() {
  const api = await startApi({ telemetry: { report: (signal) => void signals.push(signal) } });
  onEnd(() => api.close());
  const lines = [{ code: 'L1', name: '明细', fundSource: 'UNIT_FUNDS', amount: '100.00' }];
  const paid: string[] = [];
  for (const department of ['D1', 'D2']) {
    await api.write('registerDepartment', { code: department, name: `局 ${department}` });
    await api.write('approveBudget', { department, fiscalYear: 2023, lines });
    const payment = { department, fiscalYear: 2023, line: 'L1', amount: '10.00', payee: '甲' };
    paid.push((await api.write('recordExpenditure', payment)).changes[0].id);
  }
  const correct = (amount: string) =>
    api.write('correctBudgetFact', { department: 'D1', fiscalYear: 2023, change: paid[0], amount, reason: '误记' });
  return { api, correct };
}

const WHOLE = 'budgets(fiscalYear: 2023) { nodes { department { code } executed } }';
const atPosition = (position: string): GetRequest => ({
  query: `{ asOf(at: { position: "${position}" }) { ${WHOLE} } }`,
});
const NOW: GetRequest = { query: `{ ${WHOLE} }` };

/** Asks through a proxy as an analyst of these departments. */
async function through(
  url: string,
  api: TestApi,
  readDepartments: string | readonly string[],
  request: GetRequest,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const token = await api.token({ sub: `u-${String(readDepartments)}`, roles: ['analyst'], readDepartments });
  return conditionalGet(url, token, request, headers);
}

/** What is executed of each budget. */
function spent(answer: RawAnswer): Record<string, string> {
  const { data } = jsonOf(answer);
  const { nodes } = (data.asOf ?? data).budgets;
  return Object.fromEntries(nodes.map(({ department, executed }: any) => [department.code, executed]));
}

/**
 * The worst cache that still asks: it shares answers by their address alone, although they are private and vary, and asks the server
 * whether they still hold. The server behind it says that each answer is out of date at once.
 */
const sharing =
  (server: string) =>
  ({ port, folder }: ProxyPlaces): string => `
    proxy_cache_path ${folder}/answers keys_zone=answers:1m;
    server {
      listen 127.0.0.1:${port};
      location / {
        proxy_pass http://unix:${folder}/inner.sock;
        proxy_cache answers;
        proxy_cache_key $request_uri;
        proxy_cache_revalidate on;
        proxy_ignore_headers Cache-Control Expires Vary Set-Cookie;
        add_header X-Cached $upstream_cache_status always;
      }
    }
    server {
      listen unix:${folder}/inner.sock;
      location / {
        proxy_pass ${server};
        add_header X-Accel-Expires @1;
      }
    }
  `;

/** A cache that keeps what it may keep. With a cache, nginx hands on what a client has only if it is told to. */
const usual =
  (server: string) =>
  ({ port, folder }: ProxyPlaces): string => `
    proxy_cache_path ${folder}/answers keys_zone=answers:1m;
    server {
      listen 127.0.0.1:${port};
      location / {
        proxy_pass ${server};
        proxy_cache answers;
        proxy_set_header If-None-Match $http_if_none_match;
        add_header X-Cached $upstream_cache_status always;
      }
    }
  `;

/** A cache that keeps answers for an hour and does not ask, although it must. It knows only that they vary. */
const careless =
  (server: string) =>
  ({ port, folder }: ProxyPlaces): string => `
    proxy_cache_path ${folder}/answers keys_zone=answers:1m;
    server {
      listen 127.0.0.1:${port};
      location / {
        proxy_pass ${server};
        proxy_cache answers;
        proxy_cache_key $request_uri;
        proxy_cache_valid 200 1h;
        proxy_ignore_headers Cache-Control;
        add_header X-Cached $upstream_cache_status always;
      }
    }
  `;

test('behind a cache that shares answers and asks again, each caller gets its own, before and after a correction', async () => {
  const { api, correct } = await startLedger();
  const { url } = await startNginx(sharing(api.url), onEnd);
  const ask = (departments: string | readonly string[], request: GetRequest, headers?: Record<string, string>) =>
    through(url, api, departments, request, headers);

  const first = await ask(['D1'], atPosition('6'));
  expect([first.headers[CACHED], spent(first)]).toEqual(['MISS', { D1: '10.00' }]);
  const again = await ask(['D1'], atPosition('6'));
  expect([again.status, again.headers[CACHED]]).toEqual([200, 'REVALIDATED']);
  expect(again.body).toEqual(first.body);
  expect(signals).toContainEqual({ kind: 'cache-asked', cache: 'answers', found: true });

  // The same address, and the cache has the answer of the first caller.
  const second = await ask(['D2'], atPosition('6'));
  expect([second.headers[CACHED], spent(second)]).toEqual(['EXPIRED', { D2: '10.00' }]);
  expect(spent(await ask(['D1'], atPosition('6')))).toEqual({ D1: '10.00' });
  expect(spent(await ask('*', atPosition('6')))).toEqual({ D1: '10.00', D2: '10.00' });
  expect((await ask('*', atPosition('6'))).headers[CACHED]).toBe('REVALIDATED');
  expect((await conditionalGet(url, 'no token', atPosition('6'))).status).toBe(401);

  expect(spent(await ask('*', NOW))).toEqual({ D1: '10.00', D2: '10.00' });
  const { position } = await correct('12.00');
  expect(spent(await ask('*', NOW))).toEqual({ D1: '12.00', D2: '10.00' });
  expect(spent(await ask(['D2'], NOW))).toEqual({ D2: '10.00' });
  // What was on record then stays as it was, and what is on record now is another question.
  const then = await ask('*', atPosition('6'));
  expect([then.headers[CACHED], spent(then)]).toEqual(['REVALIDATED', { D1: '10.00', D2: '10.00' }]);
  expect(spent(await ask('*', atPosition(position)))).toEqual({ D1: '12.00', D2: '10.00' });
  expect(spent(await ask(['D1'], atPosition(position)))).toEqual({ D1: '12.00' });
});

test('a cache that shares answers gives no compressed one to a client that cannot read it', async () => {
  const { api } = await startLedger();
  const { url } = await startNginx(sharing(api.url), onEnd);
  const aliases = Array.from({ length: 20 }, (_, n) => `a${n}: ${WHOLE}`).join(' ');
  const request = { query: `{ asOf(at: { position: "6" }) { ${WHOLE} ${aliases} } }` };
  const packed = await through(url, api, '*', request, { 'accept-encoding': 'gzip' });
  expect(packed.headers['content-encoding']).toBe('gzip');
  const plain = await through(url, api, '*', request);
  expect([plain.headers[CACHED], plain.headers['content-encoding']]).toEqual(['EXPIRED', undefined]);
  expect(spent(plain)).toEqual({ D1: '10.00', D2: '10.00' });
});

test('a usual cache keeps nothing, and a client that has an answer gets it confirmed', async () => {
  const { api } = await startLedger();
  const { url } = await startNginx(usual(api.url), onEnd);
  const first = await through(url, api, ['D1'], atPosition('6'));
  expect([first.headers[CACHED], spent(first)]).toEqual(['MISS', { D1: '10.00' }]);
  expect(spent(await through(url, api, ['D2'], atPosition('6')))).toEqual({ D2: '10.00' });
  const kept = { 'if-none-match': tagOf(first)! };
  expect((await through(url, api, ['D1'], atPosition('6'), kept)).status).toBe(304);
  expect((await through(url, api, ['D2'], atPosition('6'), kept)).status).toBe(200);
});

test('a cache that keeps what it must not keep still does not give one caller the answer of another', async () => {
  const { api } = await startLedger();
  const { url } = await startNginx(careless(api.url), onEnd);
  const [first, second] = [await api.token({ readDepartments: ['D1'] }), await api.token({ readDepartments: ['D2'] })];
  const ask = async (token: string) => {
    const answer = await conditionalGet(url, token, atPosition('6'));
    return [answer.headers[CACHED], spent(answer)];
  };
  expect(await ask(first)).toEqual(['MISS', { D1: '10.00' }]);
  expect(await ask(second)).toEqual(['MISS', { D2: '10.00' }]);
  expect(await ask(first)).toEqual(['HIT', { D1: '10.00' }]);
});
