import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'libsql';
import { startApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { temporaryFolder } from '../support/temporary-folder';

/** Runs the example readers as processes, kills them in the middle of their work, and starts them again. */

const ROOT = path.resolve(__dirname, '../..');
const HOOK = path.join(ROOT, 'tests/support/run-typescript.cjs');
const READERS = {
  'reader.ts': [process.execPath, '--require', HOOK],
  'reader.py': ['python3'],
};
const onEnd = cleanUps();

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) process.stderr.write('There is no python3 here: examples/reader.py is not tried\n');

test.each(['reader.ts', 'reader.py'] as const)(
  '%s has every change exactly once, whenever it is killed',
  async (name) => {
    if (name === 'reader.py' && !hasPython) return;
    const api = await startApi();
    onEnd(() => api.close());
    const folder = temporaryFolder();
    onEnd(() => {
      folder.remove();
    });
    const file = path.join(folder.path, 'counts.db');
    const environment = { PATH: process.env.PATH, MINGJIAN_URL: api.url, MINGJIAN_TOKEN: await api.token() };

    let registered = 0;
    const register = async (departments: number): Promise<void> => {
      for (let left = departments; left > 0; left--) {
        const code = `D${++registered}`;
        await api.write('registerDepartment', { code, name: code });
        await api.write('renameDepartment', { code, name: `${code}局` });
      }
    };
    /** Starts the reader, and kills it when it has printed the expected line. */
    const readUntil = async (isEnough: (item: any, lines: number) => boolean): Promise<void> => {
      const [command, ...options] = READERS[name] as [string, ...string[]];
      const child = spawn(command, [...options, path.join(ROOT, 'examples', name), file], { env: environment });
      const ended = once(child, 'exit');
      onEnd(() => child.kill('SIGKILL'));
      let said = '';
      child.stderr.on('data', (text) => (said += String(text)));
      let lines = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        if (isEnough(JSON.parse(line), ++lines)) child.kill('SIGKILL');
      }
      expect([await ended, said]).toEqual([[null, 'SIGKILL'], '']);
    };

    await register(8);
    await readUntil((_item, lines) => lines === 7);
    // It may have read everything before it was killed.
    await readUntil(({ kind }, lines) => lines === 5 || kind === 'CAUGHT_UP');
    await register(4);
    const last = String(2 * registered);
    await readUntil(({ position }) => position === last);

    const db = new Database(file);
    onEnd(() => db.close());
    const numbers = Array.from({ length: registered }, (_, index) => index + 1);
    expect(db.prepare('SELECT position FROM seen ORDER BY CAST(position AS INTEGER)').all()).toEqual(
      numbers.flatMap((number) => [{ position: String(2 * number - 1) }, { position: String(2 * number) }]),
    );
    const counts = db.prepare('SELECT department, changes FROM counts').all() as { department: string }[];
    expect(counts.sort((a, b) => Number(a.department.slice(1)) - Number(b.department.slice(1)))).toEqual(
      numbers.map((number) => ({ department: `D${number}`, changes: 2 })),
    );
    expect(db.prepare('SELECT position FROM cursor').all()).toEqual([{ position: last }]);
  },
);
