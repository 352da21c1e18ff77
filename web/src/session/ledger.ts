import { signal } from '@preact/signals';
import { dayOf, dayText, LocalDate, timeText } from '../language/dates';
import { dateStyle, language } from '../preferences/preferences';

/** The time zone in which the ledger's days begin. Known after the first answer. */
export const timeZone = signal('Asia/Shanghai');
/** Whether the ledger holds invented data. */
export const isDemo = signal(false);

/** How far the server's clock is ahead of this browser's, in milliseconds. */
const ahead = signal(0);
/** The time that an answer takes is no difference of clocks. */
const NOTED_MS = 60_000;

/** Takes the time of an answer, as its header `date` says it: the clock of a browser may be wrong. */
export function noteServerTime(date: string | null): void {
  const difference = date === null ? NaN : Date.parse(date) - Date.now();
  if (Math.abs(difference - ahead.peek()) > NOTED_MS) ahead.value = Math.abs(difference) > NOTED_MS ? difference : 0;
}

/** The time that it is for the server, in milliseconds. */
export const now = (): number => Date.now() + ahead.value;

/** The day that it is in the ledger's time zone. */
export const today = (): LocalDate => dayOf(now(), timeZone.value);

const format = () => ({ language: language.value, style: dateStyle.value, timeZone: timeZone.value });

/** The day that an instant falls on, as 2023-06-30. */
export const dayOfLedger = (instant: string): LocalDate => dayOf(instant, timeZone.value);

/** A day of the ledger, as the person wants dates to be shown. */
export const showDay = (date: LocalDate): string => dayText(date, format());
/** The day that an instant falls on. */
export const showDayOf = (instant: string): string => dayText(dayOf(instant, timeZone.value), format());
/** An instant to the minute. */
export const showTime = (instant: string): string => timeText(instant, format());
