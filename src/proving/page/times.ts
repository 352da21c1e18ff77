import { Instant } from '../../kernel/time';

/** Writes moments to the second in a time zone: `2023-06-30 23:59:59`. The Swedish format is ISO 8601 with a space. */
export function timesIn(timeZone: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return (at) => (Number.isNaN(at) ? '—' : format.format(new Date(at)));
}
