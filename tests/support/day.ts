import { LedgerCalendar, parseMoment } from '../../src/kernel/time';

export const calendar = new LedgerCalendar('Asia/Shanghai');

/** 00:00 of a day of the ledger; an instant stays as it is. */
export function day(text: string): number {
  const moment = parseMoment(text);
  if (moment === undefined) throw new Error(`${text} is no moment`);
  return calendar.timeOfFact(moment);
}
