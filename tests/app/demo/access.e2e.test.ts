import { decodeJwt, SignJWT } from 'jose';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { ConfigError, readConfig } from '../../../src/app/config';
import { buildDemoLedger } from '../../../src/app/demo/build';
import { Server, startServer } from '../../../src/app/server';
import { temporaryFolder, TemporaryFolder } from '../../support/temporary-folder';
import { LEDGER, registering } from './support';

/** What each client can reach in demo mode, and what is left when it is off. */

const SECRET = 'a secret of the operator, long enough';
const ROOT = join(__dirname, '../../..');

let folder: TemporaryFolder;
let data: string;
const running: Server[] = [];
beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  folder.remove();
});

interface Logged {
  readonly level: number;
  readonly msg: string;
}

async function start(environment: Readonly<Record<string, string>>, logged: Logged[] = []): Promise<Server> {
  const logger = pino({ level: 'warn' }, { write: (line: string) => logged.push(JSON.parse(line) as Logged) });
  const server = await startServer(readConfig({ PORT: '0', DATA_DIR: data, ...environment }), logger);
  running.push(server);
  return server;
}

async function stop(server: Server): Promise<void> {
  running.splice(running.indexOf(server), 1);
  await server.stop();
}

/** A demo of one step, so that the start does not build the whole report. */
const buildShortDemo = () => buildDemoLedger({ ...LEDGER, path: join(data, 'ledger.db'), steps: [registering] });

const demoTokens = () =>
  JSON.parse(readFileSync(join(data, 'demo-tokens.json'), 'utf8')) as Record<string, { readonly token: string }>;

async function ask(server: Server, token: string, query = '{ ledger { demo } }') {
  const response = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...(await response.json()) };
}

const operatorsToken = () =>
  new SignJWT({ roles: ['admin'], departments: '*' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('admin')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));

/** Name, mode and bytes of all files in the folder and in those within it. */
const contents = (path = data) =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((name) => statSync(join(path, name)).isFile())
    .map((name) => {
      const file = join(path, name);
      return { name, mode: statSync(file).mode & 0o777, bytes: readFileSync(file).toString('base64') };
    });

describe('on a real ledger', () => {
  const refused = async () => {
    const error: unknown = await start({ DEMO: '1' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toMatch(/^DEMO: .*ledger\.db was not built as a demo ledger, [^\n]*DATA_DIR/);
  };

  it('demo mode is refused in one line, and writes nothing', async () => {
    await stop(await start({ AUTH_JWT_SECRET: SECRET }));
    const before = contents();
    await refused();
    expect(contents()).toEqual(before);
  });

  it('demo mode is refused after a crash, and does not recover the file', async () => {
    const crashing = spawn(
      process.execPath,
      [
        '--require',
        join(ROOT, 'tests/support/run-typescript.cjs'),
        join(ROOT, 'tests/support/append-without-end.ts'),
        join(data, 'ledger.db'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(crashing.stdout, 'data');
    crashing.kill('SIGKILL');
    await once(crashing, 'exit');
    const before = contents();
    expect(before.map(({ name }) => name)).toContain('ledger.db-wal');
    await refused();
    expect(contents()).toEqual(before);
  });

  it('demo mode is refused if version 0.1.0 wrote it', async () => {
    mkdirSync(data);
    copyFileSync(join(ROOT, 'tests/fixtures/0.1.0/ledger.db'), join(data, 'ledger.db'));
    const before = contents();
    await refused();
    expect(contents()).toEqual(before);
  });

  it.each([
    ['an empty file', ''],
    ['a text', 'not a ledger '.repeat(20)],
  ])('demo mode is refused if the file is %s', async (_what, text) => {
    mkdirSync(data);
    writeFileSync(join(data, 'ledger.db'), text);
    await refused();
    expect(readFileSync(join(data, 'ledger.db'), 'utf8')).toBe(text);
  });
});

describe('a demo ledger', () => {
  beforeEach(buildShortDemo);

  it('is served again in demo mode, with what was recorded in it', async () => {
    const first = await start({ DEMO: '1' });
    const register = 'mutation { registerDepartment(input: { code: "D2", name: "丙局" }) { position } }';
    await ask(first, demoTokens().admin!.token, register);
    await stop(first);
    const second = await start({ DEMO: '1' });
    const question = '{ department(code: "D2") { name } ledger { demo } }';
    const { status, data } = await ask(second, demoTokens().auditor!.token, question);
    expect({ status, data }).toEqual({ status: 200, data: { department: { name: '丙局' }, ledger: { demo: true } } });
  });

  it('is never served as a real ledger', async () => {
    await stop(await start({ DEMO: '1' }));
    const before = contents();
    const starting = start({ AUTH_JWT_SECRET: SECRET });
    await expect(starting).rejects.toThrow(ConfigError);
    await expect(starting).rejects.toThrow(/^DEMO: .*ledger\.db is a demo ledger, [^\n]*DEMO=1/);
    expect(contents()).toEqual(before);
  });
});

describe('the tokens of demo mode', () => {
  beforeEach(buildShortDemo);

  const withSecret = { DEMO: '1', AUTH_JWT_SECRET: SECRET, AUTH_ISSUER: 'https://id.example', AUTH_AUDIENCE: 'api' };

  it('are signed with a secret of its own, and the start says which variables are not used', async () => {
    const logged: Logged[] = [];
    const server = await start(withSecret, logged);
    expect(logged).toEqual([
      expect.objectContaining({ level: 40, msg: expect.stringMatching(/AUTH_JWT_SECRET, .* are not used/) }),
    ]);
    expect((await ask(server, demoTokens().auditor!.token)).status).toBe(200);
    expect((await ask(server, await operatorsToken())).status).toBe(401);
    expect(readFileSync(join(data, 'demo-secret'), 'utf8')).not.toContain(SECRET);
  });

  it('are invalid when it is off', async () => {
    await stop(await start(withSecret));
    const tokens = demoTokens();
    const server = await start({ AUTH_JWT_SECRET: SECRET, DATA_DIR: join(folder.path, 'real') });
    for (const { token } of Object.values(tokens)) expect((await ask(server, token)).status).toBe(401);
    expect((await ask(server, await operatorsToken())).status).toBe(200);
  });

  it('are valid for a week, made again at each start, and stay valid after a restart', async () => {
    await stop(await start({ DEMO: '1' }));
    const before = demoTokens().auditor!.token;
    const { iat, exp } = decodeJwt(before);
    expect(exp! - iat!).toBe(7 * 24 * 3600);
    const server = await start({ DEMO: '1' });
    expect((await ask(server, before)).status).toBe(200);
    expect(decodeJwt(demoTokens().auditor!.token).iat).toBeGreaterThanOrEqual(iat!);
  });

  it('are signed with a new secret if the stored one is too short', async () => {
    await stop(await start({ DEMO: '1' }));
    writeFileSync(join(data, 'demo-secret'), 'short\n');
    const server = await start({ DEMO: '1' });
    expect((await ask(server, demoTokens().auditor!.token)).status).toBe(200);
    expect(readFileSync(join(data, 'demo-secret'), 'utf8')).not.toContain('short');
  });
});

describe('the address', () => {
  beforeEach(buildShortDemo);

  it('is reported as open to everyone at each start, if it is', async () => {
    const logged: Logged[] = [];
    const server = await start({ DEMO: '1', DEMO_PUBLIC: '1', HOST: '0.0.0.0' }, logged);
    const said = expect.stringContaining('DEMO_PUBLIC=1: everyone who can reach this address');
    expect(logged).toEqual([expect.objectContaining({ level: 40, msg: said })]);
    expect(await server.greet!()).toEqual(said);
  });

  it('is not reported as open if it is not', async () => {
    const logged: Logged[] = [];
    const server = await start({ DEMO: '1' }, logged);
    expect(logged).toEqual([]);
    expect(await server.greet!()).not.toContain('DEMO_PUBLIC');
  });
});

describe('the files', () => {
  let umask: number;
  beforeEach(() => {
    umask = process.umask(0);
  });
  afterEach(() => {
    process.umask(umask);
  });

  const LEDGER_FILES = ['ledger.db', 'ledger.db-anchor', 'ledger.db-lock', 'ledger.db-shm', 'ledger.db-wal'];
  const OTHER_FILES = ['read-models.db', 'read-models.db-wal', 'reads'];
  const DEMO_FILES = ['demo-policy.txt', 'demo-secret', 'demo-signing-key.pem', 'demo-tokens.json'];

  it.each([
    ['of a demo', { DEMO: '1' }, [...DEMO_FILES, ...LEDGER_FILES, ...OTHER_FILES, 'tree']],
    ['of a real ledger', { AUTH_JWT_SECRET: SECRET }, [...LEDGER_FILES, ...OTHER_FILES]],
  ])('only their owner can read %s, while it runs and afterwards', async (_whose, environment, names) => {
    const server = await start(environment);
    const token = 'DEMO' in environment ? demoTokens().admin!.token : await operatorsToken();
    await ask(server, token, 'mutation { registerDepartment(input: { code: "D2", name: "丙局" }) { position } }');
    expect(readdirSync(data).sort()).toEqual(names);
    expect(new Set(contents().map(({ mode }) => mode))).toEqual(new Set([0o600]));
    expect(statSync(data).mode & 0o777).toBe(0o700);
    await stop(server);
    expect(new Set(contents().map(({ mode }) => mode))).toEqual(new Set([0o600]));
  });

  it('with the tokens become private again, even if others could read them before', async () => {
    await buildShortDemo();
    await stop(await start({ DEMO: '1' }));
    const tokens = join(data, 'demo-tokens.json');
    chmodSync(tokens, 0o644);
    await start({ DEMO: '1' });
    expect(statSync(tokens).mode & 0o777).toBe(0o600);
    expect(readdirSync(data).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
