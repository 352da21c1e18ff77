import * as fc from 'fast-check';
import { matches } from '../../src/change-feed/filter';
import { formatInstant, Instant, LedgerCalendar, readInstant } from '../../src/kernel/time';
import { Change } from '../../src/read-model/change';
import { storedEvent } from '../support/change';
import { aMetadata } from '../support/events';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

const changeOf = (effectiveAt: Instant, recordedAt: Instant): Change => ({
  event: storedEvent({
    position: 1n,
    stream: 'mingjian-task-1',
    metadata: aMetadata({ effectiveAt: formatInstant(effectiveAt) }),
  }),
  entity: { entityType: 'TASK', code: '1' },
  department: 'D1',
  sequence: 1n,
  recordedAt,
});

describe('late by days', () => {
  // Zones with days of 23 to 25 hours, with days that begin at 01:00, with a skipped day, or with a repeated one.
  const calendars = [
    'UTC',
    'Asia/Shanghai',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'America/Juneau',
    'Pacific/Kwajalein',
    'Pacific/Apia',
  ].map((timeZone) => new LedgerCalendar(timeZone));

  const aDay = (from: string, to: string) =>
    fc
      .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
      .map((date) => formatInstant(+date).slice(0, 10));
  /** Around the day that Samoa skipped, between two summers of Brazil; or any moment. */
  const aDate = fc.oneof(
    aDay('2011-01-01', '2012-12-31'),
    aDay('2011-12-28', '2012-01-02'),
    aDay('1850-01-01', '2040-01-01'),
  );
  /** Mostly at the edge of a day, so that a millisecond makes one day more. */
  const aTime = fc.record({
    date: aDate,
    past: fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: 0, max: 90_000_000 })),
  });

  test(
    'it is what the calendar counts',
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...calendars),
          aTime,
          aTime,
          fc.oneof(
            { weight: 3, arbitrary: fc.integer({ min: -4, max: 4 }) },
            fc.integer({ min: -100_000, max: 100_000 }),
          ),
          (calendar, effective, recorded, more) => {
            const [effectiveAt, recordedAt] = [effective, recorded].map(
              ({ date, past }) => calendar.startOf(date) + past,
            ) as [Instant, Instant];
            const lateByDays = calendar.daysBetween(effectiveAt, recordedAt) + more;
            expect(matches({ lateByDays }, changeOf(effectiveAt, recordedAt), calendar)).toBe(more <= 0);
          },
        ),
        runs(2_000),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );

  test('days count even if they are almost two days shorter by the clock', () => {
    // The last millisecond of a day at UTC-11, and the first of one at UTC+14, with a day skipped between.
    const change = changeOf(readInstant('2011-06-15T23:59:59.999-11:00'), readInstant('2012-01-15T00:00:00.000+14:00'));
    const late = (lateByDays: number) => matches({ lateByDays }, change, new LedgerCalendar('Pacific/Apia'));
    expect([late(214), late(215)]).toEqual([true, false]);
  });

  test('the calendar is used only if the hours do not decide', () => {
    class DearCalendar extends LedgerCalendar {
      override daysBetween(): number {
        throw new Error('It was asked');
      }
    }
    const change = changeOf(readInstant('2023-06-01T00:00:00Z'), readInstant('2023-06-11T00:00:00Z'));
    const late = (lateByDays: number) => matches({ lateByDays }, change, new DearCalendar('Asia/Shanghai'));
    expect([late(6), late(14)]).toEqual([true, false]);
    expect(() => late(10)).toThrow('It was asked');
  });
});
