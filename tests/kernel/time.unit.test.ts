import fc from 'fast-check';
import { formatInstant, LedgerCalendar, parseLocalDate, parseMoment, readInstant } from '../../src/kernel/time';
import { runs } from '../support/property';

const printed = (text: string): string | undefined => {
  const moment = parseMoment(text);
  return moment?.kind === 'instant' ? formatInstant(moment.at) : moment?.date;
};

describe('a moment', () => {
  test.each([
    ['2023-06-30T15:59:59.999Z', '2023-06-30T15:59:59.999Z'],
    ['2023-06-30T23:59:59.999+08:00', '2023-06-30T15:59:59.999Z'],
    ['2023-06-30T00:00:00-05:30', '2023-06-30T05:30:00.000Z'],
    ['2023-06-30T00:00:00-00:00', '2023-06-30T00:00:00.000Z'],
    ['2023-06-30t00:00:00z', '2023-06-30T00:00:00.000Z'],
    ['2023-06-30T00:00:00.5Z', '2023-06-30T00:00:00.500Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
    ['2000-02-29T12:00:00Z', '2000-02-29T12:00:00.000Z'],
    ['1949-10-01T15:00:00+08:00', '1949-10-01T07:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('may be the instant %s', (text, utc) => {
    expect(printed(text)).toBe(utc);
  });

  test.each([
    ['2023-06-30T00:00:00.0009Z', '2023-06-30T00:00:00.000Z'],
    ['2023-06-30T00:00:00.999999999Z', '2023-06-30T00:00:00.999Z'],
    ['1969-12-31T23:59:59.9999Z', '1969-12-31T23:59:59.999Z'],
  ])('is cut off below the millisecond, never rounded up: %s', (text, utc) => {
    expect(printed(text)).toBe(utc);
  });

  test.each(['2023-06-30', '2024-02-29', '0001-01-01', '9999-12-31'])('may be the date %s', (text) => {
    expect(parseMoment(text)).toEqual({ kind: 'date', date: text });
  });

  test.each([
    ['an instant without an offset', '2023-06-30T00:00:00'],
    ['an instant with a blank for the T', '2023-06-30 00:00:00Z'],
    ['an offset without a colon', '2023-06-30T00:00:00+0800'],
    ['an offset of only hours', '2023-06-30T00:00:00+08'],
    ['an offset of a day', '2023-06-30T00:00:00+24:00'],
    ['an offset of 60 minutes', '2023-06-30T00:00:00+08:60'],
    ['an offset with a Unicode minus', '2023-06-30T00:00:00−08:00'],
    ['the name of a zone', '2023-06-30T00:00:00+08:00[Asia/Shanghai]'],
    ['no seconds', '2023-06-30T00:00Z'],
    ['24:00', '2023-06-30T24:00:00Z'],
    ['a minute 60', '2023-06-30T00:60:00Z'],
    ['a leap second, which a count of milliseconds cannot express', '2016-12-31T23:59:60Z'],
    ['a fraction without digits', '2023-06-30T00:00:00.Z'],
    ['a decimal comma', '2023-06-30T00:00:00,5Z'],
    ['29 February of a year that is not a leap year', '2023-02-29T00:00:00Z'],
    ['29 February of 1900', '1900-02-29T00:00:00Z'],
    ['31 April', '2023-04-31T00:00:00Z'],
    ['a month 13', '2023-13-01T00:00:00Z'],
    ['a day 0', '2023-01-00T00:00:00Z'],
    ['a year that UTC does not write in four digits', '9999-12-31T23:59:59-01:00'],
    ['a year before the first', '0000-06-30T00:00:00Z'],
    ['an expanded year', '+002023-06-30T00:00:00Z'],
    ['a date that does not exist', '2023-02-29'],
    ['the date of 1900 that does not exist', '1900-02-29'],
    ['a date in a year before the first', '0000-06-30'],
    ['a month', '2023-06'],
    ['a date without dashes', '20230630'],
    ['a week date', '2023-W26-5'],
    ['one digit for a month', '2023-6-30'],
    ['slashes', '2023/06/30'],
    ['full-width digits', '２０２３-06-30'],
    ['a blank before', ' 2023-06-30'],
    ['a line feed after', '2023-06-30\n'],
    ['a number', '1688083200000'],
    ['a word', 'now'],
    ['nothing', ''],
  ])('is not %s', (_what, text) => {
    expect(parseMoment(text)).toBeUndefined();
  });
});

describe('a local date', () => {
  test.each(['2023-06-30', '2024-02-29'])('may be %s', (text) => {
    expect(parseLocalDate(text)).toBe(text);
  });

  test.each(['2023-02-29', '2023-06-31', '2023-06-30T00:00:00Z', '0000-01-01', ''])('is not "%s"', (text) => {
    expect(parseLocalDate(text)).toBeUndefined();
  });
});

describe('a printed instant', () => {
  test('is in UTC with milliseconds, and is read back', () => {
    const [min, max] = [readInstant('0001-01-01T00:00:00.000Z'), readInstant('9999-12-31T23:59:59.999Z')];
    fc.assert(
      fc.property(fc.integer({ min, max }), (at) => {
        const text = formatInstant(at);
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(readInstant(text)).toBe(at);
        expect(parseMoment(text)).toEqual({ kind: 'instant', at });
      }),
      runs(500),
    );
  });
});

describe('the calendar of Asia/Shanghai', () => {
  const calendar = new LedgerCalendar('Asia/Shanghai');
  const date = (text: string) => ({ kind: 'date', date: text }) as const;
  const instant = (text: string) => ({ kind: 'instant', at: readInstant(text) }) as const;

  test('turns a date into the end of that day, inclusive, as an upper bound', () => {
    expect(formatInstant(calendar.upperBound(date('2023-12-31')))).toBe('2023-12-31T15:59:59.999Z');
    expect(calendar.upperBound(date('2023-12-31'))).toBe(readInstant('2024-01-01T00:00:00+08:00') - 1);
    expect(formatInstant(calendar.upperBound(date('2024-02-29')))).toBe('2024-02-29T15:59:59.999Z');
  });

  test('turns a date into its 00:00 as the time of a fact', () => {
    expect(formatInstant(calendar.timeOfFact(date('2023-12-31')))).toBe('2023-12-30T16:00:00.000Z');
  });

  test('keeps an instant as it is, either way', () => {
    const moment = instant('2023-06-30T04:05:06.007Z');
    expect(calendar.upperBound(moment)).toBe(moment.at);
    expect(calendar.timeOfFact(moment)).toBe(moment.at);
  });

  test.each([
    ['2022-12-31T15:59:59.999Z', false],
    ['2022-12-31T16:00:00.000Z', true],
    ['2023-06-30T00:00:00.000Z', true],
    ['2023-12-31T15:59:59.999Z', true],
    ['2023-12-31T16:00:00.000Z', false],
    ['2023-12-31T23:59:59.999Z', false],
  ])('%s in 2023: %s', (text, inYear) => {
    expect(calendar.isInYear(readInstant(text), 2023)).toBe(inYear);
  });

  test('puts every instant into one year', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2100, 0) }), (at) => {
        const year = Number(calendar.dateOf(at).slice(0, 4));
        expect([year - 1, year, year + 1].map((each) => calendar.isInYear(at, each))).toEqual([false, true, false]);
      }),
      runs(200),
    );
  });

  test('accepts the first and the last fiscal year', () => {
    expect(calendar.isInYear(readInstant('1949-10-01T07:00:00.000Z'), 1949)).toBe(true);
    expect(calendar.isInYear(readInstant('9998-12-31T15:59:59.999Z'), 9998)).toBe(true);
    expect(calendar.isInYear(readInstant('9998-12-31T16:00:00.000Z'), 9998)).toBe(false);
  });

  test.each([
    ['2023-06-30T15:59:59.999Z', '2023-06-30'],
    ['2023-06-30T16:00:00.000Z', '2023-07-01'],
  ])('%s is on %s', (text, on) => {
    expect(calendar.dateOf(readInstant(text))).toBe(on);
  });

  test('knows the summer time of 1986', () => {
    expect(formatInstant(calendar.startOf('1986-05-04'))).toBe('1986-05-03T16:00:00.000Z');
    expect(formatInstant(calendar.endOf('1986-05-04'))).toBe('1986-05-04T14:59:59.999Z');
    expect(formatInstant(calendar.endOf('1986-09-14'))).toBe('1986-09-14T15:59:59.999Z');
  });
});

describe('a day that is not 24 hours long', () => {
  test.each([
    ['begins at 01:00 if summer time skips midnight', 'America/Sao_Paulo', '2018-11-04', '03:00', 23],
    ['has its end at the second midnight if midnight comes twice', 'America/Sao_Paulo', '2018-02-17', '02:00', 25],
    ['begins at 01:00 in Shanghai, on the day when summer time began', 'Asia/Shanghai', '1940-06-01', '16:00', 23],
    ['loses an hour at night', 'Europe/Berlin', '2023-03-26', '23:00', 23],
    ['gains half an hour', 'Australia/Lord_Howe', '2023-04-02', '13:00', 24.5],
  ])('%s: %s, %s', (_what, timeZone, day, start, hours) => {
    const calendar = new LedgerCalendar(timeZone);
    expect(formatInstant(calendar.startOf(day)).slice(11, 16)).toBe(start);
    expect(calendar.endOf(day) + 1 - calendar.startOf(day)).toBe(hours * 3_600_000);
    expect(calendar.dateOf(calendar.startOf(day))).toBe(day);
    expect(calendar.dateOf(calendar.endOf(day))).toBe(day);
    expect(calendar.dateOf(calendar.startOf(day) - 1)).not.toBe(day);
    expect(calendar.dateOf(calendar.endOf(day) + 1)).not.toBe(day);
  });

  test('may have no time at all, and then no instant lies in it', () => {
    const calendar = new LedgerCalendar('Pacific/Apia');
    expect(calendar.endOf('2011-12-30')).toBe(calendar.startOf('2011-12-30') - 1);
    expect(calendar.endOf('2011-12-30')).toBe(calendar.endOf('2011-12-29'));
  });

  test('the last hours of 9999 in UTC count as its last day', () => {
    const calendar = new LedgerCalendar('Asia/Shanghai');
    const last = readInstant('9999-12-31T20:00:00.000Z');
    expect(calendar.dateOf(last)).toBe('9999-12-31');
    expect(calendar.stepEnds('MONTH', readInstant('9999-12-01T00:00:00.000Z'), last, 10)).toEqual([last]);
    expect(calendar.stepEnds('DAY', last, last, 10)).toEqual([last]);
  });

  test.each(['Asia/Shanghai', 'America/Sao_Paulo', 'Pacific/Apia', 'Australia/Lord_Howe', 'UTC'])(
    'borders on its neighbours without a gap in %s',
    (timeZone) => {
      const calendar = new LedgerCalendar(timeZone);
      const days = fc
        .integer({ min: Date.UTC(1930, 0) / 86_400_000, max: Date.UTC(2030, 0) / 86_400_000 })
        .map((day) => [day, day + 1].map((each) => new Date(each * 86_400_000).toISOString().slice(0, 10)));
      fc.assert(
        fc.property(days, ([day = '', next = '']) => {
          expect(calendar.endOf(day) + 1).toBe(calendar.startOf(next));
        }),
        runs(200),
      );
    },
  );
});

describe('a calendar', () => {
  test.each(['Mars/Olympus', '', 'Asia/'])('needs a time zone that exists, not "%s"', (name) => {
    expect(() => new LedgerCalendar(name)).toThrow(RangeError);
  });
});
