import { isDay, isInstant } from '../language/dates';

/**
 * Which state of the ledger is shown: what the API's `AsOfInput` says. `{}` is now. With `position` or `knownAt` the known clock
 * is set, with `effectiveAt` the effective clock.
 */
export interface Moment {
  readonly position?: string;
  readonly knownAt?: string;
  readonly effectiveAt?: string;
}

export const NOW: Moment = {};

/** A view of any other moment than now cannot be written to. */
export const isNow = (moment: Moment): boolean =>
  moment.position === undefined && moment.knownAt === undefined && moment.effectiveAt === undefined;

/** Whether the same question gives the same answer for ever. An address may say anything: what is no moment is not fixed. */
export function isFixed({ position, knownAt }: Moment, today: string): boolean {
  if (position !== undefined) return isPosition(position);
  if (knownAt === undefined) return false;
  return (isDay(knownAt) || isInstant(knownAt)) && knownAt.slice(0, 10) < today;
}

/** A place in the log, as the API writes it: an unsigned 64-bit number. */
export const isPosition = (text: string): boolean => /^\d{1,20}$/.test(text);

/** The same moment gives the same text. */
export const momentKey = ({ position = '', knownAt = '', effectiveAt = '' }: Moment): string =>
  [position, knownAt, effectiveAt].join('|');

const NAMES = { position: 'position', knownAt: 'known', effectiveAt: 'effective' } as const;
type Clock = keyof typeof NAMES;
const CLOCKS = Object.keys(NAMES) as Clock[];

/** The moment that the query of an address names. A position excludes a known time. */
export function readMoment(query: URLSearchParams): Moment {
  const moment = Object.fromEntries(
    CLOCKS.map((clock) => [clock, query.get(NAMES[clock])]).filter(([, value]) => value !== null && value !== ''),
  ) as { -readonly [clock in keyof Moment]: Moment[clock] };
  if (moment.position !== undefined) delete moment.knownAt;
  return moment;
}

export function writeMoment(query: URLSearchParams, moment: Moment): void {
  for (const clock of CLOCKS) {
    const value = moment[clock];
    if (value === undefined) query.delete(NAMES[clock]);
    else query.set(NAMES[clock], value);
  }
}
