import timers from 'node:timers/promises';
import { StoredEvent } from '../../src/event-store/envelope';
import { EventStore } from '../../src/event-store/event-store';
import { EventTypes, upcasting } from '../../src/event-store/event-types';
import { testStreams } from '../support/streams';
import { CorruptLedger, DamagedReadModels, LogMismatch, LostReadModels, Outage } from '../../src/kernel/outage';
import { Lease } from '../../src/projector/lease';
import { Projection } from '../../src/projector/projection';
import { Projector } from '../../src/projector/projector';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { BEFORE_ALL, Change } from '../../src/read-model/change';
import { documentKey, TemporalStore } from '../../src/read-model/temporal-store';
import { FakeLog } from './fake-log';
import { aMetadata } from '../support/events';
import { troublesTo } from '../support/telemetry';

const pauses: number[] = [];

const WHOLE = { after: 0n, upTo: 1_000_000n };
const A = 'mingjian-task-A';
const B = 'mingjian-task-B';

/** A record is the list of its event ids. */
const taskProjection: Projection<readonly string[]> = {
  entityType: 'TASK',
  evolve: (record = [], event) => [...record, event.id],
  project: (record, event) => ({
    department: 'D1',
    fiscalYear: 2023,
    state: { events: record },
    otherDocuments: [
      { key: documentKey('TASK', `${event.stream}/other`), revision: record.length, state: { last: event.id } },
    ],
    members: [{ collection: 'TASK', code: event.stream }],
  }),
};
const TYPES: EventTypes = { Happened: { personal: [], upcasters: [] } };

describe('the projector', () => {
  let log: FakeLog;
  let store: TemporalStore;
  let troubles: unknown[];
  let onTrouble: () => void;
  let running: { readonly projector: Projector; readonly stop: () => Promise<void> }[];

  beforeEach(() => {
    pauses.length = 0;
    // Records the backoff instead of waiting for it.
    jest.spyOn(timers, 'setTimeout').mockImplementation((milliseconds = 0) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    });
    log = new FakeLog();
    store = new MemoryTemporalStore();
    troubles = [];
    onTrouble = () => undefined;
    running = [];
  });
  afterEach(() => Promise.all(running.map(({ stop }) => stop())));

  interface Options {
    readonly store?: TemporalStore;
    readonly projection?: Projection;
    readonly cachedRecords?: number;
    readonly lease?: Lease;
    readonly lookEveryMs?: number;
  }

  function start(options: Options = {}) {
    const { projection = taskProjection, cachedRecords, lease, lookEveryMs } = options;
    const projector = new Projector({
      log: upcasting(log as unknown as EventStore, TYPES),
      store: options.store ?? store,
      streams: testStreams,
      projections: [projection],
      telemetry: troublesTo((error) => {
        troubles.push(error);
        onTrouble();
      }),
      cachedRecords,
      lease,
      checkEveryMs: lookEveryMs,
    });
    const stopping = new AbortController();
    const ended = projector.run(stopping.signal);
    const stop = () => {
      stopping.abort();
      return ended;
    };
    running.push({ projector, stop });
    return { projector, ended, stop };
  }

  /** Runs until all events of the log are handled. */
  async function project(options: Options = {}): Promise<ReturnType<typeof start>> {
    let started: ReturnType<typeof start> | undefined;
    await log.idle(() => (started = start(options)));
    return started!;
  }

  const changes = async (of: TemporalStore = store): Promise<readonly Change[]> => of.changes(WHOLE);
  const recordedTimes = async (of?: TemporalStore) => (await changes(of)).map(({ recordedAt }) => recordedAt);
  const sequences = async (of?: TemporalStore) => (await changes(of)).map(({ sequence }) => sequence);

  describe('derives from the log', () => {
    it("a recordedAt that does not go back if the store's clock does", async () => {
      const times = [1_000, 900, 1_000, 1_001, 1, 5_000, 4_999];
      for (const [index, storedAt] of times.entries()) log.add({ stream: index % 2 === 0 ? A : B, storedAt });
      await project();

      expect(await recordedTimes()).toEqual([1_000, 1_000, 1_000, 1_001, 1_001, 5_000, 5_000]);
      expect((await changes()).map(({ event }) => event.storedAt)).toEqual(times);
    });

    it('a sequence without a gap, whatever the gaps between positions', async () => {
      for (const position of [3n, 4n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 62n]) log.add({ stream: A, position });
      await project();

      expect((await store.changes({ after: 0n, upTo: 2n ** 63n })).map(({ sequence }) => sequence)).toEqual([
        1n,
        2n,
        3n,
        4n,
        5n,
      ]);
    });

    it('the same values after a rebuild', async () => {
      for (const storedAt of [5, 3, 9, 9, 1]) log.add({ stream: storedAt === 9 ? A : B, storedAt });
      await project();
      const another: TemporalStore = new MemoryTemporalStore();
      await project({ store: another });

      expect(await changes(another)).toEqual(await changes());
      expect(await another.checkpoint()).toEqual(await store.checkpoint());
    });
  });

  it("the entity's document with its change, its other documents, and its memberships", async () => {
    const [first, , second] = [log.add({ stream: A }), log.add({ stream: B }), log.add({ stream: A })];
    await project();

    const walk = await store.walk(documentKey('TASK', 'A'), WHOLE);
    expect(walk.map(({ position, revision, state }) => ({ position, revision, state }))).toEqual([
      { position: 10n, revision: 1, state: { events: [first.id] } },
      { position: 30n, revision: 2, state: { events: [first.id, second.id] } },
    ]);
    expect(walk.map(({ change }) => change)).toEqual([
      expect.objectContaining({ event: first, sequence: 1n, department: 'D1', fiscalYear: 2023 }),
      expect.objectContaining({ event: second, sequence: 3n, entity: { entityType: 'TASK', code: 'A' } }),
    ]);
    const [other] = await store.versions([documentKey('TASK', `${A}/other`)], 100n);
    expect(other).toEqual({ position: 30n, revision: 2, state: { last: second.id } });
    expect(await store.members('TASK', 25n, {})).toEqual([A, B]);
  });

  describe('continues', () => {
    it('with events that are appended while it works', async () => {
      log.add({ stream: A });
      await project();
      await log.idle(() => log.add({ stream: A }));
      await log.idle(() => log.add({ stream: B }));

      expect(await sequences()).toEqual([1n, 2n, 3n]);
    });

    it("from the checkpoint, with each entity's record folded from the log", async () => {
      for (const storedAt of [7, 9, 8]) log.add({ stream: A, storedAt });
      await (await project()).stop();
      log.add({ stream: A, storedAt: 1 });
      log.add({ stream: B, storedAt: 10 });
      await project();

      expect(await sequences()).toEqual([1n, 2n, 3n, 4n, 5n]);
      expect(await recordedTimes()).toEqual([7, 9, 9, 9, 10]);
      const [version] = await store.versions([documentKey('TASK', 'A')], 1_000n);
      expect(version).toMatchObject({
        revision: 4,
        state: { events: ['event-10', 'event-20', 'event-30', 'event-40'] },
      });
    });

    it('with more entities than it caches', async () => {
      const streams = ['A', 'B', 'C', 'A', 'C', 'B', 'A', 'A'].map((code) => `mingjian-task-${code}`);
      for (const stream of streams) log.add({ stream });
      await project({ cachedRecords: 1 });
      const another: TemporalStore = new MemoryTemporalStore();
      await project({ store: another });

      for (const code of ['A', 'B', 'C']) {
        const key = documentKey('TASK', code);
        expect(await store.walk(key, WHOLE)).toEqual(await another.walk(key, WHOLE));
      }
      expect(troubles).toEqual([]);
    });

    it('until it is stopped', async () => {
      const { ended, stop, projector } = await project();
      await stop();
      await ended;
      log.add({ stream: A });

      expect(await store.checkpoint()).toEqual(BEFORE_ALL);
      expect(projector.failure).toBeUndefined();
      expect(troubles).toEqual([]);
    });
  });

  describe('never shows a part of a command', () => {
    const part = (number: number) => ({ stream: A, metadata: aMetadata({ commandPart: { number, of: 3 } }) });

    it('while only a part of it has been delivered', async () => {
      const before = log.add({ stream: B });
      await project();
      await log.idle(() => {
        log.holdBack(1);
        for (const number of [1, 2, 3]) log.add(part(number));
      });
      expect((await store.watermark())?.position).toBe(before.position);

      await log.idle(() => {
        log.holdBack(0);
      });
      expect((await store.watermark())?.sequence).toBe(4n);
    });

    it('and is not open to readers before it has the whole last one', async () => {
      log.holdBack(1);
      for (const number of [1, 2, 3]) log.add(part(number));
      const { stop } = await project();
      expect(await store.watermark()).toBeUndefined();
      await stop();

      log.holdBack(0);
      await project();
      expect((await store.watermark())?.sequence).toBe(3n);
    });
  });

  describe('opens the store to readers', () => {
    it('at once if the log is empty', async () => {
      await project();
      expect(await store.watermark()).toEqual(BEFORE_ALL);
    });

    it('only after it has reached the head that it saw at the start', async () => {
      for (let count = 0; count < 5; count++) log.add({ stream: A });
      log.holdBack(3);
      await project();
      expect((await store.checkpoint()).position).toBe(20n);
      expect(await store.watermark()).toBeUndefined();

      await log.idle(() => {
        log.holdBack(1);
      });
      expect((await store.checkpoint()).position).toBe(40n);
      expect(await store.watermark()).toBeUndefined();

      await log.idle(() => {
        log.holdBack(0);
      });
      expect((await store.watermark())?.position).toBe(50n);
    });

    it('at once if the checkpoint is at the head already', async () => {
      log.add({ stream: A });
      const behind: TemporalStore = new MemoryTemporalStore();
      await (await project({ store: withoutServing(behind) })).stop();
      expect(await behind.watermark()).toBeUndefined();
      await project({ store: behind });

      expect((await behind.watermark())?.position).toBe(10n);
    });
  });

  describe('gives up, and writes nothing more, if the log has', () => {
    it.each<[string, Partial<StoredEvent> & { readonly stream: string }]>([
      ['a gap in a stream', { stream: A, revision: 3n }],
      ['a stream that does not begin at its beginning', { stream: B, revision: 1n }],
      ['a revision twice', { stream: A, revision: 1n }],
      ['an event of an unknown category', { stream: 'mingjian-loan-A' }],
      ['an event of a category that nothing projects', { stream: 'mingjian-indicator-A' }],
      ['an event of an unknown type', { stream: A, type: 'Vanished' }],
      [
        'an event of an unknown version',
        { stream: A, metadata: { schemaVersion: 2, effectiveAt: '', actor: { sub: 'u' } } },
      ],
    ])('%s', async (_, event) => {
      log.add({ stream: A });
      log.add({ stream: A });
      const { projector, ended } = await project();
      log.add(event);
      log.add({ stream: 'mingjian-task-C' });
      await ended;

      expect(projector.failure).toBeInstanceOf(CorruptLedger);
      expect(troubles).toEqual([projector.failure]);
      expect((await store.checkpoint()).position).toBe(20n);
      expect(await sequences()).toEqual([1n, 2n]);
      expect(pauses).toEqual([]);
    });

    it('an event on which a projection fails, and names the cause', async () => {
      const bug = new TypeError('a bug of ours');
      const projection: Projection = {
        ...taskProjection,
        entityType: 'TASK',
        evolve: () => {
          throw bug;
        },
        project: () => ({ department: 'D1', state: {} }),
      };
      log.add({ stream: A });
      const { projector, ended } = start({ projection });
      await ended;

      expect(projector.failure?.cause).toBe(bug);
      expect(troubles).toEqual([bug]);
      expect(await store.checkpoint()).toEqual(BEFORE_ALL);
      expect(await store.watermark()).toBeUndefined();
    });
  });

  describe('writes nothing, and retries until the log is the one that it knows, if the log has', () => {
    const others: readonly (readonly [string, (another: FakeLog) => void])[] = [
      ['another event where the store ends', (another) => another.add({ stream: A, position: 10n, id: 'another' })],
      ['the same event, recorded at another time', (another) => another.add({ stream: A, storedAt: 7 })],
      ['nothing', () => undefined],
      ['its next event after where the store ends', (another) => another.add({ stream: A, position: 20n })],
      [
        'another event where the store ends, and more',
        (another) => {
          another.addAll([A, B, B], 'another');
        },
      ],
    ];
    /** Replaces the log until the projector has reported three failures. */
    const othersUntilTheThirdTrouble = (fill: (another: FakeLog) => void): void => {
      const whole = log.putBack(fill);
      onTrouble = () => {
        if (troubles.length === 3) log.putBack(whole);
      };
    };

    it.each(others)('%s, at the start', async (_, fill) => {
      log.add({ stream: A });
      await (await project()).stop();
      othersUntilTheThirdTrouble(fill);
      const { projector } = await project();

      expect(troubles).toHaveLength(3);
      for (const trouble of troubles) expect(trouble).toBeInstanceOf(LogMismatch);
      expect(String(troubles[0])).toContain('mingjian rebuild');
      expect(projector.failure).toBeUndefined();
      expect((await changes()).map(({ event }) => event.id)).toEqual(['event-10']);
      await log.idle(() => log.add({ stream: B }));
      expect(await sequences()).toEqual([1n, 2n]);
    });

    it.each(others)('%s, after the connection was lost and made again', async (_, fill) => {
      log.add({ stream: A });
      await project();
      await log.idle(() => {
        log.breakOff(() => {
          othersUntilTheThirdTrouble(fill);
        });
      });

      expect(troubles).toHaveLength(3);
      expect((await changes()).map(({ event }) => event.id)).toEqual(['event-10']);
    });

    it.each(others)('%s, just before its subscription begins', async (_, fill) => {
      log.add({ stream: A });
      await (await project()).stop();
      log.beforeSubscription = () => {
        othersUntilTheThirdTrouble(fill);
      };
      await project();

      expect(troubles).toHaveLength(3);
      expect((await changes()).map(({ event }) => event.id)).toEqual(['event-10']);
    });
  });

  describe('rebuilds', () => {
    it('damaged read models', async () => {
      for (const stream of [A, B, A]) log.add({ stream });
      await (await project()).stop();
      for (const stream of [A, B]) log.add({ stream });
      const damaged = failingOnce(store, 'write', new DamagedReadModels('a hole'));
      const { projector } = await project({ store: damaged });

      expect(projector.failure).toBeUndefined();
      expect(troubles).toEqual([new DamagedReadModels('a hole')]);
      expect(await sequences()).toEqual([1n, 2n, 3n, 4n, 5n]);
      expect((await store.watermark())?.position).toBe(50n);
    });

    it('and gives up if they are damaged again during the rebuild', async () => {
      const damage = new DamagedReadModels('a hole');
      log.add({ stream: A });
      const { projector, ended } = start({ store: wrapped(store, { write: () => Promise.reject(damage) }) });
      await ended;

      expect(projector.failure).toBe(damage);
      expect(troubles).toEqual([damage, damage]);
      expect(await store.watermark()).toBeUndefined();
    });

    it('lost read models, even if they are lost again during the rebuild', async () => {
      for (const stream of [A, B, A]) log.add({ stream });
      const loss = new LostReadModels('a key is gone');
      const losing = failingOnce(failingOnce(store, 'write', loss), 'write', loss);
      const discard = jest.spyOn(store, 'discard');
      const { projector } = await project({ store: losing });

      expect(projector.failure).toBeUndefined();
      expect(troubles).toEqual([loss, loss]);
      expect(discard).toHaveBeenCalledTimes(2);
      expect(await sequences()).toEqual([1n, 2n, 3n]);
    });

    it('read models that are no longer open to readers', async () => {
      log.add({ stream: A });
      const watermark = jest.fn(() => store.watermark());
      await project({ store: wrapped(store, { watermark }), lookEveryMs: 1 });
      await log.idle(() => void watermark.mockReturnValueOnce(undefined));

      expect(troubles).toEqual([new Outage('The read models have lost a part of their data')]);
      expect((await store.watermark())?.position).toBe(10n);
    });

    it('read models that are lost while nothing is written', async () => {
      for (const stream of [A, B, A]) log.add({ stream });
      await project({ lookEveryMs: 1 });
      await log.idle(() => void store.discard());

      expect(await sequences()).toEqual([1n, 2n, 3n]);
      expect((await store.watermark())?.position).toBe(30n);
      expect(troubles).toEqual([new Outage('The read models have lost a part of their data')]);
    });
  });

  describe('under a lease', () => {
    it('writes with its token; after a loss of the lease, writes only when it has it again', async () => {
      const losing: (() => void)[] = [];
      let holders = 0n;
      const lease: Lease = {
        async hold(signal, work) {
          const lost = new AbortController();
          losing.push(() => {
            lost.abort();
          });
          await work(++holders, AbortSignal.any([signal, lost.signal]), () => true);
          if (!signal.aborted) throw new Outage('lost');
        },
      };
      const claimed: bigint[] = [];
      const claiming = wrapped(store, {
        claim: (token) => {
          claimed.push(token);
        },
      });
      log.add({ stream: A });
      await project({ store: claiming, lease });
      await log.idle(() => losing[0]?.());
      await log.idle(() => log.add({ stream: A }));

      expect(claimed).toEqual([1n, 2n]);
      expect(await sequences()).toEqual([1n, 2n]);
    });

    it('does nothing while another process holds it', async () => {
      log.add({ stream: A });
      const never: Lease = {
        hold: (signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              resolve();
            });
          }),
      };
      const { stop } = start({ lease: never });
      await stop();

      expect(await store.checkpoint()).toEqual(BEFORE_ALL);
      expect(await store.watermark()).toBeUndefined();
    });
  });

  describe('retries after an outage', () => {
    const outage = new Outage('away');

    it.each<[string, (failing: { store: TemporalStore }) => void]>([
      ['of the store when it is written to', (failing) => (failing.store = failingOnce(store, 'write', outage))],
      ['of the store when it is asked', (failing) => (failing.store = failingOnce(store, 'checkpoint', outage))],
      ['of the store when it is opened', (failing) => (failing.store = failingOnce(store, 'markServing', outage))],
      ['of the log when it is asked', () => log.headFailures.push(outage)],
      ['of the log while it delivers', () => log.drops.push(outage)],
    ])('%s', async (_, arrange) => {
      for (const stream of [A, B, A, A, B]) log.add({ stream });
      const failing = { store };
      arrange(failing);
      const { projector } = await project(failing);

      expect(troubles).toEqual([outage]);
      expect(pauses).toEqual([50]);
      expect(projector.failure).toBeUndefined();
      expect(await sequences()).toEqual([1n, 2n, 3n, 4n, 5n]);
      expect((await store.watermark())?.position).toBe(50n);
    });

    it('and subscribes again if the log ends the subscription without an error', async () => {
      for (const stream of [A, B, A]) log.add({ stream });
      log.drops.push(undefined, undefined);
      await project();

      expect(await sequences()).toEqual([1n, 2n, 3n]);
      expect(troubles).toEqual([]);
    });

    it('with longer pauses each time, up to 5 seconds, and short ones again after progress', async () => {
      for (const stream of [A, B]) log.add({ stream });
      const times = 9;
      log.headFailures.push(...Array.from({ length: times }, () => outage));
      await project();
      expect(pauses).toEqual([50, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);

      log.drops.push(outage);
      await log.idle(() => log.add({ stream: A }));
      expect(pauses.slice(times)).toEqual([50]);
    });

    it('with longer pauses each time even if the log works and only the store fails', async () => {
      log.add({ stream: A });
      let left = 4;
      const failing = wrapped(store, {
        write: (batch) => (left-- > 0 ? Promise.reject(outage) : store.write(batch)),
      });
      await project({ store: failing });

      expect(pauses).toEqual([50, 100, 200, 400]);
    });
  });
});

const wrapped = (store: TemporalStore, parts: Partial<TemporalStore>): TemporalStore => ({
  synchronous: store.synchronous,
  claim: (token) => {
    store.claim(token);
  },
  discard: () => store.discard(),
  version: () => store.version(),
  forget: () => {
    store.forget();
  },
  close: () => store.close(),
  checkpoint: () => store.checkpoint(),
  write: (batch) => store.write(batch),
  markServing: () => store.markServing(),
  requireWritable: () => store.requireWritable(),
  watermark: () => store.watermark(),
  waitForWatermark: (position, timeoutMs) => store.waitForWatermark(position, timeoutMs),
  versions: (keys, at) => store.versions(keys, at),
  walk: (key, range) => store.walk(key, range),
  members: (collection, at, page) => store.members(collection, at, page),
  changes: (range) => store.changes(range),
  pointAt: (place) => store.pointAt(place),
  ...parts,
});

const withoutServing = (store: TemporalStore): TemporalStore =>
  wrapped(store, { markServing: () => Promise.resolve() });

/** Fails at the first call of one of its methods, before it does anything. */
function failingOnce(
  store: TemporalStore,
  method: 'write' | 'checkpoint' | 'markServing',
  error: Error,
): TemporalStore {
  let failed = false;
  const failFirst =
    <Arguments extends readonly unknown[], T>(call: (...args: Arguments) => Promise<T>) =>
    (...args: Arguments): Promise<T> => {
      if (failed) return call(...args);
      failed = true;
      return Promise.reject(error);
    };
  switch (method) {
    case 'write':
      return wrapped(store, { write: failFirst((batch: Parameters<TemporalStore['write']>[0]) => store.write(batch)) });
    case 'checkpoint':
      return wrapped(store, { checkpoint: failFirst(() => store.checkpoint()) });
    case 'markServing':
      return wrapped(store, { markServing: failFirst(() => store.markServing()) });
  }
}
