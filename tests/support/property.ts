import timeLimits from './time-limits.json';

const asked = process.env.FC_RUNS === undefined ? undefined : Number(process.env.FC_RUNS);

/** More runs may take longer. */
export const PROPERTY_TIMEOUT_MS = timeLimits.property * Math.max(1, (asked ?? 0) / 10);

/**
 * How often a property is tried: as given, or as often as FC_RUNS says. A failure prints the seed that repeats it; the search
 * for a smaller one ends before the test would run out of time, and tells of none then.
 */
export const runs = (usual: number) => ({
  numRuns: asked ?? usual,
  interruptAfterTimeLimit: PROPERTY_TIMEOUT_MS * 0.8,
  markInterruptAsFailure: true,
});
