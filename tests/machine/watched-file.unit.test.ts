import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WatchedFile } from '../../src/machine/watched-file';
import { eventually } from '../support/eventually';
import { temporaryFolder, TemporaryFolder } from '../support/temporary-folder';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

function watched(maxBytes = 100) {
  const path = join(folder.path, 'list');
  const [contents, turns]: [string[], (string | undefined)[]] = [[], []];
  const file = new WatchedFile(path, {
    maxBytes,
    everyMs: 1,
    onContent: (content) => {
      contents.push(content.toString());
      return content.includes('bad') ? 'bad' : undefined;
    },
    onTurn: (problem) => turns.push(problem),
  });
  return { path, file, contents, turns };
}

test('reads the file only when it has changed', async () => {
  const { path, file, contents, turns } = watched();
  writeFileSync(path, 'one');
  await file.look();
  await file.look();
  writeFileSync(path, 'two!');
  await file.look();
  expect(contents).toEqual(['one', 'two!']);
  expect(turns).toEqual([]);
});

test('reports each turn once, and what is wrong as long as it is', async () => {
  const { path, file, turns } = watched();
  expect(await file.look()).toMatch('ENOENT');
  expect(await file.look()).toMatch('ENOENT');
  writeFileSync(path, 'bad');
  expect(await file.look()).toBe('bad');
  expect(await file.look()).toBe('bad');
  writeFileSync(path, 'good');
  expect(await file.look()).toBeUndefined();
  rmSync(path);
  writeFileSync(path, 'x'.repeat(101));
  expect(await file.look()).toMatch('more than 100 bytes');
  expect(turns).toEqual([expect.stringMatching('ENOENT'), 'bad', undefined, expect.stringMatching('more than')]);
});

test('a folder is no file', async () => {
  const { path, file } = watched();
  mkdirSync(path);
  expect(await file.look()).toMatch('is no file');
});

test('looks again and again until the signal aborts', async () => {
  const { path, file, contents } = watched();
  const stop = new AbortController();
  const ended = file.watch(stop.signal);
  writeFileSync(path, 'one');
  await eventually('it reads the file', () => Promise.resolve(contents.length > 0));
  stop.abort();
  await ended;
});
