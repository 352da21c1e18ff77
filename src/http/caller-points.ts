import { Cost } from '../kernel/telemetry';

/** The points of one caller, for what comes after its request was let in. */
export interface CallerPoints {
  /** Throws `HttpRefusal` if the caller has no points left. */
  take(points: number): Promise<void>;
  /** Also what the caller does not have: then its next request is refused. */
  charge(points: number): void;
}

/** This many bytes of an answer cost one point. */
export const BYTES_PER_POINT = 100_000;
/** What a request costs before anything of it is known. */
export const REQUEST_POINTS = 1;
/** What an item of a subscription costs. */
export const ITEM_POINTS = 0.01;
/** This many fields, or this many milliseconds of CPU time, cost one point too. */
const FIELDS_PER_POINT = 1_000;
export const CPU_MS_PER_POINT = 10;

/** What an operation costs besides the points of its request: by whatever it spent most of. */
export function pointsBeyondRequest({ fields, bytes, cpuMs }: Cost): number {
  const points = Math.max(fields / FIELDS_PER_POINT, bytes / BYTES_PER_POINT, cpuMs / CPU_MS_PER_POINT);
  return Math.max(0, points - REQUEST_POINTS);
}
