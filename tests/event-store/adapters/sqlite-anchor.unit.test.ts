import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { OpenFile } from '../../../src/event-store/adapters/sqlite/open-file';
import { EventStore } from '../../../src/event-store/event-store';
import { CorruptLedger, LogMismatch } from '../../../src/kernel/outage';
import { Signal } from '../../../src/kernel/telemetry';
import { anEvent, collect, someEvents } from '../../support/events';
import { temporaryFolder } from '../../support/temporary-folder';

const STREAM = 'mingjian-task-a';
const SUPPORT = join(__dirname, '../../support');
const EVENTS = 12;

describe('the anchor of a ledger file', () => {
  const folder = temporaryFolder();
  const killed = join(folder.path, 'killed');
  const opened: EventStore[] = [];
  let path: string;
  let number = 0;

  beforeAll(() => {
    const script = join(SUPPORT, 'append-and-be-killed.ts');
    const { signal } = spawnSync(process.execPath, [
      '--require',
      join(SUPPORT, 'run-typescript.cjs'),
      script,
      join(killed, 'ledger.db'),
      String(EVENTS),
    ]);
    expect(signal).toBe('SIGKILL');
  });
  beforeEach(() => {
    const copy = join(folder.path, String(number++));
    cpSync(killed, copy, { recursive: true });
    path = join(copy, 'ledger.db');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });
  afterAll(() => {
    folder.remove();
  });

  function open(signals: Signal[] = []): EventStore {
    const telemetry = { report: (signal: Signal) => signals.push(signal) };
    const store = openSqliteEventStore({ path, prefix: 'mingjian-', telemetry });
    opened.push(store);
    return store;
  }

  const overwrite = (file: string, at: number, bytes: Buffer): void => {
    const fd = openSync(file, 'r+');
    writeSync(fd, bytes, 0, bytes.length, at);
  };

  /** An empty write-ahead log counts as none: SQLite creates it to read. */
  const contentOf = (file: string): string | undefined => {
    const content = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    return content.length === 0 ? undefined : createHash('sha256').update(content).digest('hex');
  };

  const change = (sql: string): void => {
    const database = new Database(path);
    database.exec(sql);
    database.close();
  };

  it('lets a ledger open whose process was killed, with all its events', async () => {
    const signals: Signal[] = [];
    expect(await open(signals).head()).toBe(BigInt(EVENTS));
    expect(signals).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['is gone', () => { rmSync(`${path}-wal`); }], // prettier-ignore
    ['is empty', () => { truncateSync(`${path}-wal`, 0); }], // prettier-ignore
    ['was cut in the middle', () => { truncateSync(`${path}-wal`, statSync(`${path}-wal`).size / 2); }], // prettier-ignore
    ['lost its last byte', () => { truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 1); }], // prettier-ignore
    ['was altered', () => { overwrite(`${path}-wal`, 20_000, Buffer.alloc(64, 0x55)); }], // prettier-ignore
  ])('shows a loss if the write-ahead log of a killed process %s', (_, damage) => {
    damage();
    const kept = () => ['', '-wal', '-anchor'].map((suffix) => contentOf(path + suffix));
    const before = kept();
    expect(() => open()).toThrow(CorruptLedger);
    expect(() => open()).toThrow(/ledger\.db: events are lost\. It .* position 12 was recorded\. .*mingjian restore/);
    // What is left may be evidence.
    expect(kept()).toEqual(before);
  });

  it.each([
    ['changed', `UPDATE event SET data = '{"amount":"1.00"}' WHERE position = 3`],
    ['removed from the end', 'DELETE FROM event WHERE position > 10'],
    ['exchanged', `UPDATE event SET id = 'another' WHERE position = 7`],
  ])('shows that events were %s while no process had the ledger open', async (_, sql) => {
    await open().close();
    change(sql);
    expect(() => open()).toThrow(/(events are lost|not those that were recorded).*mingjian restore/);
  });

  it.each<[string, () => void]>([
    ['is gone', () => { rmSync(`${path}-anchor`); }], // prettier-ignore
    ['is empty', () => { truncateSync(`${path}-anchor`, 0); }], // prettier-ignore
    ['is not an anchor', () => { writeFileSync(`${path}-anchor`, 'x'.repeat(9000)); }], // prettier-ignore
  ])('begins again at the head, and is reported, if it %s', async (_, damage) => {
    damage();
    const signals: Signal[] = [];
    const store = open(signals);
    expect(await store.head()).toBe(BigInt(EVENTS));
    expect(signals).toEqual([{ kind: 'anchor-missing', problem: expect.stringMatching(/begins at position 12$/) }]);
    await store.close();

    const again: Signal[] = [];
    open(again);
    expect(again).toEqual([]);
  });

  it.each([0, 1])('is read from its other slot if a crash tore slot %d', async (slot) => {
    overwrite(`${path}-anchor`, slot * 4096 + 100, Buffer.alloc(300, 0x20));
    const signals: Signal[] = [];
    expect(await open(signals).head()).toBe(BigInt(EVENTS));
    expect(signals).toEqual([]);
  });

  it('may be behind the log, as after a kill between a commit and its anchor', async () => {
    const anchor = readFileSync(`${path}-anchor`);
    const store = open();
    await store.append(STREAM, someEvents(3), 'any');
    await store.close();
    writeFileSync(`${path}-anchor`, anchor);

    expect(await open().head()).toBe(BigInt(EVENTS) + 3n);
  });

  it('covers more events than one part of it holds', async () => {
    const store = open();
    for (let part = 0; part < 5; part++) {
      await Promise.all(Array.from({ length: 5_000 }, () => store.append(STREAM, [anEvent()], 'any')));
    }
    await store.close();
    expect(await open().head()).toBe(BigInt(EVENTS) + 25_000n);
    await opened.pop()?.close();
    change(`UPDATE event SET type = 'Else' WHERE position = ${EVENTS + 25_000 - 9_999}`);
    expect(() => open()).toThrow(/not those that were recorded/);
  });

  it('leaves only the ledger and itself when the ledger is closed', async () => {
    await open().close();
    expect(readdirSync(join(path, '..')).sort()).toEqual(['ledger.db', 'ledger.db-anchor']);
    expect(statSync(`${path}-anchor`).mode & 0o777).toBe(0o600);
  });

  it('takes what a failed write has left for a change of its own, but no later change', () => {
    const file = new OpenFile(path);
    const fail = () => {
      appendFileSync(`${path}-wal`, 'pages of a transaction that was rolled back');
      throw new RangeError('it fails');
    };
    expect(() => {
      file.writing(fail);
    }).toThrow(RangeError);
    expect(file.isUntouched).toBe(true);
    appendFileSync(`${path}-wal`, 'of another program');
    expect(file.isUntouched).toBe(false);
  });

  it('does not hide a write-ahead log that is removed under a running store', async () => {
    const store = open();
    await store.append(STREAM, someEvents(1), 'any');
    rmSync(`${path}-wal`);
    await expect(store.append(STREAM, someEvents(1), 'any')).rejects.toThrow(LogMismatch);
    await expect(collect(store.readAll(0n))).rejects.toThrow(/ledger\.db-wal/);
    await store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });
});
