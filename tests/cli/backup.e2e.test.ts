import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import Database from 'libsql';
import { readConfig } from '../../src/app/config';
import { acceptLossCommand } from '../../src/cli/accept-loss';
import { backupCommand } from '../../src/cli/backup';
import { Command } from '../../src/cli/command';
import { restoreCommand } from '../../src/cli/restore';
import { verifyCommand } from '../../src/cli/verify';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { restore } from '../../src/event-store/adapters/sqlite/restore';
import { EventStore } from '../../src/event-store/event-store';
import { anEvent, collect, someEvents } from '../support/events';
import { temporaryFolder } from '../support/temporary-folder';

const SUPPORT = path.join(__dirname, '../support');
const STREAM = 'mingjian-task-a';

class Text extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

describe('the commands for the ledger file', () => {
  const root = temporaryFolder();
  const opened: EventStore[] = [];
  let folder: string;
  let ledger: string;
  let copy: string;
  let number = 0;

  beforeEach(() => {
    folder = path.join(root.path, String(number++));
    mkdirSync(folder);
    ledger = path.join(folder, 'ledger.db');
    copy = path.join(folder, 'copies', 'copy.db');
    mkdirSync(path.dirname(copy));
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });
  afterAll(() => {
    root.remove();
  });

  function open(file = ledger): EventStore {
    const store = openSqliteEventStore({ path: file, prefix: 'mingjian-' });
    opened.push(store);
    return store;
  }

  async function madeWith(events: number, file = ledger): Promise<void> {
    const store = open(file);
    await store.append(STREAM, someEvents(events), 'any');
    await store.close();
  }

  const headOf = async (file: string): Promise<bigint> => {
    const store = open(file);
    const head = await store.head();
    await store.close();
    return head;
  };

  /** Runs a command in this process, as `main.ts` does. */
  async function run(command: Command, arguments_: readonly string[] = []) {
    const [out, err] = [new Text(), new Text()];
    const { signal } = new AbortController();
    const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }, 'tool');
    try {
      const status = await command.run(arguments_, { config, out, err, signal });
      return { status, out: out.text };
    } catch (error) {
      return { status: 1, err: (error as Error).message };
    }
  }

  /** Copies in a process of its own. Resolves to the signal that ended it. */
  async function copyApart(what: 'backup' | 'restore', file: string, to: string, killAt?: number) {
    const hooks = ['run-typescript.cjs', ...(killAt === undefined ? [] : ['kill-at.cjs'])];
    const child = spawn(
      process.execPath,
      [
        ...hooks.flatMap((hook) => ['--require', path.join(SUPPORT, hook)]),
        path.join(SUPPORT, 'copy-ledger.ts'),
        what,
        file,
        to,
      ],
      { env: { PATH: process.env.PATH, KILL_AT: String(killAt) }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const [[status, signal], err] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    expect({ status: status as number | null, err }).toEqual({ status: signal === null ? 0 : null, err: '' });
    return signal as string | null;
  }

  it('backup copies what was acknowledged before, while 50 writers write', async () => {
    const store = open();
    const acknowledged: string[] = [];
    let writing = true;
    const writers = Array.from({ length: 50 }, async (_, writer) => {
      while (writing) {
        const event = anEvent();
        await store.append(`mingjian-task-${writer}`, [event], 'any');
        acknowledged.push(event.id);
      }
    });
    while (acknowledged.length < 500) await new Promise(setImmediate);
    const before = [...acknowledged];
    expect(await copyApart('backup', ledger, copy)).toBeNull();
    writing = false;
    await Promise.all(writers);

    expect(readdirSync(path.dirname(copy))).toEqual(['copy.db']);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const log = await collect(store.readAll(0n));
    const copied = await collect(open(copy).readAll(0n));
    expect(copied).toEqual(log.slice(0, copied.length));
    const ids = new Set(copied.map(({ id }) => id));
    expect(before.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('backup replaces no file unless it is forced, and never leaves half of one, whenever it is killed', async () => {
    await madeWith(20);
    writeFileSync(copy, 'another file');
    expect(await run(backupCommand, [copy])).toMatchObject({
      status: 1,
      err: expect.stringMatching(/copy\.db exists already; --force/),
    });
    expect(await run(backupCommand, [copy, '--force'])).toEqual({
      status: 0,
      out: `${copy}: 20 events, up to position 20; checked\n`,
    });
    const steps = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(async (killAt) => {
        const to = path.join(folder, 'copies', `killed-${killAt}.db`);
        const signal = await copyApart('backup', ledger, to, killAt);
        return { signal, complete: existsSync(to) ? await headOf(to) : undefined };
      }),
    );
    expect(new Set(steps.map(({ signal }) => signal))).toEqual(new Set(['SIGKILL', null]));
    expect(new Set(steps.map(({ complete }) => complete))).toEqual(new Set([undefined, 20n]));
  });

  it('restore puts a backup in the place of the ledger, and keeps the ledger', async () => {
    await madeWith(3);
    await run(backupCommand, [copy]);
    await madeWith(4);
    expect(await run(restoreCommand, [copy])).toMatchObject({
      status: 1,
      err: expect.stringMatching(/ledger\.db exists; --force puts it aside/),
    });
    const store = open();
    expect(await run(restoreCommand, [copy, '--force'])).toMatchObject({
      status: 1,
      err: expect.stringMatching(/ledger\.db: another process is using it/),
    });
    await store.close();

    const { status, out } = await run(restoreCommand, [copy, '--force']);
    expect({ status, out }).toEqual({
      status: 0,
      out: expect.stringMatching(/^Restored 3 events, up to position 3\nThe ledger that was there is now /),
    });
    expect(await headOf(ledger)).toBe(3n);
    const [, aside = ''] = /is now (.*)\n/.exec(out ?? '') ?? [];
    expect(await headOf(aside)).toBe(7n);
  });

  it('restore leaves the old ledger or none, whenever it is killed, and can be run again', async () => {
    const old = path.join(folder, 'old.db');
    await madeWith(7, old);
    await madeWith(3);
    await run(backupCommand, [copy]);
    const ends = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const dataDir = path.join(folder, `killed-${index}`);
        const file = path.join(dataDir, 'ledger.db');
        mkdirSync(dataDir);
        for (const suffix of ['', '-anchor']) copyFileSync(`${old}${suffix}`, `${file}${suffix}`);
        const signal = await copyApart('restore', file, copy, index + 1);
        const found = existsSync(file) ? await headOf(file) : 'none';
        restore({ backup: copy, ledger: file, prefix: 'mingjian-', kind: 'real', putAside: true });
        return { signal, found, head: await headOf(file) };
      }),
    );
    expect(new Set(ends.map(({ signal }) => signal))).toEqual(new Set(['SIGKILL', null]));
    expect(new Set(ends.map(({ found }) => found))).toEqual(new Set([7n, 'none', 3n]));
    expect(new Set(ends.map(({ head }) => head))).toEqual(new Set([3n]));
  });

  it('restore refuses a backup that was changed, and changes nothing', async () => {
    await madeWith(5);
    await run(backupCommand, [copy]);
    const database = new Database(copy);
    database.exec(`UPDATE event SET data = '{"amount":"9.99"}' WHERE position = 2`);
    database.close();
    expect(await run(restoreCommand, [copy, '--force'])).toMatchObject({
      status: 1,
      err: expect.stringMatching(/not those of the ledger that was backed up/),
    });
    truncateSync(copy, 8_000);
    expect((await run(restoreCommand, [copy, '--force'])).status).toBe(1);
    expect(readdirSync(folder).filter((name) => name.includes('replaced'))).toEqual([]);
    expect(await headOf(ledger)).toBe(5n);
  });

  it('accept-loss takes a ledger that has lost events as it is, and records that', async () => {
    await madeWith(5);
    expect(await run(acceptLossCommand)).toMatchObject({ status: 0, out: expect.stringMatching(/nothing to accept/) });
    const database = new Database(ledger);
    database.exec('DELETE FROM event WHERE position > 3');
    database.close();
    expect(() => open()).toThrow(/accept-loss/);
    expect(await run(verifyCommand)).toMatchObject({ status: 1, err: expect.stringMatching(/events are lost/) });

    expect(await run(acceptLossCommand)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/position 5 was recorded\nAccepted: the log ends at position 3\./),
    });
    expect(await headOf(ledger)).toBe(3n);
    expect(readdirSync(folder)).toContain('ledger.db-losses');
    rmSync(copy, { force: true });
  });

  it.each(['reads', 'webhooks'])(
    'accept-loss --%s takes that record as it is, and leaves the ledger alone',
    async (log) => {
      const record = path.join(folder, log, `${log}.db`);
      await madeWith(2);
      await madeWith(5, record);
      const database = new Database(record);
      database.exec('DELETE FROM event WHERE position > 3');
      database.close();
      expect(() => open(record)).toThrow(/accept-loss.*--reads or --webhooks/);
      expect(await run(acceptLossCommand)).toMatchObject({
        status: 0,
        out: expect.stringMatching(/nothing to accept/),
      });

      expect(await run(acceptLossCommand, [`--${log}`])).toMatchObject({
        status: 0,
        out: expect.stringMatching(/Accepted: the log ends at position 3\./),
      });
      expect(await headOf(record)).toBe(3n);
      expect(readdirSync(path.dirname(record))).toContain(`${log}.db-losses`);
      expect(readdirSync(folder)).not.toContain('ledger.db-losses');
    },
  );

  it('accept-loss takes one record at a time', async () => {
    expect(await run(acceptLossCommand, ['--reads', '--webhooks'])).toMatchObject({ status: 1 });
    expect(await run(acceptLossCommand, ['ledger.db'])).toMatchObject({ status: 1 });
  });
});
