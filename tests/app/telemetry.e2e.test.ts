import { SignJWT } from 'jose';
import pino from 'pino';
import { readConfig } from '../../src/app/config';
import { Server, startServer } from '../../src/app/server';
import { temporaryFolder } from '../support/temporary-folder';

/** What an operator sees of a server: its metrics and its log. */

const SECRET = 'a secret for tests only, which is long enough';
const NAME = '张编辑';
const folder = temporaryFolder();
const lines: (Readonly<Record<string, unknown>> & { readonly msg: string })[] = [];
const logged = (msg: string) => lines.filter((line) => line.msg === msg);
let server: Server;
let token: string;

beforeAll(async () => {
  const environment = {
    PORT: '0',
    DATA_DIR: folder.path,
    AUTH_JWT_SECRET: SECRET,
    METRICS_PORT: '0',
    SLOW_MS: '600000',
  };
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as never) });
  server = await startServer(readConfig(environment), logger);
  token = await new SignJWT({ name: NAME, roles: ['admin'], departments: '*' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('u-admin')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});
beforeEach(() => (lines.length = 0));

async function ask(query: string, { variables, bearer = token, operationName }: Asked = {}): Promise<unknown> {
  const response = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return response.json();
}
interface Asked {
  readonly variables?: object;
  readonly bearer?: string;
  readonly operationName?: string;
}
const scrape = async (): Promise<string> => (await fetch(`${server.metricsAddress!}/metrics`)).text();
/** The series of a scrape, without their figures. */
const seriesOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('mingjian_'))
    .map((line) => line.slice(0, line.lastIndexOf(' ')));

const REGISTER =
  'mutation Register($input: RegisterDepartmentInput!) { registerDepartment(input: $input) { position } }';

test('a write and a read are in the metrics: operations, appends, calls, positions', async () => {
  await ask(REGISTER, { variables: { input: { code: 'D1', name: '市政数局' } } });
  await ask('{ ledger { head } }');
  const text = await scrape();
  expect(text).toContain('mingjian_operations_total{transport="http",field="registerDepartment",outcome="ok"} 1');
  expect(text).toContain('mingjian_operations_total{transport="http",field="ledger",outcome="ok"} 1');
  expect(text).toContain('mingjian_appends_total{result="appended"} 1');
  expect(text).toContain('mingjian_engine_call_seconds_count{engine="event-store",call="append",result="ok"} 1');
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  expect(text).toMatch(/^process_resident_memory_bytes /m);
});

test('no cache keeps what metrics and health say', async () => {
  for (const address of [
    `${server.metricsAddress!}/metrics`,
    `${server.address}/health/live`,
    `${server.address}/health/ready`,
  ])
    expect((await fetch(address)).headers.get('cache-control')).toBe('no-store');
});

test('the port of the metrics serves nothing else, and the port of the API serves no metrics', async () => {
  expect((await fetch(`${server.metricsAddress!}/graphql`)).status).toBe(404);
  expect((await fetch(`${server.address}/metrics`)).status).toBe(404);
  expect(new URL(server.metricsAddress!).hostname).toBe('127.0.0.1');
});

test('names, paths, methods and tokens that callers make up add no series', async () => {
  const madeUp = async (i: number): Promise<void> => {
    await ask(`query made_up_${i} { ledger { head } }`);
    await ask(`{ made_up_${i} }`);
    await ask('{ ledger { head } }', { operationName: `made_up_${i}`, bearer: `made_up_${i}` });
    await fetch(`${server.address}/made_up_${i}`, { method: ['PUT', 'PATCH', 'QUERY'][i % 3] });
  };
  await madeUp(0);
  const before = seriesOf(await scrape());
  for (let i = 1; i <= 25; i++) await madeUp(i);
  const text = await scrape();
  expect(seriesOf(text).sort()).toEqual(before.sort());
  expect(text).not.toContain('made_up');
});

test('an operation has a line in the log: who, what, how it ended, and no names or amounts', async () => {
  const input = { code: 'D2', name: '审计局' };
  await ask(REGISTER, { variables: { input } });
  expect(logged('an operation has ended')).toMatchObject([
    {
      level: 30,
      transport: 'http',
      type: 'mutation',
      operation: 'Register',
      fields: 'registerDepartment',
      sub: 'u-admin',
      outcome: 'ok',
      ms: expect.any(Number),
      costFields: expect.any(Number),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  ]);
  const text = JSON.stringify(lines);
  for (const secret of [NAME, token, input.name, input.code]) expect(text).not.toContain(secret);
});

test('a refused token is logged with the reason, and never the token', async () => {
  await ask('{ ledger { head } }', { bearer: 'eyJh.eyJz.c2ln' });
  expect(logged('a token was refused')).toMatchObject([{ level: 30, reason: 'invalid' }]);
  expect(logged('an operation has ended')).toMatchObject([{ outcome: 'unauthenticated', codes: 'UNAUTHENTICATED' }]);
  expect(JSON.stringify(lines)).not.toContain('eyJ');
});

test('a name in the log is cut, and has no characters that a name of GraphQL cannot have', async () => {
  await ask('{ ledger { head } }', { operationName: `x"\n\u001b[31m${'y'.repeat(1_000)}` });
  const [line] = logged('an operation has ended');
  expect(line!.operation).toMatch(/^x_+31my{54,60}$/);
});
