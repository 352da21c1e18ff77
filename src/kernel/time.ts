import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';

/** Milliseconds since the epoch, UTC. */
export type Instant = number;
/** `2023-06-30`, a day in the ledger's time zone. Text order is day order. */
export type LocalDate = string;
/** A parsed Moment of the API: an instant, or a day. What instant a day means depends on its use. */
export type Moment =
  { readonly kind: 'instant'; readonly at: Instant } | { readonly kind: 'date'; readonly date: LocalDate };

/** The source of the current time. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

// The instant in UTC must also have a four-digit year: RFC 3339 cannot write a year before 1 or after 9999.
const DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
const LATEST: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const LAST_DAY: LocalDate = '9999-12-31';
const RFC_3339 =
  /^(?!0000)\d{4}-\d{2}-\d{2}[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** undefined if the text is not a day of the calendar. */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!DATE.test(text)) return undefined;
  // For a day that does not exist, Date.parse gives NaN or a later day.
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(midnight) || !formatInstant(midnight).startsWith(text) ? undefined : text;
}

/**
 * undefined if the text is neither an RFC 3339 instant nor a day of the calendar. Fractions below a millisecond are cut off.
 */
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

/** Parses what `formatInstant` writes. */
export const readInstant = (text: string): Instant => Date.parse(text);

/** Days and years in the ledger's time zone. */
export class LedgerCalendar {
  /** Arithmetic with time zones is slow, and clients ask for the same days again and again. */
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

  /** East of Greenwich, the last UTC hours of 9999 fall into the year 10000, which has no text. They count as 9999-12-31. */
  dateOf(at: Instant): LocalDate {
    const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.timeZone).toPlainDate();
    return day.year > 9999 ? LAST_DAY : day.toString();
  }

  /** How many days the second moment's day is after the first's; negative if it is before. */
  daysBetween(first: Instant, second: Instant): number {
    const [from, to] = [first, second].map((at) => Temporal.PlainDate.from(this.dateOf(at)));
    return (from as Temporal.PlainDate).until(to as Temporal.PlainDate).days;
  }

  /**
   * The end of each day, week (from Monday), month or quarter, beginning with the one that contains `from`. The last one ends
   * at `to`. Empty if `from` is after `to`; undefined if there are more than `most`.
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

  /** Whether the instant lies in the year: from 1 January 00:00 (inclusive) to the next 1 January (exclusive). */
  isInYear(at: Instant, year: number): boolean {
    return at >= this.startOf(`${year}-01-01`) && at < this.startOf(`${year + 1}-01-01`);
  }

  /** When a fact happened: a day means its 00:00. */
  timeOfFact(moment: Moment): Instant {
    return moment.kind === 'instant' ? moment.at : this.startOf(moment.date);
  }

  /** An upper bound: a day means its last millisecond. */
  upperBound(moment: Moment): Instant {
    return moment.kind === 'instant' ? moment.at : this.endOf(moment.date);
  }

  private day(date: LocalDate): Day {
    const known = this.days.get(date);
    if (known !== undefined) return known;
    const first = Temporal.PlainDate.from(date);
    const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(this.timeZone).epochMilliseconds;
    // Clients ask for days that follow each other.
    const before = this.days.get(previousDay(date));
    const start = before === undefined ? startOf(first) : before.end + 1;
    const day = { start, end: startOf(first.add({ days: 1 })) - 1 };
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

export const previousDay = (date: LocalDate): LocalDate => moveDay(date, (day) => day.setUTCDate(day.getUTCDate() - 1));

/** A day has no time zone, so the platform's Date is enough. It is a hundred times faster than arithmetic with time zones. */
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
