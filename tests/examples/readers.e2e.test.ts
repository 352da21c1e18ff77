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

/** A reader is not tried where nothing can run it: its test is skipped then. */
const testWith = (program: string, option: string) => (spawnSync(program, [option]).status === 0 ? test : test.skip);

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

testWith('python3', '--version')('reader.py has every change exactly once, whenever it is killed', async () => {
  await expectExactlyOnce(
    {
      command: ['python3', path.join(EXAMPLES, 'reader.py')],
      file: path.join(folder(), 'counts.db'),
      kept: keptInSqlite('cursor'),
    },
    onEnd,
  );
});

testWith('javac', '-version')('Reader.java has every change exactly once, whenever it is killed', async () => {
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
