import { join } from 'node:path';
import { DepartmentScope } from '../../src/auth/department-scope';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { NewEvent, StoredEvent } from '../../src/event-store/envelope';
import { AppendResult } from '../../src/event-store/event-store';
import { Outage } from '../../src/kernel/outage';
import { Refused } from '../../src/kernel/refusal';
import { Signal } from '../../src/kernel/telemetry';
import { LedgerCalendar } from '../../src/kernel/time';
import { linesOf, readsEvents } from '../../src/reads/events';
import { MergedReads, MOST_MOMENTS } from '../../src/reads/merged-reads';
import { ReadLine, ReadMade } from '../../src/reads/read';
import { cursorOf, isBehind, parseCursor } from '../../src/reads/read-cursor';
import { isWanted } from '../../src/reads/read-filter';
import { ReadHistory } from '../../src/reads/read-history';
import { ReadRecorder, ReadRecorderOptions, STUCK_MS } from '../../src/reads/read-recorder';
import { readsPrefix } from '../../src/reads/streams';
import { WaitingReads } from '../../src/reads/waiting-reads';
import { visibleTo } from '../../src/reading/on-record/visible-reads';
import { cleanUps } from '../support/clean-ups';
import { TestClock } from '../support/clock';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();
const PREFIX = readsPrefix('mingjian-');
const FIELDS = ['asOf.budget.executed'];

const read = (changed: Partial<ReadMade> = {}): ReadMade => ({
  sub: 'u-1',
  operation: 'asOf',
  entity: 'BUDGET/D1.2023',
  moment: { position: 7n },
  departments: ['D1'],
  fields: FIELDS,
  ...changed,
});

const when = (at: number, day = '2026-11-28') => ({ at, day });

function taken(...reads: readonly (Partial<ReadMade> | undefined)[]): readonly ReadLine[] {
  const waiting = new WaitingReads(100);
  for (const [index, changed] of reads.entries()) waiting.add(read(changed), when(1_000 + index));
  return waiting.take();
}

/** An event as a store gives it back. */
const stored = (event: NewEvent, position: bigint): StoredEvent => ({
  ...(JSON.parse(JSON.stringify(event)) as NewEvent),
  stream: 'any',
  revision: 0n,
  position,
  storedAt: 0,
});

describe('reads that wait', () => {
  test('are one line if they differ only in their time', () => {
    const [line, ...others] = taken({}, { departments: ['D2'], fields: ['asOf.budget.code'] }, {});
    expect(others).toEqual([]);
    expect(line).toMatchObject({ count: 3, firstAt: 1_000, lastAt: 1_002, departments: ['D1', 'D2'] });
    expect(line!.fields).toEqual(['asOf.budget.executed', 'asOf.budget.code']);
  });

  test.each<[string, Partial<ReadMade>]>([
    ['person', { sub: 'u-2' }],
    ['operation', { operation: 'history' }],
    ['entity', { entity: 'BUDGET/D2.2023' }],
    ['lack of an entity', { entity: undefined }],
    ['position', { moment: { position: 8n } }],
    ['effective moment', { moment: { position: 7n, effectiveAt: 0 } }],
  ])('are two lines if they have another %s', (_, changed) => {
    expect(taken({}, changed).map(({ count }) => count)).toEqual([1, 1]);
  });

  test('are two lines on two days', () => {
    const waiting = new WaitingReads(100);
    waiting.add(read(), when(1));
    waiting.add(read(), when(2, '2026-11-29'));
    expect(waiting.take().map(({ day }) => day)).toEqual(['2026-11-28', '2026-11-29']);
  });

  test('are refused when there is no room for another line, and counted in the lines that are there', () => {
    const waiting = new WaitingReads(1);
    expect([{}, { sub: 'u-2' }, {}].map((changed) => waiting.add(read(changed), when(1)))).toEqual([true, false, true]);
    expect(waiting.take()).toHaveLength(1);
    expect(waiting.size).toBe(0);
  });
});

describe('the events of reads', () => {
  test('give the lines back', () => {
    const lines = taken(
      { name: '李', moment: { position: 2n ** 60n, effectiveAt: 1_688_140_799_999 } },
      { entity: undefined, departments: [], fields: [] },
      { entity: undefined, departments: ['*'] },
    );
    const [made, ...others] = readsEvents(lines);
    const { event } = made!;
    expect(others).toEqual([]);
    expect(linesOf(stored(event, 1n))).toEqual(lines);
    expect(event.metadata.salt).toMatch(/^.{22}==$/);
  });

  test('are one for each day, and stay far below what an append may have', () => {
    const fields = Array.from({ length: 50 }, (_, index) => `field${index}${'x'.repeat(100)}`);
    const waiting = new WaitingReads(1_000);
    for (let index = 0; index < 300; index++) waiting.add(read({ sub: `u-${index}`, fields }), when(index));
    waiting.add(read(), when(1, '2026-11-29'));
    const events = readsEvents(waiting.take());
    expect(events.flatMap(({ lines }) => lines)).toHaveLength(301);
    expect(events.length).toBeGreaterThan(3);
    expect(events.at(-1)!.day).toBe('2026-11-29');
    for (const { event } of events) expect(JSON.stringify(event.data).length).toBeLessThan(400_000);
  });

  test.each([
    ['another type', { type: 'BudgetApproved' }],
    ['no lines', { data: { day: '2026-11-28', selections: [], reads: [] } }],
    ['a text in place of a list', { data: { day: '2026-11-28', selections: '', reads: [] } }],
  ])('are refused with %s', (_, changed) => {
    const { event } = readsEvents(taken({}))[0]!;
    expect(() => linesOf({ ...stored(event, 9n), ...changed })).toThrow(/malformed event at position 9/);
  });
});

describe('the entries of a day', () => {
  function merged(...events: readonly (readonly ReadLine[])[]) {
    const day = new MergedReads('2026-11-28');
    for (const [index, lines] of events.entries()) day.add(lines, BigInt(10 + index));
    return [...day.newestFirst()];
  }

  test('add up the lines of one person, operation and entity', () => {
    const [entry, ...others] = merged(taken({}, {}), taken({ moment: { position: 9n }, departments: ['D0'] }));
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ count: 3, departments: ['D0', 'D1'], place: { position: 10n, index: 0 } });
    expect(entry!.moments).toEqual([{ position: 7n }, { position: 9n }]);
  });

  test('go from the entry that began last to the first, also if a read is added to the first', () => {
    const entries = merged(taken({}, { sub: 'u-2' }), taken({ sub: 'u-3' }), taken({}));
    expect(entries.map(({ sub, count }) => [sub, count])).toEqual([
      ['u-3', 1],
      ['u-2', 1],
      ['u-1', 2],
    ]);
  });

  test('count a read of two moments once', () => {
    const waiting = new WaitingReads(10);
    waiting.add(read({ moment: { position: 1n } }), when(1), 0);
    waiting.add(read({ moment: { position: 2n } }), when(1));
    waiting.add(read({ sub: 'u-2' }), when(1), 0);
    expect(merged(waiting.take()).map(({ count }) => count)).toEqual([1, 1]);
  });

  test('show the moments that were read last', () => {
    const lines = Array.from({ length: MOST_MOMENTS + 1 }, (_, index) =>
      taken({ moment: { position: BigInt(index) } }),
    );
    const [entry] = merged(...lines, taken({ moment: { position: 1n } }));
    expect(entry!.moments).toHaveLength(MOST_MOMENTS);
    expect(entry!.moments.at(0)).toEqual({ position: 2n });
    expect(entry!.moments.at(-1)).toEqual({ position: 1n });
  });

  test('match a filter by person, department and time', () => {
    const [entry] = merged(taken({ departments: ['44*', 'D1'] }, {}));
    const wanted = [
      {},
      { sub: ['u-1'] },
      { departments: ['D1'] },
      { departments: ['4413'] },
      { from: 1_001, to: 1_000 },
    ];
    const others = [{ sub: [] }, { sub: ['u'] }, { departments: ['D'] }, { from: 1_002 }, { to: 999 }];
    expect(wanted.map((filter) => isWanted(filter, entry!))).toEqual(wanted.map(() => true));
    expect(others.map((filter) => isWanted(filter, entry!))).toEqual(others.map(() => false));
  });

  test.each<[string, readonly string[], readonly string[] | undefined]>([
    ['*', ['D1', '44*'], ['44*', 'D1']],
    ['D1', ['D1', '44*'], ['D1']],
    ['D*', ['D1', '44*'], ['D1']],
    ['4413*', ['D1', '44*', '4413-A'], ['4413*', '4413-A']],
    ['X', ['D1', '44*'], undefined],
  ])('show a reader of %s what touched his departments', (scope, departments, shown) => {
    const [entry] = merged(taken({ departments }));
    expect(visibleTo(DepartmentScope.of([scope]), entry!)?.departments).toEqual(shown);
  });

  test('that touched no department are shown to a reader of all', () => {
    const [entry] = merged(taken({ departments: [] }));
    expect(visibleTo(DepartmentScope.ALL, entry!)).toBe(entry);
    expect(visibleTo(DepartmentScope.of(['D1']), entry!)).toBeUndefined();
  });

  test('have cursors in the order of the list', () => {
    const place = { day: '2026-11-28', position: 10n, index: 3 };
    expect(parseCursor(cursorOf(place))).toEqual(place);
    for (const wrong of ['', '2026-11-28/10', '2026-02-30/1/1', '2026-11-28/99999999999999999999/1', 'x/1/1'])
      expect(parseCursor(wrong)).toBeUndefined();
    const behind = [
      { ...place, index: 2 },
      { ...place, position: 9n, index: 5 },
      { ...place, day: '2026-11-27', position: 11n },
    ];
    expect(behind.map((other) => isBehind(other, place))).toEqual([true, true, true]);
    expect([place, ...behind].map((other) => isBehind(place, other))).toEqual([false, false, false, false]);
  });
});

describe('the recorder', () => {
  function started(changed: Partial<ReadRecorderOptions> = {}) {
    const appended: { stream: string; id: string }[] = [];
    const signals: Signal[] = [];
    const state = { isOut: false, elapsed: 0 };
    const recorder = new ReadRecorder({
      log: {
        append: (stream, events): Promise<AppendResult> => {
          appended.push(...events.map(({ id }) => ({ stream, id })));
          if (state.isOut) return Promise.reject(new Outage('The record is out'));
          return Promise.resolve({ kind: 'appended', revision: 0n, position: 1n });
        },
      },
      prefix: PREFIX,
      mode: 'best-effort',
      calendar: new LedgerCalendar('Asia/Shanghai'),
      clock: new TestClock('2026-11-28T16:00:00.000Z'),
      telemetry: { report: (signal) => void signals.push(signal) },
      elapsed: () => state.elapsed,
      ...changed,
    });
    onEnd(() => {
      state.isOut = false;
      return recorder.close();
    });
    return { recorder, appended, signals, state };
  }

  const refusal = (recorder: ReadRecorder): string | undefined => {
    try {
      recorder.requireRecording();
      return undefined;
    } catch (error) {
      return (error as Refused).refusal.kind;
    }
  };

  test('writes a batch to the stream of the day in the time zone of the ledger', async () => {
    const { recorder, appended, signals } = started();
    for (let index = 0; index < 5; index++) recorder.record(read({ sub: `u-${index % 2}` }));
    await recorder.write();
    expect(appended.map(({ stream }) => stream)).toEqual(['mingjian.reads-2026-11-29']);
    expect(signals).toEqual([{ kind: 'reads-recorded', reads: 5 }]);
    expect(recorder.problem).toBeUndefined();
  });

  test('writes the same events again after an outage, and reports the outage once', async () => {
    const { recorder, appended, signals, state } = started();
    state.isOut = true;
    recorder.record(read());
    await recorder.write();
    await recorder.write();
    state.isOut = false;
    await recorder.write();
    expect(new Set(appended.map(({ id }) => id)).size).toBe(1);
    expect(signals.map(({ kind }) => kind)).toEqual(['trouble', 'reads-recorded', 'trouble-over']);
  });

  describe.each(['required', 'best-effort'] as const)('with %s', (mode) => {
    const refused = mode === 'required' ? 'READ_NOT_RECORDED' : undefined;

    test('keeps reads for a minute of an outage', async () => {
      const { recorder, state } = started({ mode });
      state.isOut = true;
      recorder.record(read());
      await recorder.write();
      state.elapsed = STUCK_MS;
      expect(refusal(recorder)).toBeUndefined();
      recorder.record(read());
      expect([recorder.unrecorded, recorder.problem]).toEqual([0, undefined]);
    });

    test('then refuses them or counts them, until they can be recorded again', async () => {
      const { recorder, signals, state } = started({ mode });
      state.isOut = true;
      recorder.record(read());
      await recorder.write();
      state.elapsed = STUCK_MS + 1;
      expect(refusal(recorder)).toBe(refused);
      expect(recorder.problem).toMatch(mode === 'required' ? /refused/ : /counted/);
      if (mode === 'best-effort') recorder.record(read({ sub: 'u-2' }));
      expect(recorder.unrecorded).toBe(mode === 'required' ? 0 : 1);
      state.isOut = false;
      await recorder.write();
      expect(refusal(recorder)).toBeUndefined();
      const sums = signals.flatMap((signal) => ('reads' in signal ? [[signal.kind, signal.reads]] : []));
      expect(sums).toEqual([...(mode === 'required' ? [] : [['reads-unrecorded', 1]]), ['reads-recorded', 1]]);
    });

    test('refuses or counts a flood of different reads', async () => {
      const { recorder, state } = started({ mode, mostWaiting: 2 });
      state.isOut = true;
      recorder.record(read({ sub: 'u-1' }));
      await recorder.write();
      recorder.record(read({ sub: 'u-2' }));
      expect(refusal(recorder)).toBe(refused);
      if (mode === 'best-effort') recorder.record(read({ sub: 'u-3' }));
      expect(recorder.unrecorded).toBe(mode === 'required' ? 0 : 1);
    });
  });

  test('records what had been allowed to begin when there was room', async () => {
    const { recorder, appended } = started({ mode: 'required', mostWaiting: 1 });
    recorder.requireRecording();
    recorder.record(read({ sub: 'u-1' }));
    recorder.record(read({ sub: 'u-2' }));
    await recorder.write();
    expect([appended.length, recorder.unrecorded]).toEqual([1, 0]);
  });

  test('writes what waits when it is closed, and counts what it cannot write', async () => {
    const { recorder, appended } = started();
    recorder.record(read());
    await recorder.close();
    expect(appended).toHaveLength(1);
    const other = started();
    other.state.isOut = true;
    other.recorder.record(read());
    const closing = other.recorder.close();
    other.state.elapsed = STUCK_MS;
    await closing;
    expect(other.recorder.unrecorded).toBe(1);
    other.recorder.record(read());
    expect(other.recorder.unrecorded).toBe(2);
  });
});

test('the history goes from the newest day to the first, and reads only what is new of a day', async () => {
  const folder = temporaryFolder();
  const clock = new TestClock('2026-11-26T04:00:00.000Z');
  const log = openSqliteEventStore({
    path: join(folder.path, 'reads.db'),
    prefix: PREFIX,
    clock: { simulated: clock },
    nodeClock: clock,
  });
  onEnd(async () => {
    await log.close();
    folder.remove();
  });
  const calendar = new LedgerCalendar('Asia/Shanghai');
  const telemetry = { report: () => undefined };
  const recorder = new ReadRecorder({ log, prefix: PREFIX, mode: 'required', calendar, clock, telemetry });
  const asked: bigint[] = [];
  const history = new ReadHistory({
    log: {
      readAll: (after) => log.readAll(after),
      readStream: (stream, from) => {
        asked.push(from ?? 0n);
        return log.readStream(stream, from);
      },
    },
    prefix: PREFIX,
  });
  const subs = async (oldest?: string) => {
    const found: string[] = [];
    for await (const { sub, count } of history.entries('2026-11-29', oldest, () => undefined))
      found.push(`${sub} ${count}`);
    return found;
  };
  expect(await subs()).toEqual([]);
  for (const [now, sub] of [
    ['2026-11-26T04:00:00.000Z', 'u-1'],
    ['2026-11-28T04:00:00.000Z', 'u-2'],
    ['2026-11-28T05:00:00.000Z', 'u-3'],
    ['2026-11-28T06:00:00.000Z', 'u-2'],
  ] as const) {
    clock.set(now);
    recorder.record(read({ sub }));
    await recorder.write();
  }
  expect(await subs()).toEqual(['u-3 1', 'u-2 2', 'u-1 1']);
  expect(await subs('2026-11-27')).toEqual(['u-3 1', 'u-2 2']);
  expect(await subs('2000-01-01')).toHaveLength(3);
  asked.length = 0;
  recorder.record(read({ sub: 'u-3' }));
  await recorder.close();
  expect(await subs('2026-11-28')).toEqual(['u-3 2', 'u-2 2']);
  expect(asked).toEqual([0n, 3n]);
});
