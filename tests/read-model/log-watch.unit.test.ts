import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoredEvent } from '../../src/event-store/envelope';
import { AppendResult, EventStore } from '../../src/event-store/event-store';
import { LogMismatch, Outage } from '../../src/kernel/outage';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { guardedLog } from '../../src/read-model/guarded-log';
import { guardedStore } from '../../src/read-model/guarded-store';
import { LogWatch } from '../../src/read-model/log-watch';
import { ProjectedChange, TemporalStore } from '../../src/read-model/temporal-store';
import { collect, someEvents } from '../support/events';
import { FakeLog } from '../projector/fake-log';
import { Script } from './contract/script';

const STREAM = 'mingjian-task-A';

describe('LogWatch', () => {
  let log: FakeLog;
  let store: MemoryTemporalStore;
  let script: Script;
  let position: bigint;
  let turns: string[];
  let watch: LogWatch;

  beforeEach(async () => {
    log = new FakeLog();
    store = new MemoryTemporalStore();
    begin();
    turns = [];
    await store.markServing();
    watch = new LogWatch({ log, store, onTurn: (_, turn) => turns.push(turn) });
  });

  function begin(): void {
    script = new Script();
    position = 0n;
  }

  /** At positions 10, 20, 30 … of a new script. */
  const next = (): ProjectedChange => script.next({ position: 10n * ++position, documents: ['D1.2023'] });

  /** Adds an event to the log and to the read models. */
  async function record(): Promise<ProjectedChange> {
    const projected = next();
    await store.write([projected]);
    log.add(projected.change.event);
    return projected;
  }

  const isMismatch = async (): Promise<boolean> =>
    watch.compare().then(
      () => false,
      (error: unknown) => {
        expect(error).toBeInstanceOf(LogMismatch);
        return true;
      },
    );
  const different = (event: StoredEvent): StoredEvent => ({ ...event, id: 'another' });

  it('refuses everything from the moment that it is told to, whatever it finds', async () => {
    await record();
    expect(await isMismatch()).toBe(false);
    watch.refuse(new LogMismatch('altered'));
    expect(() => watch.ready()).toThrow('altered');
    await record();
    expect(await isMismatch()).toBe(true);
    expect(() => watch.ready()).toThrow('altered');
    expect(turns).toEqual(['noticed']);
  });

  it('accepts an empty log, and one that grows', async () => {
    expect(await isMismatch()).toBe(false);
    await record();
    expect(await isMismatch()).toBe(false);
    log.add({ stream: STREAM });
    expect(await isMismatch()).toBe(false);
    expect(turns).toEqual([]);
  });

  it.each<[string, (events: readonly StoredEvent[]) => readonly StoredEvent[]]>([
    ['lost its end', (events) => events.slice(0, 1)],
    ['was emptied', () => []],
    ['has another event at the end', (events) => [events[0]!, different(events[1]!)]],
    ['has the event at another position', (events) => [events[0]!, { ...events[1]!, position: 1_000n }]],
    ['has the event with another time', (events) => [events[0]!, { ...events[1]!, storedAt: 1 }]],
  ])('notices a log that %s, until the old one is back', async (_, change) => {
    await record();
    await record();
    await watch.compare();
    const whole = log.putBack([]);
    log.putBack(change(whole));

    expect(await isMismatch()).toBe(true);
    expect(await isMismatch()).toBe(true);
    expect(() => watch.ready()).toThrow(LogMismatch);
    expect(turns).toEqual(['noticed']);

    log.putBack(whole);
    expect(await isMismatch()).toBe(false);
    expect(watch.ready()).toBeUndefined();
    expect(turns).toEqual(['noticed', 'over']);
  });

  it('makes the first reader wait for the first comparison', async () => {
    await record();
    log.putBack([]);

    await expect(watch.ready()).rejects.toBeInstanceOf(LogMismatch);
  });

  it('notices the loss of an event that was recorded here, even if no read model has it', async () => {
    await record();
    const event = log.add({ stream: STREAM });
    watch.saw(event);
    await watch.compare();
    log.putBack(log.putBack([]).slice(0, 1));

    expect(await isMismatch()).toBe(true);
  });

  it('accepts read models that were rebuilt from what is left, and reports it', async () => {
    const first = await record();
    await record();
    await watch.compare();
    log.putBack(log.putBack([]).slice(0, 1));
    expect(await isMismatch()).toBe(true);

    await store.discard();
    expect(await isMismatch()).toBe(true);
    await store.write([first]);
    await store.markServing();
    expect(await isMismatch()).toBe(false);
    expect(turns).toEqual(['noticed', 'over']);
  });

  it('reports both turns if it notices the loss only after the rebuild', async () => {
    await record();
    await record();
    await watch.compare();
    log.putBack([]);
    await store.discard();
    await store.markServing();

    expect(await isMismatch()).toBe(false);
    expect(turns).toEqual(['noticed', 'over']);
  });

  it('passes an outage on, and does not treat it as a mismatch', async () => {
    await record();
    await watch.compare();
    jest.spyOn(log, 'readStream').mockImplementation(() => {
      throw new Outage('away');
    });

    await expect(watch.compare()).rejects.toThrow('away');
    expect(watch.ready()).toBeUndefined();
    expect(turns).toEqual([]);
  });

  it('keeps a mismatch while the read models cannot be read', async () => {
    await record();
    log.putBack([]);
    expect(await isMismatch()).toBe(true);
    jest.spyOn(store, 'watermark').mockImplementation(() => {
      throw new Outage('away');
    });

    expect(await isMismatch()).toBe(true);
  });

  describe('the guarded log', () => {
    const guarded = (): EventStore => guardedLog(log as unknown as EventStore, watch);
    const appendingWith = (append: () => Promise<AppendResult>): EventStore =>
      guardedLog({ append } as unknown as EventStore, watch);

    it.each<[string, () => Promise<unknown>]>([
      ['a stream', () => collect(guarded().readStream(STREAM))],
      ['all', () => collect(guarded().readAll(0n))],
      ['its head', () => guarded().head()],
      ['news', () => collect(guarded().subscribe(0n, new AbortController().signal))],
    ])('delivers nothing from another log: %s', async (_, read) => {
      await record();
      log.putBack((another) => {
        another.addAll([STREAM, STREAM], 'another');
      });

      await expect(read()).rejects.toBeInstanceOf(LogMismatch);
    });

    it('remembers what it has appended', async () => {
      const append = () => Promise.resolve({ kind: 'appended', revision: 4n, position: 500n } as const);
      await appendingWith(append).append(STREAM, someEvents(2), 'any');

      expect(await isMismatch()).toBe(true);
    });

    it("reports that the log was replaced instead of the adapter's error", async () => {
      await record();
      log.putBack([]);
      const append = () => Promise.reject(new Error('a stream is shorter than it was'));

      await expect(appendingWith(append).append(STREAM, someEvents(1), 'any')).rejects.toBeInstanceOf(LogMismatch);
    });
  });

  it('makes the guarded store fail once, without a lasting failure, if the read models cannot be reached', async () => {
    await watch.compare();
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    const away = () => Promise.reject(new Outage('away'));
    const guarded = guardedStore({ version: away, watermark: away } as unknown as TemporalStore, watch);

    await expect(guarded.watermark()).rejects.toThrow('away');
    await nextTurn();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('makes the guarded store compare newly promoted read models with the log before they are read', async () => {
    await record();
    const guarded = guardedStore(store, watch);
    expect(await guarded.watermark()).toMatchObject({ sequence: 1n });
    log.putBack([]);
    expect(await guarded.watermark()).toMatchObject({ sequence: 1n });
    await store.discard();
    begin();
    await store.write([next()]);
    await store.markServing();

    await expect(guarded.watermark()).rejects.toBeInstanceOf(LogMismatch);
    expect(() => guarded.changes({ after: 0n, upTo: 1n })).toThrow(LogMismatch);
  });
});
