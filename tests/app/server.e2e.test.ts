import { SignJWT } from 'jose';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import pino from 'pino';
import { readConfig } from '../../src/app/config';
import { FIRST_QUERY } from '../../src/app/demo/graphiql-tabs';
import { Server, startServer } from '../../src/app/server';
import { temporaryFolder, TemporaryFolder } from '../support/temporary-folder';
import { WITH_COST } from '../support/cost';

const LOGGER = pino({ level: 'silent' });
const SECRET = 'a secret of the operator, long enough';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const start = (environment: Record<string, string> = {}): Promise<Server> =>
  startServer(readConfig({ AUTH_JWT_SECRET: SECRET, PORT: '0', DATA_DIR: folder.path, ...environment }), LOGGER);

async function ask(address: string, query: string): Promise<any> {
  const token = await new SignJWT({ roles: ['admin'], departments: '*' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('admin')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

test('what was recorded is there after a restart', async () => {
  const first = await start();
  await ask(first.address, 'mutation { registerDepartment(input: { code: "D", name: "甲局" }) { position } }');
  await first.stop();
  const second = await start();
  expect(await ask(second.address, '{ department(code: "D") { name } ledger { demo } }')).toEqual({
    data: { department: { name: '甲局' }, ledger: { demo: false } },
    extensions: WITH_COST,
  });
  await second.stop();
});

test('a ledger that another process has open is refused with one line', async () => {
  const server = await start();
  await expect(start()).rejects.toThrow(/ledger\.db/);
  await server.stop();
});

test('a stop still answers the requests that have begun', async () => {
  const server = await start();
  const begun = ask(
    server.address,
    'mutation { registerDepartment(input: { code: "D", name: "甲局" }) { projected } }',
  );
  const [answer] = await Promise.all([begun, begun.then(() => server.stop())]);
  expect(answer).toEqual({ data: { registerDepartment: { projected: true } }, extensions: WITH_COST });
  await expect(fetch(`${server.address}/health/live`)).rejects.toThrow();
});

test('health', async () => {
  const server = await start();
  for (const name of ['live', 'ready']) {
    const response = await fetch(`${server.address}/health/${name}`);
    expect([response.status, await response.json()]).toEqual([200, { status: name }]);
  }
  await server.stop();
});

test('outside demo mode there is no page at /', async () => {
  const server = await start();
  expect((await fetch(server.address)).status).toBe(404);
  await server.stop();
});

describe('in demo mode', () => {
  test('GraphiQL uses no other host, and its first query is answered', async () => {
    const server = await start({ DEMO: '1' });
    const page = await fetch(server.address);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'/);
    const html = await page.text();
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="(https?:)?\/\//);
    expect(html).toContain('Bearer ');
    const token = /Bearer [\w.-]+/.exec(html)![0];
    const response = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: token },
      body: JSON.stringify({ query: FIRST_QUERY }),
    });
    const answer = await response.json();
    expect(answer.data.now.revised).toBe('11604.08');
    expect(answer.data.asOf.budget.revised).toBe('9689.88');
    await server.stop();
  });

  test('without a PORT the next free one is used', async () => {
    const blocker = createServer().listen(4000, '127.0.0.1');
    await once(blocker, 'listening').catch(() => undefined);
    const server = await start({ DEMO: '1', PORT: '' });
    expect(Number(new URL(server.address).port)).toBeGreaterThan(4000);
    await server.stop();
    blocker.close();
  });

  test('the query in its greeting was really executed', async () => {
    const server = await start({ DEMO: '1' });
    const text = await server.greet!();
    expect(text).toContain(server.address);
    expect(text).toContain('"revised":"9689.88"');
    expect(text).toContain('"revised":"10689.88"');
    await server.stop();
  });
});

describe('the process', () => {
  const run = (environment: Record<string, string>) =>
    spawn(
      process.execPath,
      ['--require', path.join(__dirname, '../support/run-typescript.cjs'), path.join(__dirname, '../../src/main.ts')],
      {
        env: { PATH: process.env.PATH, DATA_DIR: folder.path, ...environment },
      },
    );
  const text = async (stream: NodeJS.ReadableStream): Promise<string> => {
    let all = '';
    for await (const chunk of stream) all += String(chunk);
    return all;
  };

  test('a wrong value stops it with one line and status 1', async () => {
    const child = run({ PORT: 'x' });
    const [[code], error] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    expect(code).toBe(1);
    expect(error.trim().split('\n')).toEqual([expect.stringMatching(/^mingjian: .*PORT: expected a whole number/)]);
  });

  test('a port that is in use is reported with its variable', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const child = run({ AUTH_JWT_SECRET: SECRET, PORT: String(port), LOG_LEVEL: 'silent' });
    const [[code], error] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    blocker.close();
    expect(code).toBe(1);
    expect(error).toMatch(/^mingjian: PORT: .*EADDRINUSE/);
  });

  test('SIGTERM stops it with status 0', async () => {
    const child = run({ AUTH_JWT_SECRET: SECRET, PORT: '0' });
    for await (const chunk of child.stderr) if (String(chunk).includes('"listening"')) break;
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });
});
