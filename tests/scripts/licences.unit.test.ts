import { execFileSync } from 'node:child_process';
import path from 'node:path';
import lock from '../../package-lock.json';

interface Package {
  readonly resolved?: string;
  readonly integrity?: string;
}

const ROOT = path.join(__dirname, '../..');

const node = (...arguments_: readonly string[]): string =>
  execFileSync(process.execPath, arguments_, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test('the licences of all production dependencies are allowed, and docs/licences.md lists them', () => {
  expect(() => node('scripts/licences.mjs', '--check')).not.toThrow();
});

test('an expression of SPDX is allowed if the program can keep to allowed licences', () => {
  const expressions = {
    MIT: true,
    '(MIT AND BSD-3-Clause)': true,
    '(MIT OR GPL-3.0-only)': true,
    'GPL-3.0-only': false,
    '(MIT AND GPL-3.0-only)': false,
    'SEE LICENSE IN LICENSE.md': false,
    '(none)': false,
  };
  const script = `import { isAllowed } from './scripts/allowed-licences.mjs';
    console.log(JSON.stringify(${JSON.stringify(Object.keys(expressions))}.map(isAllowed)));`;
  expect(JSON.parse(node('--input-type=module', '--eval', script))).toEqual(Object.values(expressions));
});

test('every package has its hash, and comes from the registry', () => {
  const packages = Object.entries(lock.packages as unknown as Readonly<Record<string, Package>>);
  // The lock file names a source only if it is not the registry (.npmrc).
  const others = packages.filter(
    ([name, { resolved, integrity }]) => name !== '' && (resolved !== undefined || !integrity?.startsWith('sha512-')),
  );
  expect(others.map(([name]) => name)).toEqual([]);
});
