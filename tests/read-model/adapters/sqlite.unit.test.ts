import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { LostReadModels, Outage, ReadModelBehind } from '../../../src/kernel/outage';
import { BEFORE_ALL } from '../../../src/read-model/change';
import { SqliteTemporalStore } from '../../../src/read-model/adapters/sqlite/sqlite-temporal-store';
import { cleanUps } from '../../support/clean-ups';
import { openSqliteReadModels } from '../../support/sqlite-read-models-file';
import { troublesTo } from '../../support/telemetry';
import { temporaryFolder } from '../../support/temporary-folder';
import { cutOf, keyOf, Script } from '../contract/script';

const SUPPORT = join(__dirname, '../../support');
const FIRST_PAGES = 2 * 4096;
const onEnd = cleanUps();

function newPath(): string {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  return join(folder.path, 'read-models.db');
}

function open(path: string, troubles: unknown[] = []): SqliteTemporalStore {
  const telemetry = troublesTo((error) => troubles.push(error));
  const store = openSqliteReadModels(path, telemetry);
  onEnd(() => store.close());
  return store;
}

const BATCH = new Script().all([
  { position: 10n, documents: ['D1.2023', 'D1.2023/L1'], members: { BUDGET: ['D1.2023'] } },
  { position: 20n, documents: ['D2.2023'] },
  { position: 30n, documents: ['D1.2023'] },
]);

/** Read models of a ledger, closed. */
async function written(path: string): Promise<void> {
  const store = openSqliteReadModels(path);
  await store.write(BATCH);
  await store.close();
}

/** Changes the closed file behind the back of the store. */
function alter(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  // Outside WAL mode the driver holds no lock after it is closed.
  database.pragma('journal_mode = DELETE');
  database.close();
}

describe('a file that does not fit', () => {
  it.each<[string, (path: string) => Promise<void> | void, RegExp]>([
    ['is not a database', (path) => { writeFileSync(path, 'x'.repeat(10_000)); }, /not a database/], // prettier-ignore
    ['is another database', (path) => { alter(path, 'CREATE TABLE other (x)'); }, /it is another database/], // prettier-ignore
    [
      'has another format',
      async (path) => {
        await written(path);
        alter(path, 'PRAGMA user_version = 1');
      },
      /they have format 1, and this program writes/,
    ],
    [
      'is of other streams',
      async (path) => {
        await written(path);
        alter(path, "UPDATE state SET prefix = 'other-'");
      },
      /begin with other-/,
    ],
    [
      'has lost its first page',
      async (path) => {
        await written(path);
        writeFileSync(path, Buffer.alloc(4096), { flag: 'r+' });
      },
      /not a database|damaged/,
    ],
  ])('%s: it is thrown away, and that is reported', async (_, prepare, reason) => {
    const path = newPath();
    await prepare(path);
    const troubles: unknown[] = [];
    const store = open(path, troubles);

    expect(troubles).toEqual([expect.objectContaining({ message: expect.stringMatching(reason) as unknown })]);
    expect(await store.checkpoint()).toEqual(BEFORE_ALL);
    await store.write(BATCH);
    expect(await store.checkpoint()).toEqual(cutOf(BATCH[2]!));
  });

  it('is left alone if it is a folder', () => {
    const path = newPath();
    mkdirSync(path);
    expect(() => open(path)).toThrow(Outage);
    expect(existsSync(path)).toBe(true);
  });
});

describe('a damaged file', () => {
  it.each<[string, string, (store: SqliteTemporalStore) => unknown]>([
    [
      'a text that a disk has changed',
      "UPDATE version SET state = replace(state, '96898800', '96898801') WHERE position = 10",
      (store) => store.versions([keyOf('D1.2023/L1')], 20n, 'state'),
    ],
    [
      'a change that a disk has changed',
      "UPDATE change SET content = replace(content, '9689', '9699') WHERE position = 20",
      (store) => store.changes({ after: 10n, upTo: 20n }),
    ],
    [
      'a change that is lost',
      'DELETE FROM change WHERE position = 30',
      (store) => store.versions([keyOf('D1.2023')], 30n),
    ],
    [
      'the same in a history',
      'DELETE FROM change WHERE position = 30',
      (store) => store.walk(keyOf('D1.2023'), { after: 0n, upTo: 30n }),
    ],
  ])('%s: nothing is read from it any more, and it is built again', async (_, damage, read) => {
    const path = newPath();
    await written(path);
    alter(path, damage);
    const store = open(path);
    await store.markServing();

    expect(() => read(store)).toThrow(LostReadModels);
    expect(store.watermark()).toBeUndefined();
    expect(() => store.members('BUDGET', 30n, {})).toThrow(ReadModelBehind);
    await expect(store.checkpoint()).rejects.toBeInstanceOf(LostReadModels);

    await store.discard();
    await store.write(BATCH);
    await store.markServing();
    expect(() => read(store)).not.toThrow();
    expect(store.watermark()).toEqual(cutOf(BATCH[2]!));
  });

  it('is found by the checks of the projector, even if nobody reads it', async () => {
    const path = newPath();
    await written(path);
    alter(path, "UPDATE version SET state = '{}' WHERE position = 20");
    await expect(open(path).checkpoint()).rejects.toBeInstanceOf(LostReadModels);
  });

  it('is found where pages have been overwritten', async () => {
    const path = newPath();
    await written(path);
    // The first pages name the tables.
    const rest = statSync(path).size - FIRST_PAGES;
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(rest, 'X'), 0, rest, FIRST_PAGES);
    closeSync(file);
    const store = open(path);
    await expect(store.checkpoint()).rejects.toBeInstanceOf(LostReadModels);
    await store.discard();
    await store.write(BATCH);
    expect(await store.checkpoint()).toEqual(cutOf(BATCH[2]!));
  });
});

test('a second store on the same file is refused, and the first goes on', async () => {
  const path = newPath();
  const first = open(path);
  await first.write(BATCH.slice(0, 1));
  expect(() => open(path)).toThrow(/another process is using it/);

  await first.write(BATCH);
  expect(await first.checkpoint()).toEqual(cutOf(BATCH[2]!));
  await first.close();
  expect(await open(path).checkpoint()).toEqual(cutOf(BATCH[2]!));
});

test('nothing but one file is left when it is closed, and after it was thrown away', async () => {
  const path = newPath();
  const store = open(path);
  await store.write(BATCH);
  await store.discard();
  await store.write(BATCH);
  await store.close();
  expect(readdirSync(join(path, '..')).filter((name) => !name.endsWith('-discarded'))).toEqual(['read-models.db']);
  await expect(store.checkpoint()).rejects.toBeInstanceOf(Outage);
  expect(() => store.pointAt({ position: 10n })).toThrow(Outage);
});

test('the write-ahead log does not grow with what was written', async () => {
  const path = newPath();
  const store = open(path);
  const script = new Script();
  const memo = 'x'.repeat(1_000_000);
  for (let position = 1n; position <= 50n; position++) {
    const { change, documents, members } = script.next({ position, documents: ['D1.2023'] });
    await store.write([{ change: { ...change, event: { ...change.event, data: { memo } } }, documents, members }]);
  }
  expect(statSync(path).size).toBeGreaterThan(20_000_000);
  expect(statSync(`${path}-wal`).size).toBeLessThan(36_000_000);
});

describe('read models whose process was killed', () => {
  const WRITER = ['--require', join(SUPPORT, 'run-typescript.cjs'), join(SUPPORT, 'write-read-models-without-end.ts')];

  it('have every written batch as a whole, and nothing of others, after each kill', async () => {
    const path = newPath();
    for (const enough of [3, 40]) {
      const child = spawn(process.execPath, [...WRITER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      const lines = await linesOf(child, (count) => count >= enough && child.kill('SIGKILL'));
      expect(child.signalCode).toBe('SIGKILL');
      await expectWhole(path, BigInt(lines.at(-1)!));
    }
  });

  it('have it after a write that failed with an outage because the disk was full', async () => {
    const path = newPath();
    const command = 'trap "" XFSZ; ulimit -f 1000; exec "$0" "$@"';
    const child = spawn('sh', ['-c', command, process.execPath, ...WRITER, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = await linesOf(child);
    expect(lines.at(-1)).toBe('Outage');
    await expectWhole(path, BigInt(lines.at(-2)!));
  });
});

/** The complete lines that the child process writes until it ends. */
async function linesOf(child: ChildProcess, onLines?: (count: number) => void): Promise<string[]> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    onLines?.(text.split('\n').length - 1);
  });
  await new Promise((resolve) => child.on('close', resolve));
  return text.split('\n').slice(0, -1);
}

async function expectWhole(path: string, acknowledged: bigint): Promise<void> {
  const store = openSqliteReadModels(path);
  const { position: end } = await store.checkpoint();
  expect(end).toBeGreaterThanOrEqual(acknowledged);
  const upTo = 1_000_000_000n;
  const changes = store.changes({ after: 0n, upTo });
  expect(changes.map(({ event }) => event.position)).toEqual(changes.map((_, index) => BigInt(index + 1)));
  expect(BigInt(changes.length)).toBe(end);
  expect(store.members('BUDGET', upTo, {})).toHaveLength(changes.length);
  const versions = [0, 1, 2, 3, 4].flatMap((department) =>
    store.walk(keyOf(`D${department}.2023`), { after: 0n, upTo }),
  );
  expect(versions.map(({ position }) => position).sort((a, b) => Number(a - b))).toEqual(
    changes.map(({ event }) => event.position),
  );
  const ofLines = [0, 1, 2, 3, 4].flatMap((department) =>
    store.walk(keyOf(`D${department}.2023/L1`), { after: 0n, upTo }),
  );
  expect(ofLines).toHaveLength(changes.filter(({ event }) => event.position % 3n === 0n).length);
  await store.close();
}
