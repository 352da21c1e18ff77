import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makePrivateFile, makePrivateFolder, writePrivateFile } from '../../src/machine/private-files';
import { TYPESCRIPT } from '../support/typescript';
import { temporaryFolder, TemporaryFolder } from '../support/temporary-folder';

let folder: TemporaryFolder;
let umask: number;
beforeEach(() => {
  folder = temporaryFolder();
  umask = process.umask(0);
});
afterEach(() => {
  process.umask(umask);
  folder.remove();
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('folders that are made on the way are private, too', () => {
  makePrivateFolder(join(folder.path, 'a/b'));
  expect([modeOf(join(folder.path, 'a')), modeOf(join(folder.path, 'a/b'))]).toEqual([0o700, 0o700]);
});

test('a folder and a file that exist are left as they are', () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, 'kept');
  chmodSync(folder.path, 0o755);
  makePrivateFolder(folder.path);
  makePrivateFile(file);
  expect([modeOf(folder.path), modeOf(file), readFileSync(file, 'utf8')]).toEqual([0o755, 0o666, 'kept']);
});

test('a new file is private and empty', () => {
  const file = join(folder.path, 'file');
  makePrivateFile(file);
  expect([modeOf(file), readFileSync(file, 'utf8')]).toEqual([0o600, '']);
});

test('a file that is written is private, whatever it was, and nothing else is left', () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, 'open to all');
  writePrivateFile(file, '绩效\n');
  expect([modeOf(file), readFileSync(file, 'utf8')]).toEqual([0o600, '绩效\n']);
  expect(readdirSync(folder.path)).toEqual(['file']);
});

test('a file that cannot be written leaves nothing behind', () => {
  const file = join(folder.path, 'file');
  mkdirSync(file);
  expect(() => {
    writePrivateFile(file, '绩效');
  }).toThrow(/EISDIR|EEXIST|ENOTEMPTY/);
  expect(readdirSync(folder.path)).toEqual(['file']);
});

/** Writes a file again and again, each time with one letter. */
const SCRIPT = `
  const { writePrivateFile } = require('./src/machine/private-files');
  const [file, letter] = process.argv.slice(1);
  for (let round = 0; round < 50; round++) writePrivateFile(file, letter.repeat(10_000));
`;

test('several processes may write one file at the same time', async () => {
  const file = join(folder.path, 'file');
  const writers = ['a', 'b'].map((letter) =>
    spawn(process.execPath, [...TYPESCRIPT, '--eval', SCRIPT, file, letter], { stdio: ['ignore', 'ignore', 'pipe'] }),
  );
  expect(await Promise.all(writers.map(({ stderr }) => text(stderr)))).toEqual(['', '']);
  expect(readFileSync(file, 'utf8')).toMatch(/^(a{10000}|b{10000})$/);
  expect(readdirSync(folder.path)).toEqual(['file']);
});
