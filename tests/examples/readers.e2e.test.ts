import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanUps } from '../support/clean-ups';
import { expectExactlyOnce, keptInLines, keptInSqlite } from '../support/killed-reader';
import { temporaryFolder } from '../support/temporary-folder';

/** Runs the example readers as processes, kills them in the middle of their work, and starts them again. */

const EXAMPLES = path.resolve(__dirname, '../../examples');
const HOOK = path.resolve(__dirname, '../support/run-typescript.cjs');
const onEnd = cleanUps();

/** Says so if a reader cannot be tried here, because there is nothing that runs it. */
function has(program: string, options: readonly string[], reader: string): boolean {
  if (spawnSync(program, options).status === 0) return true;
  process.stderr.write(`There is no ${program} here: examples/${reader} is not tried\n`);
  return false;
}

function folder(): string {
  const made = temporaryFolder();
  onEnd(() => {
    made.remove();
  });
  return made.path;
}

test('reader.ts has every change exactly once, whenever it is killed', async () => {
  const command = [process.execPath, '--require', HOOK, path.join(EXAMPLES, 'reader.ts')] as const;
  await expectExactlyOnce(
    { command: [...command], file: path.join(folder(), 'counts.db'), kept: keptInSqlite('cursor') },
    onEnd,
  );
});

test('reader.py has every change exactly once, whenever it is killed', async () => {
  if (!has('python3', ['--version'], 'reader.py')) return;
  await expectExactlyOnce(
    {
      command: ['python3', path.join(EXAMPLES, 'reader.py')],
      file: path.join(folder(), 'counts.db'),
      kept: keptInSqlite('cursor'),
    },
    onEnd,
  );
});

test('Reader.java has every change exactly once, whenever it is killed', async () => {
  if (!has('javac', ['-version'], 'Reader.java')) return;
  const classes = folder();
  execFileSync('javac', ['-encoding', 'UTF-8', '-d', classes, path.join(EXAMPLES, 'Reader.java')], { stdio: 'pipe' });
  const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto'];
  await expectExactlyOnce(
    {
      command: ['java', ...quick, '-cp', classes, 'Reader'],
      file: path.join(folder(), 'counts.txt'),
      kept: (file) => keptInLines(readFileSync(file, 'utf8')),
    },
    onEnd,
  );
});
