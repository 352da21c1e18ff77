import type { ReadFilter } from '../../generated/documents';
import { isDay } from '../../language/dates';

/** The filter of the API. Days are those of the ledger's time zone; the last day is included. The server says what is no day. */
export function readFilterOf(query: Readonly<Record<string, string | undefined>>, timeZone: string): ReadFilter {
  const { department, person, from, to } = query;
  return {
    ...(department !== undefined && { departments: [department] }),
    ...(person !== undefined && { sub: [person] }),
    ...(from !== undefined && { from: isDay(from) ? startOfDay(from, timeZone) : from }),
    ...(to !== undefined && { to: isDay(to) ? endOfDay(to, timeZone) : to }),
  };
}

const DAY_MS = 86_400_000;
const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

const endOfDay = (day: string, timeZone: string): string =>
  new Date(Date.parse(startOfDay(nextDay(day), timeZone)) - 1).toISOString();

/** The instant at which a day begins in a time zone. */
export function startOfDay(day: string, timeZone: string): string {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // The offset may be another one at the guess than at the start: a second look settles it.
  const guess = utc - offsetAt(utc, timeZone);
  return new Date(utc - offsetAt(guess, timeZone)).toISOString();
}

/** How far the clocks of the time zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(instant);
  return Date.parse(`${text.replace(' ', 'T')}Z`) - Math.floor(instant / 1_000) * 1_000;
}
