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
