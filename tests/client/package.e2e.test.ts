import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cleanUps } from '../support/clean-ups';
import { expectExactlyOnce, keptInSqlite } from '../support/killed-reader';
import { temporaryFolder } from '../support/temporary-folder';

/** The package as a user installs it: packed, and unpacked into an empty folder beside its dependencies. */

const ROOT = path.resolve(__dirname, '../..');
const CLIENT = path.join(ROOT, 'client');
const HOOK = path.join(ROOT, 'tests/support/run-typescript.cjs');
const onEnd = cleanUps();
const folder = temporaryFolder();
const inFolder = (...names: string[]): string => path.join(folder.path, ...names);

let files: readonly string[];

beforeAll(() => {
  const printed = execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', folder.path], {
    cwd: CLIENT,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const [packed] = JSON.parse(printed) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map((file) => file.path).sort();
  const modules = inFolder('node_modules');
  mkdirSync(path.join(modules, 'mingjian-client'), { recursive: true });
  execFileSync('tar', [
    '-xzf',
    inFolder(packed.filename),
    '--strip-components=1',
    '-C',
    path.join(modules, 'mingjian-client'),
  ]);
  for (const name of ['graphql-ws', 'libsql', 'ws']) {
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
  }
});
afterAll(() => {
  folder.remove();
});

test('it has its own code, its examples, the schema, the page and the licence, and nothing of the server', () => {
  const own = files.filter((file) => !/^dist\/[\w/-]+\.(js|d\.ts)$/.test(file));
  const examples = ['examples/reader.ts', 'examples/sqlite-store.ts'];
  expect(own).toEqual(['LICENSE', 'README.md', ...examples, 'package.json', 'schema.graphql']);
  expect(files).toContain('dist/index.js');
  const installed = (file: string): string => readFileSync(inFolder('node_modules/mingjian-client', file), 'utf8');
  expect(installed('schema.graphql')).toBe(readFileSync(path.join(ROOT, 'schema.graphql'), 'utf8'));
  const imported = files
    .filter((file) => file.startsWith('dist/'))
    .flatMap((file) =>
      [...installed(file).matchAll(/\b(?:from|import\() ?['"]([\w./@-]+)['"]/g)].map(([, name]) => name!),
    );
  expect([...new Set(imported.filter((name) => !name.startsWith('./') && !name.startsWith('../')))]).toEqual([
    'graphql-ws/client',
  ]);
  expect(imported.filter((name) => name.startsWith('../../'))).toEqual([]);
});

test('Node.js loads it as a module and with require', () => {
  const names = 'Object.keys({ ...main, ...apollo, ...urql }).sort().join()';
  const module = `import * as main from 'mingjian-client'; import * as apollo from 'mingjian-client/apollo';
    import * as urql from 'mingjian-client/urql'; console.log(${names})`;
  const script = `const main = require('mingjian-client'), apollo = require('mingjian-client/apollo'),
    urql = require('mingjian-client/urql'); console.log(${names})`;
  const run = (...options: string[]): string =>
    execFileSync(process.execPath, options, { cwd: folder.path, encoding: 'utf8' }).trim();
  const loaded = run('--input-type=module', '-e', module).split(',');
  expect(loaded).toEqual(
    expect.arrayContaining(['CursorMovedError', 'apolloCacheOptions', 'follow', 'graphcacheOptions']),
  );
  expect(
    run('--input-type=commonjs', '-e', script)
      .split(',')
      .filter((name) => name !== 'module.exports'),
  ).toEqual(loaded);
});

test.each([
  ['Node.js', { module: 'node20' }],
  ['a bundler', { module: 'esnext', moduleResolution: 'bundler', lib: ['es2023', 'dom'] }],
])('the types are those of the package, for %s', (name, options) => {
  const file = `typed-${name.replace(/\W/g, '')}.ts`;
  writeFileSync(
    inFolder(file),
    `import { ask, asKnownAt, type Change, type CursorStore, follow, type TypedDocument } from 'mingjian-client';
import { fetchPolicyOf } from 'mingjian-client/apollo';
import { graphcacheOptions } from 'mingjian-client/urql';

declare const store: CursorStore<{ insert(text: string): void }>;
declare const document: TypedDocument<{ ledger: { head: string | null } }, { at: ReturnType<typeof asKnownAt> }>;
const server = { url: 'http://127.0.0.1', token: () => Promise.resolve('t') };
export const done: Promise<void> = follow(server, {
  store,
  filter: { departments: ['D1'], entityTypes: ['BUDGET'] },
  work: (changes, transaction) => {
    for (const { eventId, fiscalYear } of changes) transaction.insert(eventId + (fiscalYear ?? 0).toFixed());
  },
});
export const head = ask(server, document, { at: asKnownAt('2023-06-30') }).then(({ ledger }) => ledger.head?.length);
export const policy: 'cache-first' | 'network-only' = fetchPolicyOf({ definitions: [] });
export const keys: Record<string, () => null> = graphcacheOptions.keys;
// @ts-expect-error there is no such kind of entity
export const wrong = follow(server, { store, filter: { entityTypes: ['CITY'] }, work: () => undefined });
// @ts-expect-error a change has no such field
export const missing = (change: Change) => change.amount;
`,
  );
  const config = inFolder(`tsconfig.${file}.json`);
  const compilerOptions = { strict: true, noEmit: true, target: 'es2022', types: [], skipLibCheck: false, ...options };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }));
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  let said = '';
  try {
    execFileSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    said = (error as { stdout: string }).stdout;
  }
  expect(said).toBe('');
});

test('its example reader has every change exactly once, whenever it is killed', async () => {
  for (const name of ['reader.ts', 'sqlite-store.ts'])
    copyFileSync(path.join(CLIENT, 'examples', name), inFolder(name));
  const command = [process.execPath, '--require', HOOK, inFolder('reader.ts')] as const;
  await expectExactlyOnce({ command: [...command], file: inFolder('counts.db'), kept: keptInSqlite('cursors') }, onEnd);
});
