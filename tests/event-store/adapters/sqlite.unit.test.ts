import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import {
  openSqliteEventStore,
  SqliteEventStoreOptions,
} from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { NewEvent } from '../../../src/event-store/envelope';
import { EventStore } from '../../../src/event-store/event-store';
import { CorruptLedger, Outage } from '../../../src/kernel/outage';
import { TestClock } from '../../support/clock';
import { anEvent, collect, someEvents } from '../../support/events';
import { temporaryFolder } from '../../support/temporary-folder';
import { eventsThrough, eventsUntilCaughtUp, nextMessage, subscribe } from '../contract/messages';

const STREAM = 'mingjian-task-a';
const MINUTE = 60_000;

describe('the SQLite event store', () => {
  const folder = temporaryFolder();
  const opened: EventStore[] = [];
  let path: string;
  let number = 0;

  beforeEach(() => {
    path = join(folder.path, String(number++), 'ledger.db');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });
  afterAll(() => {
    folder.remove();
  });

  function open(options: Partial<SqliteEventStoreOptions> = {}): EventStore {
    const store = openSqliteEventStore({ path, prefix: 'mingjian-', ...options });
    opened.push(store);
    return store;
  }

  async function madeWith(events: readonly NewEvent[]): Promise<void> {
    const store = open();
    for (const event of events) await store.append(STREAM, [event], 'any');
    await store.close();
  }

  function changeFile(change: (database: Database.Database) => void): void {
    mkdirSync(dirname(path), { recursive: true });
    const database = new Database(path);
    change(database);
    database.close();
    // The changed events are meant to be read.
    rmSync(`${path}-anchor`, { force: true });
  }

  describe('its clock', () => {
    it('gives events its time, even if it goes back', async () => {
      const clock = new TestClock(5000);
      const store = open({ clock });
      await store.append(STREAM, someEvents(2), 'any');
      clock.set(3000);
      await store.append(STREAM, someEvents(1), 'any');

      expect((await collect(store.readAll(0n))).map(({ storedAt }) => storedAt)).toEqual([5000, 5000, 3000]);
    });

    it("may be at most 5 minutes ahead of the node's clock: beyond that, nothing is recorded", async () => {
      const clock = new TestClock(5 * MINUTE);
      const store = open({ clock, nodeClock: new TestClock(0) });
      expect(await store.append(STREAM, someEvents(1), 'any')).toMatchObject({ kind: 'appended' });
      clock.move(1);

      const appending = store.append(STREAM, someEvents(1), 'any');
      await expect(appending).rejects.toThrow(Outage);
      await expect(appending).rejects.toThrow(/more than 5 minutes ahead/);
      expect(await collect(store.readAll(0n))).toHaveLength(1);

      clock.move(-1);
      expect(await store.append(STREAM, someEvents(1), 'any')).toMatchObject({ kind: 'appended', revision: 1n });
    });

    it('may be simulated for an empty ledger', async () => {
      await madeWith([]);
      const store = open({ clock: { simulated: new TestClock(42) } });
      await store.append(STREAM, someEvents(1), 'any');
      const [event] = await collect(store.readAll(0n));
      expect(event!.storedAt).toBe(42);
    });

    it('may not be simulated for a ledger that has events', async () => {
      await madeWith(someEvents(1));
      expect(() => open({ clock: { simulated: new TestClock(42) } })).toThrow(/has events, but a simulated clock/);
      expect(await open().head()).toBe(1n);
    });
  });

  describe('its file', () => {
    it('is one file and its anchor once the store is closed, in a folder that was created for it', async () => {
      await madeWith(someEvents(3));
      expect(readdirSync(dirname(path))).toEqual(['ledger.db', 'ledger.db-anchor']);
    });

    it('is open in one store at a time', async () => {
      const first = open();
      await first.append(STREAM, someEvents(1), 'any');
      expect(() => open()).toThrow(Outage);
      expect(() => open()).toThrow(/another process is using it/);
      expect(await first.append(STREAM, someEvents(1), 'any')).toMatchObject({ kind: 'appended' });
      await first.close();

      expect(await open().head()).toBe(2n);
    });

    it('is open in one process at a time', () => {
      open();
      const support = join(__dirname, '../../support');
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--require', join(support, 'run-typescript.cjs'), join(support, 'append-without-end.ts'), path],
        { encoding: 'utf8' },
      );

      expect(status).toBe(1);
      expect(stderr).toMatch(/Outage: .* another process is using it/);
    });

    it.each<[string, typeof Outage | typeof CorruptLedger, RegExp, () => Promise<void> | void]>([
      [
        'made by a newer program',
        CorruptLedger,
        /layout 2/,
        async () => {
          await madeWith(someEvents(1));
          changeFile((database) => database.pragma('user_version = 2'));
        },
      ],
      [
        'with streams of another prefix',
        CorruptLedger,
        /begin with else-/,
        async () => {
          await openSqliteEventStore({ path, prefix: 'else-' }).close();
        },
      ],
      [
        'whose days are those of another time zone',
        CorruptLedger,
        /days are those of Asia\/Urumqi.*LEDGER_TIME_ZONE=Asia\/Urumqi/,
        async () => {
          const store = openSqliteEventStore({ path, prefix: 'mingjian-', timeZone: 'Asia/Urumqi' });
          await store.append(STREAM, someEvents(1), 'any');
          await store.close();
        },
      ],
      [
        'that is another database',
        CorruptLedger,
        /not a ledger/,
        () => {
          changeFile((database) => database.exec('CREATE TABLE event (position INTEGER PRIMARY KEY)'));
        },
      ],
      [
        'that is not a database',
        CorruptLedger,
        /not a ledger/,
        () => {
          mkdirSync(dirname(path));
          writeFileSync(path, '部门整体支出绩效自评报告'.repeat(100));
        },
      ],
      [
        'that is a folder',
        Outage,
        /cannot be opened/,
        () => {
          mkdirSync(path, { recursive: true });
        },
      ],
    ])('is refused if it is one %s, and not changed', async (_, error, message, make) => {
      await make();
      const before = readdirSync(dirname(path));
      const reopen = () => open({ timeZone: 'Asia/Shanghai' });
      expect(reopen).toThrow(error);
      expect(reopen).toThrow(message);
      expect(readdirSync(dirname(path))).toEqual(before);
    });

    it('can be opened again at once after a refusal', async () => {
      await madeWith(someEvents(1));
      expect(() => open({ prefix: 'else-' })).toThrow(CorruptLedger);
      expect(await open().append(STREAM, someEvents(1), 0n)).toMatchObject({ kind: 'appended' });
    });

    it.each<[string, string | undefined, string]>([
      ['has no events yet', 'Asia/Urumqi', 'Asia/Shanghai'],
      ['was made before time zones were kept', undefined, 'Asia/Shanghai'],
      ['is opened with another name of its time zone', 'Asia/Chongqing', 'Asia/Shanghai'],
    ])('gets the time zone of its configuration if it %s', async (_, before, timeZone) => {
      const store = open({ timeZone: before });
      if (before !== 'Asia/Urumqi') await store.append(STREAM, someEvents(1), 'any');
      await store.close();
      const reopened = open({ timeZone });
      await reopened.append(STREAM, someEvents(1), 'any');
      await reopened.close();
      expect(() => open({ timeZone: 'Asia/Urumqi' })).toThrow('its days are those of Asia/');
    });

    it.each<[string, () => void]>([
      [
        'damaged pages',
        () => {
          const file = openSync(path, 'r+');
          for (let page = 8; page < 40; page++) writeSync(file, randomBytes(4096), 0, 4096, page * 4096);
        },
      ],
      [
        'a gap in a stream',
        () => {
          changeFile((database) => database.exec('DELETE FROM event WHERE revision = 3'));
        },
      ],
      [
        'an event that is not JSON',
        () => {
          changeFile((database) => database.exec(`UPDATE event SET data = '{"amount":' WHERE revision = 3`));
        },
      ],
    ])('is a corrupt ledger if it has %s', async (_, damage) => {
      await madeWith(someEvents(200));
      damage();
      const reading = async () => collect(open().readStream(STREAM));
      await expect(reading()).rejects.toThrow(CorruptLedger);
    });

    it('counts exactly above 2^53', async () => {
      await madeWith(someEvents(1));
      const last = 2n ** 53n;
      changeFile((database) => {
        database.prepare('UPDATE event SET position = ?, revision = ?').run(last, last);
      });
      const store = open();
      expect(await store.head()).toBe(last);
      expect(await store.append(STREAM, someEvents(1), last)).toEqual({
        kind: 'appended',
        revision: last + 1n,
        position: last + 1n,
      });
      expect(await store.append(STREAM, someEvents(1), last)).toEqual({ kind: 'conflict', current: last + 1n });
      await store.append(STREAM, someEvents(1), last + 1n);

      const [, second, third] = await collect(store.readAll(0n));
      expect([second!.position, third!.position]).toEqual([last + 1n, last + 2n]);
      expect(await collect(store.readAll(last + 1n))).toEqual([third]);
      expect(await collect(store.readStream(STREAM, last + 1n))).toEqual([second, third]);
      expect(await eventsUntilCaughtUp(subscribe(store, last, new AbortController().signal))).toEqual([second, third]);
    });
  });

  describe('append', () => {
    it.each<[string, NewEvent]>([
      ['not a number', anEvent({ data: { lines: [{ score: Number.NaN }] } })],
      ['an infinite number', anEvent({ data: { score: Number.POSITIVE_INFINITY } })],
      ['NUL in a type', anEvent({ type: 'Budget\0Approved' })],
      ['NUL in an id', anEvent({ id: 'a\0' })],
      ['a lone surrogate in a type', anEvent({ type: 'Budget\ud842' })],
    ])('refuses what would come back changed: %s', async (_, event) => {
      const store = open();
      await expect(store.append(STREAM, [anEvent(), event], 'any')).rejects.toThrow(/cannot be stored/);
      expect(await store.head()).toBe(0n);
    });

    it('refuses a stream whose name would come back changed', async () => {
      await expect(open().append(`${STREAM}\0`, someEvents(1), 'any')).rejects.toThrow(/cannot be stored/);
    });

    it('gives a repeated append the same answer as the first time even if it expects a newer revision', async () => {
      const store = open();
      const events = someEvents(2);
      const first = await store.append(STREAM, events, 'no-stream');
      await store.append(STREAM, someEvents(1), 'any');

      expect(await store.append(STREAM, events, 2n)).toEqual(first);
    });

    it('refuses an id that the stream already has, without affecting the appends in the same transaction', async () => {
      const store = open();
      const event = anEvent();
      await store.append(STREAM, [event], 'any');
      const [reused, beside] = await Promise.allSettled([
        store.append(STREAM, [anEvent(), event], 'any'),
        store.append(STREAM, [anEvent()], 0n),
      ]);

      expect(reused.status).toBe('rejected');
      expect(beside).toMatchObject({ status: 'fulfilled', value: { kind: 'appended', revision: 1n } });
      await expect(store.append(STREAM, Array(2).fill(anEvent()) as NewEvent[], 'any')).rejects.toThrow(/the same id/);
    });

    it('accepts more at once than fit one transaction', async () => {
      const store = open();
      const results = await Promise.all(someEvents(1100).map((event) => store.append(STREAM, [event], 'any')));

      expect(results.at(-1)).toEqual({ kind: 'appended', revision: 1099n, position: 1100n });
    });

    it('records nothing if its transaction fails, and the next one succeeds', async () => {
      const clock = new TestClock(0.5);
      const store = open({ clock });
      await expect(store.append(STREAM, someEvents(2), 'any')).rejects.toThrow(RangeError);
      expect(await store.head()).toBe(0n);
      clock.set(1);

      expect(await store.append(STREAM, someEvents(1), 'no-stream')).toMatchObject({ revision: 0n, position: 1n });
    });

    it('is still recorded if the store is closed right after it', async () => {
      const store = open();
      const appending = store.append(STREAM, someEvents(1), 'any');
      await store.close();

      expect(await open().head()).toBe(1n);
      expect(await appending).toMatchObject({ kind: 'appended' });
    });
  });

  describe('reading', () => {
    it('yields to the event loop between pages', async () => {
      const store = open();
      await store.append(STREAM, someEvents(1100), 'any');
      const other = jest.fn();
      setImmediate(other);
      await collect(store.readAll(0n));

      expect(other).toHaveBeenCalled();
    });

    it('delivers at most 512 events in one message, and fewer if they are large', async () => {
      const store = open();
      await store.append(STREAM, someEvents(600), 'any');
      const filling = 'x'.repeat(100_000);
      await store.append(
        STREAM,
        Array.from({ length: 110 }, () => anEvent({ data: { filling } })),
        'any',
      );
      const messages = subscribe(store, 0n, new AbortController().signal);
      const sizes: number[] = [];
      for (
        let message = await nextMessage(messages);
        message.kind === 'events';
        message = await nextMessage(messages)
      ) {
        sizes.push(message.events.length);
      }

      expect(Math.max(...sizes)).toBe(512);
      expect(sizes.length).toBeGreaterThan(2);
      expect(sizes.reduce((sum, size) => sum + size)).toBe(710);
    });

    it('says again that it is caught up after the subscriber had fallen behind', async () => {
      const store = open();
      const messages = subscribe(store, 0n, new AbortController().signal);
      await eventsUntilCaughtUp(messages);
      await store.append(STREAM, someEvents(600), 'any');

      expect(await eventsUntilCaughtUp(messages)).toHaveLength(600);
    });

    it('delivers to a subscriber from beyond the head only later events', async () => {
      const store = open();
      await store.append(STREAM, someEvents(1), 'any');
      const messages = subscribe(store, 3n, new AbortController().signal);
      expect(await eventsUntilCaughtUp(messages)).toEqual([]);
      const last = anEvent();
      await store.append(STREAM, someEvents(2), 'any');
      await store.append(STREAM, [last], 'any');

      expect(await eventsThrough(messages, last.id)).toHaveLength(1);
    });
  });
});
