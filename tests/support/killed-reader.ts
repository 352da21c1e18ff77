import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import Database from 'libsql';
import { startApi } from './api';

/** What a reader has kept: the positions of all changes that it saw, the changes of each department, and its cursor. */
export interface Kept {
  readonly seen: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly cursor: string;
}

export interface KilledReader {
  /** The program with its options. The file that it keeps its results in is added. */
  readonly command: readonly [string, ...string[]];
  readonly file: string;
  readonly kept: (file: string) => Kept;
}

/** Runs a reader as a process, kills it in the middle of its work, starts it again, and expects every change exactly once. */
export async function expectExactlyOnce(
  { command, file, kept }: KilledReader,
  onEnd: (cleanUp: () => unknown) => void,
): Promise<void> {
  const api = await startApi();
  onEnd(() => api.close());
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
    const [program, ...options] = command;
    const child = spawn(program, [...options, file], { env: environment });
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
  await readUntil(({ kind, position }) => position === last && kind === 'CAUGHT_UP');

  expect(kept(file)).toEqual({
    seen: Array.from({ length: 2 * registered }, (_, index) => String(index + 1)),
    counts: Object.fromEntries(Array.from({ length: registered }, (_, index) => [`D${index + 1}`, 2])),
    cursor: last,
  });
}

/** What the readers that use SQLite have kept. */
export const keptInSqlite =
  (cursorTable: string) =>
  (file: string): Kept => {
    const db = new Database(file);
    try {
      const rows = (sql: string) => db.prepare(sql).all() as Record<string, any>[];
      return {
        seen: rows('SELECT position FROM seen ORDER BY CAST(position AS INTEGER)').map(({ position }) => position),
        counts: Object.fromEntries(
          rows('SELECT department, changes FROM counts').map(({ department, changes }) => [department, changes]),
        ),
        cursor: rows(`SELECT position FROM ${cursorTable}`)[0]!.position,
      };
    } finally {
      db.close();
    }
  };

/** What examples/Reader.java has kept: a line for the cursor, each change and each department. */
export function keptInLines(text: string): Kept {
  const lines = text.split('\n').map((line) => line.split(' '));
  const of = (kind: string): readonly string[][] => lines.filter(([first]) => first === kind);
  return {
    seen: of('seen').map(([, position]) => position!),
    counts: Object.fromEntries(of('count').map(([, department, changes]) => [department, Number(changes)])),
    cursor: of('cursor')[0]![1]!,
  };
}
