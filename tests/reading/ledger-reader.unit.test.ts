import { LedgerCalendar, Moment, parseMoment, readInstant } from '../../src/kernel/time';
import { Refusal, Result } from '../../src/kernel/refusal';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { AsOf, LedgerReader, Snapshot } from '../../src/reading/ledger-reader';
import { TemporalStore } from '../../src/read-model/temporal-store';
import { TestClock } from '../support/clock';
import { Script } from '../read-model/contract/script';

/** Longer than any test may take. */
const FOR_EVER = 3_600_000;

const FIRST = readInstant('2023-06-29T10:00:00.000Z');
/** 23:30 of 30 June in Shanghai. */
const SECOND = readInstant('2023-06-30T15:30:00.000Z');

const moment = (text: string): Moment => parseMoment(text)!;
const knownAt = (text: string): AsOf => ({ knownAt: moment(text) });
const at = (position: bigint): AsOf => ({ position });

describe('LedgerReader', () => {
  let script: Script;
  let store: TemporalStore;
  let clock: TestClock;
  let head: bigint;

  beforeEach(async () => {
    script = new Script();
    store = new MemoryTemporalStore();
    clock = new TestClock('2023-07-01T02:00:00.000Z');
    head = 0n;
    await store.markServing();
  });

  const readerOf = (patienceMs: number, of: TemporalStore = store): LedgerReader =>
    new LedgerReader({
      store: of,
      log: { head: () => Promise.resolve(head) },
      clock,
      calendar: new LedgerCalendar('Asia/Shanghai'),
      patienceMs,
    });
  const resolve = (asOf: AsOf) => readerOf(0).resolve(asOf);

  /** Puts an event on record, and into the read models if they are not behind. */
  async function record(position: bigint, recordedAt: number, behind = false): Promise<() => Promise<void>> {
    head = position;
    const projected = script.next({ position, recordedAt });
    const project = () => store.write([projected]);
    if (!behind) await project();
    return project;
  }

  /** 10 and 20 at one time, 30 later. */
  async function recordThree(): Promise<void> {
    await record(10n, FIRST);
    await record(20n, FIRST);
    await record(30n, SECOND);
  }

  const snapshotOf = (result: Result<Snapshot>): Snapshot => {
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    return result.value;
  };
  const refusalOf = <T>(result: Result<T>): Refusal['kind'] | undefined =>
    result.ok ? undefined : result.refusal.kind;

  describe('resolve, by position', () => {
    beforeEach(recordThree);

    it.each([
      { asked: 0n, position: 0n, recordedAt: 0 },
      { asked: 9n, position: 0n, recordedAt: 0 },
      { asked: 10n, position: 10n, recordedAt: FIRST },
      { asked: 19n, position: 10n, recordedAt: FIRST },
      { asked: 20n, position: 20n, recordedAt: FIRST },
      { asked: 29n, position: 20n, recordedAt: FIRST },
      { asked: 30n, position: 30n, recordedAt: SECOND },
    ])('$asked is the cut after $position', async ({ asked, ...point }) => {
      expect(await resolve(at(asked))).toEqual({ ok: true, value: point });
    });

    it('beyond the head is refused as the future, at once', async () => {
      expect(refusalOf(await readerOf(FOR_EVER).resolve(at(31n)))).toBe('AS_OF_IN_FUTURE');
    });

    it('that is on record but not projected is refused as behind', async () => {
      await record(40n, SECOND, true);

      expect(refusalOf(await resolve(at(40n)))).toBe('READ_MODEL_BEHIND');
      expect(refusalOf(await resolve(at(35n)))).toBe('READ_MODEL_BEHIND');
      expect(snapshotOf(await resolve(at(30n))).position).toBe(30n);
      expect(refusalOf(await resolve(at(41n)))).toBe('AS_OF_IN_FUTURE');
    });

    it('that is on record is waited for', async () => {
      const project = await record(40n, SECOND, true);
      const resolving = readerOf(FOR_EVER).resolve(at(40n));
      await project();

      expect(snapshotOf(await resolving).position).toBe(40n);
    });

    it('together with a known time is refused as bad input', async () => {
      const both = await resolve({ ...at(10n), ...knownAt('2023-06-30') });
      expect(both).toEqual({
        ok: false,
        refusal: { kind: 'BAD_USER_INPUT', violations: [{ path: '/at', message: expect.any(String) }] },
      });
    });

    it('accepts an effective moment too: a date means its end', async () => {
      const withEffective = async (text: string) =>
        snapshotOf(await resolve({ ...at(10n), effectiveAt: moment(text) })).effectiveAt;

      expect(await withEffective('2023-12-31')).toBe(readInstant('2023-12-31T15:59:59.999Z'));
      expect(await withEffective('2099-01-01T00:00:00Z')).toBe(readInstant('2099-01-01T00:00:00.000Z'));
      expect(await withEffective('1900-01-01T00:00:00Z')).toBe(readInstant('1900-01-01T00:00:00.000Z'));
    });
  });

  describe('resolve, by known time', () => {
    beforeEach(recordThree);

    it.each([
      ['before the first event', '2023-06-29T09:59:59.999Z', 0n],
      ['on a day before the first event', '2023-06-28', 0n],
      ['exactly at an event, of several at one time the last', '2023-06-29T10:00:00.000Z', 20n],
      ['between two events', '2023-06-30T15:29:59.999Z', 20n],
      ['on a day, up to its end in the time zone of the ledger', '2023-06-29', 20n],
      ['on the day of the last event', '2023-06-30', 30n],
      ['exactly at the last event', '2023-06-30T15:30:00.000Z', 30n],
      ['between the last event and now', '2023-07-01T01:59:59.999Z', 30n],
      ['exactly now', '2023-07-01T02:00:00.000Z', 30n],
    ])('%s', async (_, text, position) => {
      const snapshot = snapshotOf(await resolve(knownAt(text)));

      const calendar = new LedgerCalendar('Asia/Shanghai');
      expect(snapshot).toMatchObject({ position, knownAt: calendar.upperBound(moment(text)) });
    });

    it.each(['2023-07-01T02:00:00.001Z', '2023-07-02', '2024-01-01'])(
      'that has not come yet is refused: %s',
      async (text) => {
        expect(refusalOf(await resolve(knownAt(text)))).toBe('AS_OF_IN_FUTURE');
      },
    );

    it("means now for today's date, and refuses the day after as the future, in the time zone of the ledger", async () => {
      clock.set('2023-07-01T15:59:59.999Z');
      expect(snapshotOf(await resolve(knownAt('2023-07-01')))).toEqual({
        position: 30n,
        recordedAt: SECOND,
        knownAt: clock.now(),
      });
      expect(refusalOf(await resolve(knownAt('2023-07-02')))).toBe('AS_OF_IN_FUTURE');

      clock.set('2023-07-01T16:00:00.000Z');
      expect(snapshotOf(await resolve(knownAt('2023-07-02'))).knownAt).toBe(clock.now());
      expect(snapshotOf(await resolve(knownAt('2023-07-01'))).knownAt).toBe(clock.now() - 1);
    });

    it('is now if none is given', async () => {
      expect(snapshotOf(await resolve({}))).toEqual({ position: 30n, recordedAt: SECOND, knownAt: clock.now() });
    });

    it('means the time of the last recording if the clock of the server is behind it', async () => {
      clock.set('2023-06-30T15:00:00.000Z');

      expect(snapshotOf(await resolve({})).knownAt).toBe(SECOND);
      expect(snapshotOf(await resolve(knownAt('2023-06-30T15:30:00.000Z'))).position).toBe(30n);
      expect(snapshotOf(await resolve(knownAt('2023-06-30'))).knownAt).toBe(SECOND);
      expect(refusalOf(await resolve(knownAt('2023-06-30T15:30:00.001Z')))).toBe('AS_OF_IN_FUTURE');
    });

    it('that the read models have passed is answered without a read of the head', async () => {
      const log = { head: () => Promise.reject(new Error('The log is away')) };
      const calendar = new LedgerCalendar('Asia/Shanghai');
      const reader = new LedgerReader({ store, log, clock, calendar, patienceMs: 0 });

      expect(snapshotOf(await reader.resolve(knownAt('2023-06-30T15:29:59.999Z'))).position).toBe(20n);
      await expect(reader.resolve(knownAt('2023-06-30T15:30:00.000Z'))).rejects.toThrow('The log is away');
    });

    it('that they have not passed is refused as behind, even if they have an event of that time', async () => {
      await record(40n, SECOND, true);

      expect(refusalOf(await resolve({}))).toBe('READ_MODEL_BEHIND');
      expect(refusalOf(await resolve(knownAt('2023-06-30')))).toBe('READ_MODEL_BEHIND');
      expect(refusalOf(await resolve(knownAt('2023-06-30T15:30:00.000Z')))).toBe('READ_MODEL_BEHIND');
      expect(snapshotOf(await resolve(knownAt('2023-06-29'))).position).toBe(20n);
    });

    it('that they have not passed is waited for', async () => {
      const project = await record(40n, SECOND, true);
      const resolving = readerOf(FOR_EVER).resolve(knownAt('2023-06-30'));
      await project();

      expect(snapshotOf(await resolving).position).toBe(40n);
    });

    it('is position 0 in an empty ledger', async () => {
      head = 0n;
      store = new MemoryTemporalStore();
      await store.markServing();

      const beforeAll = { position: 0n, recordedAt: 0 };
      expect(snapshotOf(await resolve({}))).toEqual({ ...beforeAll, knownAt: clock.now() });
      expect(snapshotOf(await resolve(knownAt('2023-01-01')))).toMatchObject(beforeAll);
      expect(snapshotOf(await resolve(at(0n)))).toEqual(beforeAll);
      expect(refusalOf(await resolve(at(1n)))).toBe('AS_OF_IN_FUTURE');
    });
  });

  describe('while the store is not open to readers', () => {
    it('refuses everything as behind, whatever has been written', async () => {
      store = new MemoryTemporalStore();
      await recordThree();
      const reader = readerOf(0);

      expect(refusalOf(await reader.pin())).toBe('READ_MODEL_BEHIND');
      for (const asOf of [{}, at(0n), at(30n), knownAt('2023-06-29'), knownAt('2000-01-01')]) {
        expect(refusalOf(await reader.resolve(asOf))).toBe('READ_MODEL_BEHIND');
      }
      expect(await reader.waitFor(10n)).toBe(false);
      expect(await reader.projected()).toBeUndefined();
      expect(refusalOf(await reader.resolve(at(31n)))).toBe('AS_OF_IN_FUTURE');
    });

    it('waits for it', async () => {
      store = new MemoryTemporalStore();
      await recordThree();
      const pinning = readerOf(FOR_EVER).pin();
      await store.markServing();

      expect(snapshotOf(await pinning).position).toBe(30n);
    });
  });

  describe('pin', () => {
    it('is the point of the read models, without a read of the head', async () => {
      await recordThree();
      await record(40n, SECOND, true);

      expect(snapshotOf(await readerOf(0).pin())).toEqual({ position: 30n, recordedAt: SECOND });
    });

    it('never goes below a position that was pinned before', async () => {
      await recordThree();
      let current = store;
      const reader = switching(() => current);
      await reader.pin();
      current = await storeWith(20n);

      expect(refusalOf(await reader.pin())).toBe('READ_MODEL_BEHIND');
      current = store;
      expect(snapshotOf(await reader.pin()).position).toBe(30n);
    });

    it('never goes below a position that was answered from', async () => {
      await recordThree();
      let current = store;
      for (const asOf of [at(30n), knownAt('2023-06-30'), {}]) {
        const reader = switching(() => current);
        expect(snapshotOf(await reader.resolve(asOf)).position).toBe(30n);
        current = await storeWith(20n);
        expect(refusalOf(await reader.pin())).toBe('READ_MODEL_BEHIND');
        current = store;
      }
    });

    it('never goes below a write that was waited for, even if the wait failed', async () => {
      await recordThree();
      const project = await record(40n, SECOND, true);
      const reader = readerOf(0);

      expect(await reader.waitFor(40n)).toBe(false);
      expect(refusalOf(await reader.pin())).toBe('READ_MODEL_BEHIND');
      await project();
      expect(snapshotOf(await reader.pin()).position).toBe(40n);
      expect(await reader.waitFor(20n)).toBe(true);
      expect(snapshotOf(await reader.pin()).position).toBe(40n);
    });

    /** A store that is open to readers and has reached position 10 or 20. */
    async function storeWith(position: bigint): Promise<TemporalStore> {
      const less = new MemoryTemporalStore();
      const changes = await store.changes({ after: 0n, upTo: position });
      await less.write(changes.map((change) => ({ change, documents: [], members: [] })));
      await less.markServing();
      return less;
    }

    /** A reader whose store can be replaced, as after a rebuild or a failover. */
    function switching(current: () => TemporalStore): LedgerReader {
      return readerOf(
        0,
        new Proxy(store, {
          get: (_, name) => {
            const part: unknown = Reflect.get(current(), name);
            return typeof part === 'function' ? part.bind(current()) : part;
          },
        }),
      );
    }
  });

  describe('waitFor', () => {
    it('is true at once for what can be read', async () => {
      await recordThree();
      expect(await readerOf(0).waitFor(30n)).toBe(true);
      expect(await readerOf(0).waitFor(5n)).toBe(true);
    });

    it('is true if the write can be read in time, and later requests wait for it too', async () => {
      await recordThree();
      const project = await record(40n, SECOND, true);
      const reader = readerOf(FOR_EVER);
      const waiting = reader.waitFor(40n);
      const pinning = reader.pin();
      await project();

      expect(await waiting).toBe(true);
      expect(snapshotOf(await pinning).position).toBe(40n);
    });

    it('is false if it cannot be read in time', async () => {
      await recordThree();
      await record(40n, SECOND, true);

      expect(await readerOf(0).waitFor(40n)).toBe(false);
      expect(await readerOf(1).waitFor(40n)).toBe(false);
    });
  });

  describe('now', () => {
    it('is the time of the clock, or of the newest recording that the node has seen if that is later', async () => {
      const reader = readerOf(0);
      expect(reader.now()).toBe(clock.now());

      await record(10n, clock.now() + 60_000);
      await reader.pin();
      expect(reader.now()).toBe(clock.now() + 60_000);

      clock.set('2023-07-02T00:00:00.000Z');
      expect(reader.now()).toBe(clock.now());
    });
  });
});
