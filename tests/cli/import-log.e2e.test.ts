import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importLogCommand } from '../../src/cli/import-log';
import { exportLogCommand } from '../../src/cli/export-log';
import { LedgerSnapshot } from '../../src/event-store/adapters/sqlite/ledger-snapshot';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { ImportedReads } from '../../src/event-store/imported-log';
import { UnfinishedImport } from '../../src/event-store/unfinished-import';
import { cleanUps } from '../support/clean-ups';
import { collect, someEvents } from '../support/events';
import { eventually } from '../support/eventually';
import { exportedLines } from '../support/moved-log';
import { runCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();
const PREFIX = 'mingjian-';
const EVENTS = 600;
const MAIN = path.join(__dirname, '../../src/cli/main.ts');
const TYPESCRIPT = path.join(__dirname, '../support/run-typescript.cjs');

function folder(): string {
  const made = temporaryFolder();
  onEnd(() => {
    made.remove();
  });
  return made.path;
}

/** No event has a neighbour of its own stream, so each is an append of its own. */
async function ledgerFile(): Promise<{ readonly file: string; readonly environment: { readonly DATA_DIR: string } }> {
  const environment = { DATA_DIR: folder() };
  const store = openSqliteEventStore({ path: path.join(environment.DATA_DIR, 'ledger.db'), prefix: PREFIX });
  await Promise.all(someEvents(EVENTS).map((event, at) => store.append(`${PREFIX}task-${at % 2}`, [event], 'any')));
  const file = path.join(folder(), 'ledger.ndjson');
  writeFileSync(file, `${(await exportedLines(store)).join('\n')}\n`);
  await store.close();
  return { file, environment };
}

test('an import that is killed leaves nothing that is served, and goes on', async () => {
  const { file } = await ledgerFile();
  const environment = { DATA_DIR: folder() };
  const ledger = path.join(environment.DATA_DIR, 'ledger.db');
  const child = spawn(process.execPath, ['--require', TYPESCRIPT, MAIN, 'import-log', file], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  onEnd(() => child.kill('SIGKILL'));
  const inStore = async <T>(use: (reads: LedgerSnapshot) => Promise<T>): Promise<T> => {
    const snapshot = new LedgerSnapshot(ledger);
    try {
      return await use(snapshot);
    } finally {
      await snapshot.close();
    }
  };
  await eventually(
    'a part is imported',
    async () => existsSync(ledger) && (await inStore((store) => store.head())) > 20n,
  );
  child.kill('SIGKILL');
  await exited;

  expect(await inStore((store) => store.head())).toBeLessThan(BigInt(EVENTS));
  const served = () => inStore((store) => collect(new ImportedReads(store, PREFIX).readAll(0n)));
  await expect(served()).rejects.toThrow(UnfinishedImport);
  expect(await runCommand(importLogCommand, [file], environment)).toContain(`${EVENTS} events imported`);
  expect(await served()).toHaveLength(EVENTS);
});

test('what is wrong is one line', async () => {
  const { file, environment } = await ledgerFile();
  const refused = await runCommand(importLogCommand, [file], environment);
  expect(refused).toMatch(/The log is not empty: .*status 1$/s);
  await expect(runCommand(exportLogCommand, [file], environment)).rejects.toThrow('exists; name a new file');
  await expect(
    runCommand(exportLogCommand, [path.join(folder(), 'new'), '--position', '9999'], environment),
  ).rejects.toThrow('The log ends at position 600');
  await expect(runCommand(exportLogCommand, [], environment)).rejects.toThrow('name one file');
  writeFileSync(file, 'no file of a log');
  expect(await runCommand(importLogCommand, [file], { DATA_DIR: folder() })).toMatch(/cut off\nstatus 1$/);
});
