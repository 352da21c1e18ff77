import { Instant } from '../kernel/time';
import { Attempt } from './attempt';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long to wait after the first failure in a row, after the second one, and so on: 27 h 42 min 35 s in all. */
const DELAYS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
] as const;

/** After this many failures in a row, a webhook stops. */
export const MOST_FAILURES = DELAYS.length + 1;

/** Milliseconds to wait after this many failures in a row; undefined: the webhook stops. */
export const delayAfter = (failures: number): number | undefined => DELAYS[failures - 1];

/** A receiver may ask for a longer wait (`Retry-After`), but for no longer one than this. */
export const MOST_RETRY_AFTER_MS = 2 * HOUR;

/** When the next attempt is due; undefined if none has failed, or if there is none any more. */
export function dueAfter(
  failures: number,
  last: Pick<Attempt, 'at' | 'retryAfterMs'> | undefined,
): Instant | undefined {
  const delay = delayAfter(failures);
  if (delay === undefined || last === undefined) return undefined;
  return last.at + Math.max(delay, last.retryAfterMs ?? 0);
}
