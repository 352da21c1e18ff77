import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';

/** Milliseconds since the epoch, UTC. */
export type Instant = number;
/** `2023-06-30`, a day of the ledger's time zone. Texts order as the days do. */
export type LocalDate = string;
/** What the API calls a Moment, parsed: an instant, or a day that becomes one by its use. */
export type Moment =
  { readonly kind: 'instant'; readonly at: Instant } | { readonly kind: 'date'; readonly date: LocalDate };

/** Where a part of the program gets the time from. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

// Years are those that four digits can write in UTC, too: before year 1 and after 9999 RFC 3339 has no form for an instant.
const DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
const LATEST: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const LAST_DAY: LocalDate = '9999-12-31';
const RFC_3339 =
  /^(?!0000)\d{4}-\d{2}-\d{2}[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** undefined where the text is no day that exists in the calendar. */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!DATE.test(text)) return undefined;
  // A day that does not exist is either no date to the platform, or rolls over into another.
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(midnight) || !formatInstant(midnight).startsWith(text) ? undefined : text;
}

/** undefined where the text is neither an RFC 3339 instant nor a day that exists. Fractions below a millisecond are cut off. */
export function parseMoment(text: string): Moment | undefined {
  if (RFC_3339.test(text)) {
    const at = attempt(() => Temporal.Instant.from(text.toUpperCase()).epochMilliseconds);
    return at === undefined || at > LATEST ? undefined : { kind: 'instant', at };
  }
  const date = parseLocalDate(text);
  return date === undefined ? undefined : { kind: 'date', date };
}

/** RFC 3339 in UTC with milliseconds. */
export const formatInstant = (at: Instant): string => new Date(at).toISOString();

/** What `formatInstant` wrote. */
export const readInstant = (text: string): Instant => Date.parse(text);

/** Days and years as the ledger cuts them, in its one time zone. */
export class LedgerCalendar {
  /** Zoned arithmetic is dear, and people ask for the same days again and again. */
  private readonly days = new LRUCache<LocalDate, Day>({ max: 10_000 });

  constructor(readonly timeZone: string) {
    this.dateOf(0);
  }

  startOf(date: LocalDate): Instant {
    return this.day(date).start;
  }

  /** The last millisecond of the day. */
  endOf(date: LocalDate): Instant {
    return this.day(date).end;
  }

  /** East of Greenwich the last hours of 9999 are counted to its last day: there is no text for the next. */
  dateOf(at: Instant): LocalDate {
    const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.timeZone).toPlainDate();
    return day.year > 9999 ? LAST_DAY : day.toString();
  }

  /** How many days later the second moment's day is than the first's; negative where it is earlier. */
  daysBetween(first: Instant, second: Instant): number {
    const [from, to] = [first, second].map((at) => Temporal.PlainDate.from(this.dateOf(at)));
    return (from as Temporal.PlainDate).until(to as Temporal.PlainDate).days;
  }

  /**
   * The last moments of the days, weeks (from Monday), months or quarters from the one that has `from` in it on, up to `to`, which
   * ends the last of them early; none where `from` is later. undefined where they are more than `most`.
   */
  stepEnds(step: CalendarStep, from: Instant, to: Instant, most: number): readonly Instant[] | undefined {
    const ends: Instant[] = [];
    if (from > to) return ends;
    let date = this.dateOf(from);
    while (ends.length < most) {
      const last = lastDayOf(step, date);
      const end = this.endOf(last);
      if (end >= to || last >= LAST_DAY) return [...ends, to];
      ends.push(end);
      date = moveDay(last, (day) => day.setUTCDate(day.getUTCDate() + 1));
    }
    return undefined;
  }

  /** From 1 January 00:00, inclusive, to the next, exclusive. */
  isInYear(at: Instant, year: number): boolean {
    return at >= this.startOf(`${year}-01-01`) && at < this.startOf(`${year + 1}-01-01`);
  }

  /** A day as the time of a fact: its 00:00. */
  timeOfFact(moment: Moment): Instant {
    return moment.kind === 'instant' ? moment.at : this.startOf(moment.date);
  }

  /** A day as an upper bound: its end, inclusive. */
  upperBound(moment: Moment): Instant {
    return moment.kind === 'instant' ? moment.at : this.endOf(moment.date);
  }

  private day(date: LocalDate): Day {
    const known = this.days.get(date);
    if (known !== undefined) return known;
    const first = Temporal.PlainDate.from(date);
    const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(this.timeZone).epochMilliseconds;
    const day = { start: startOf(first), end: startOf(first.add({ days: 1 })) - 1 };
    this.days.set(date, day);
    return day;
  }
}

export const CALENDAR_STEPS = ['DAY', 'WEEK', 'MONTH', 'QUARTER'] as const;
export type CalendarStep = (typeof CALENDAR_STEPS)[number];

function lastDayOf(step: CalendarStep, date: LocalDate): LocalDate {
  switch (step) {
    case 'DAY':
      return date;
    case 'WEEK':
      return moveDay(date, (day) => day.setUTCDate(day.getUTCDate() + ((7 - day.getUTCDay()) % 7)));
    case 'MONTH':
      return moveDay(date, (day) => day.setUTCMonth(day.getUTCMonth() + 1, 0));
    case 'QUARTER':
      return moveDay(date, (day) => day.setUTCMonth(Math.floor(day.getUTCMonth() / 3) * 3 + 3, 0));
  }
}

/** Days alone are counted without a zone: the platform does that a hundred times faster than zoned arithmetic. */
function moveDay(date: LocalDate, move: (day: Date) => void): LocalDate {
  const day = new Date(`${date}T00:00:00Z`);
  move(day);
  return formatInstant(day.getTime()).slice(0, 10);
}

interface Day {
  readonly start: Instant;
  readonly end: Instant;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
