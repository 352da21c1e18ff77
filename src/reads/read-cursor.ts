import { LocalDate, parseLocalDate } from '../kernel/time';
import { parsePosition } from '../kernel/position';

/** The place of an entry in the list of all: its day, and its first line in the record. */
export interface ReadPlace {
  readonly day: LocalDate;
  readonly position: bigint;
  readonly index: number;
}

export const cursorOf = ({ day, position, index }: ReadPlace): string => `${day}/${position}/${index}`;

/** undefined for what `cursorOf` cannot have written. */
export function parseCursor(cursor: string): ReadPlace | undefined {
  const [, date = '', at = '', place = ''] = /^(\d{4}-\d{2}-\d{2})\/(\d{1,20})\/(\d{1,6})$/.exec(cursor) ?? [];
  const day = parseLocalDate(date);
  const position = parsePosition(at);
  return day === undefined || position === undefined ? undefined : { day, position, index: Number(place) };
}

/** Whether the list, from the newest to the oldest, has the first place behind the second one. */
export function isBehind(place: ReadPlace, other: ReadPlace): boolean {
  if (place.day !== other.day) return place.day < other.day;
  return place.position === other.position ? place.index < other.index : place.position < other.position;
}
