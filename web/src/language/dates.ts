import { Language } from './language';

/** `2023-06-30`, a day in the ledger's time zone. */
export type LocalDate = string;

export const DATE_STYLES = ['words', 'numbers'] as const;
export type DateStyle = (typeof DATE_STYLES)[number];

export interface DateFormat {
  readonly language: Language;
  readonly style: DateStyle;
  /** IANA name of the ledger's time zone: the browser's own never counts. */
  readonly timeZone: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a day of the calendar: 2023-02-30 is none. */
export function isDay(text: string): boolean {
  const start = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text);
}

/** Whether the text is an instant with an offset, such as 2023-07-31T10:00:00Z. */
export const isInstant = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/i.test(text) && !Number.isNaN(Date.parse(text));

/** `2023年7月31日` or `31 July 2023`; as numbers `2023-07-31`. What is no day stays as it is. */
export function dayText(date: LocalDate, { language, style }: DateFormat): string {
  if (style === 'numbers' || !isDay(date)) return date;
  // A day has no time zone.
  return formatter(language, 'UTC', { dateStyle: 'long' }).format(new Date(`${date}T00:00:00Z`));
}

/** A day and a time to the minute, in the ledger's time zone. What is no instant stays as it is. */
export function timeText(instant: string, format: DateFormat): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const clock = formatter(format.language, format.timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${dayText(dayOf(instant, format.timeZone), format)} ${clock.format(at)}`;
}

/** The day that an instant falls on in the time zone. What is no instant stays as it is. */
export function dayOf(instant: string | number, timeZone: string): LocalDate {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return String(instant);
  return formatter('sv', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** A new formatter costs more than a thousand dates. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language | 'sv', timeZone: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${timeZone} ${Object.entries(options).join()}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  // British English writes the day before the month. Swedish writes dates as ISO 8601 does.
  const locale = { zh: 'zh-CN', en: 'en-GB', sv: 'sv-SE' }[language];
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formatters.set(key, made);
  return made;
}
