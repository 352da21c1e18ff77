import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pino from 'pino';
import { ConfigError, readConfig } from '../../src/app/config';
import { buildDemoLedger } from '../../src/app/demo/build';
import { reportOpenedLedger } from '../../src/app/opened-ledger';
import { startServer } from '../../src/app/server';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { temporaryFolder, TemporaryFolder } from '../support/temporary-folder';
import { LEDGER, registering } from './demo/support';

/** What the operator sees of the ledger that a configuration opens, and which ledgers it does not begin. */

const SECRET = { AUTH_JWT_SECRET: 'a secret of the operator, long enough' };
let folder: TemporaryFolder;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'ledger.db');
});
afterEach(() => {
  folder.remove();
});

interface Line {
  readonly level: number;
  readonly msg: string;
}
const WARNING = 40;

async function reportOf(head: bigint, environment: Readonly<Record<string, string>>): Promise<readonly Line[]> {
  const lines: Line[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line) as Line) });
  const config = readConfig({ ...SECRET, DATA_DIR: folder.path, ...environment });
  const { signal } = new AbortController();
  await reportOpenedLedger({ head: () => Promise.resolve(head) }, config, { logger, signal });
  return lines;
}

test('the server names the ledger that it has opened', async () => {
  expect(await reportOf(7n, { LEDGER_TIME_ZONE: 'UTC' })).toMatchObject([
    { level: 30, ledger: file, kind: 'real', head: '7', timeZone: 'UTC', msg: 'opened the ledger' },
  ]);
});

test('an empty ledger is a warning, because a mistake would look like it', async () => {
  const url = 'kurrentdb://admin:geheim@x:2113?tls=false';
  const lines = await reportOf(0n, { EVENTSTORE_URL: url, STREAM_PREFIX: 'other-' });
  expect(lines).toMatchObject([
    {
      level: WARNING,
      ledger: 'kurrentdb://***@x:2113?tls=false, streams other-*',
      msg: 'opened a new ledger, which has no events yet',
    },
  ]);
});

test('a ledger file beside EVENTSTORE_URL is a warning', async () => {
  await openSqliteEventStore({ path: file, prefix: 'mingjian-' }).close();
  const lines = await reportOf(7n, { EVENTSTORE_URL: 'kurrentdb://x:2113' });
  expect(lines[1]).toMatchObject({ level: WARNING, file, msg: expect.stringMatching(/EVENTSTORE_URL is set$/) });
});

const refused = async (): Promise<string> => {
  const before = readdirSync(folder.path);
  const config = readConfig({ ...SECRET, PORT: '0', DATA_DIR: folder.path });
  const error: unknown = await startServer(config, pino({ level: 'silent' })).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect(readdirSync(folder.path)).toEqual(before);
  return (error as ConfigError).message;
};

test('no ledger is begun beside a real one of another name', async () => {
  await openSqliteEventStore({ path: file, prefix: 'mingjian-' }).close();
  renameSync(file, join(folder.path, 'ledger-2025.db'));
  expect(await refused()).toMatch(
    /^DATA_DIR: .* does not exist, but its folder has ledger-2025\.db, ledger\.db-anchor; put the ledger back/,
  );
});

test('no real ledger is begun beside a demo ledger of another name', async () => {
  await buildDemoLedger({ ...LEDGER, path: join(folder.path, 'demo.db'), steps: [registering] });
  expect(await refused()).toMatch(/demo\.db/);
});

test('no ledger is begun if the write-ahead log of one is left', async () => {
  writeFileSync(`${file}-wal`, 'frames');
  expect(await refused()).toMatch(/ledger\.db-wal/);
});

test('a ledger is begun beside files that are none', async () => {
  writeFileSync(join(folder.path, 'notes.txt'), 'not a ledger '.repeat(20));
  writeFileSync(join(folder.path, 'empty.db'), '');
  mkdirSync(join(folder.path, 'folder.db'));
  const config = readConfig({ ...SECRET, PORT: '0', DATA_DIR: folder.path });
  const server = await startServer(config, pino({ level: 'silent' }));
  await server.stop();
  expect(readdirSync(folder.path)).toContain('ledger.db');
});

test('the process warns of each variable that it does not know, and of the new ledger', async () => {
  const child = spawn(
    process.execPath,
    ['--require', join(__dirname, '../support/run-typescript.cjs'), join(__dirname, '../../src/main.ts')],
    {
      env: { PATH: process.env.PATH, ...SECRET, PORT: '0', DATA_DIR: folder.path, REDISURL: 'x', MINGJIAN_COLOUR: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const warnings: string[] = [];
  const exited = once(child, 'exit');
  for await (const text of createInterface({ input: child.stderr })) {
    const line = JSON.parse(text) as Line;
    if (line.level === WARNING) warnings.push(line.msg);
    if (line.msg === 'listening') child.kill('SIGTERM');
  }
  await exited;
  expect(warnings).toEqual([
    'REDISURL: not a variable of Mingjian, and not used; is REDIS_URL meant?',
    'MINGJIAN_COLOUR: not a variable of Mingjian, and not used',
    'opened a new ledger, which has no events yet',
  ]);
});
