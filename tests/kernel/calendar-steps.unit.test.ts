import { CalendarStep, formatInstant, LedgerCalendar, parseMoment } from '../../src/kernel/time';

const calendar = new LedgerCalendar('Asia/Shanghai');
const start = (date: string) => calendar.startOf(date);
const end = (date: string) => calendar.endOf(date);
const daysOf = (step: CalendarStep, from: string, to: string, most = 100) =>
  calendar.stepEnds(step, start(from), end(to), most)?.map((at) => calendar.dateOf(at));

test.each<[CalendarStep, string, string, string[]]>([
  ['DAY', '2024-02-28', '2024-03-01', ['2024-02-28', '2024-02-29', '2024-03-01']],
  ['WEEK', '2023-12-27', '2024-01-09', ['2023-12-31', '2024-01-07', '2024-01-09']],
  ['WEEK', '2024-01-07', '2024-01-08', ['2024-01-07', '2024-01-08']],
  ['MONTH', '2023-01-31', '2023-04-30', ['2023-01-31', '2023-02-28', '2023-03-31', '2023-04-30']],
  ['MONTH', '2023-11-05', '2024-01-10', ['2023-11-30', '2023-12-31', '2024-01-10']],
  ['QUARTER', '2023-01-01', '2023-12-31', ['2023-03-31', '2023-06-30', '2023-09-30', '2023-12-31']],
  ['QUARTER', '2023-05-17', '2023-08-01', ['2023-06-30', '2023-08-01']],
])('%s from %s to %s', (step, from, to, expected) => {
  expect(daysOf(step, from, to)).toEqual(expected);
});

test('the points are the last milliseconds of the days there, and the last point is the end', () => {
  const noon = parseMoment('2023-02-10T12:00:00+08:00') as { at: number };
  expect(calendar.stepEnds('MONTH', start('2023-01-15'), noon.at, 10)?.map(formatInstant)).toEqual([
    '2023-01-31T15:59:59.999Z',
    '2023-02-10T04:00:00.000Z',
  ]);
});

test('empty if the end is before the start, and undefined if there are too many points', () => {
  expect(calendar.stepEnds('DAY', start('2023-01-02'), start('2023-01-01'), 10)).toEqual([]);
  expect(daysOf('DAY', '2023-01-01', '2023-01-10', 10)).toHaveLength(10);
  expect(daysOf('DAY', '2023-01-01', '2023-01-11', 10)).toBeUndefined();
});

test.each([
  ['2023-07-20T00:00:00+08:00', '2023-08-03T10:00:00+08:00', 14],
  ['2023-07-20T23:59:59+08:00', '2023-07-21T00:00:00+08:00', 1],
  ['2023-07-21T00:00:00+08:00', '2023-07-20T23:59:59+08:00', -1],
  ['2023-12-31T16:00:00Z', '2024-01-01T15:59:59Z', 0],
])('from %s to %s are %i days', (first, second, days) => {
  expect(calendar.daysBetween(Date.parse(first), Date.parse(second))).toBe(days);
});
